package io.messageport.runtime.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The children of one life of a port, in order of start; closed for good when that life ends. Any thread.
 *
 * <p>A child that ends only marks its place and counts itself; whoever finds that half of the list is marked takes the
 * marked ones out. So children that end on all cores at once never wait for each other, nor for a parent that starts
 * more, and of those that have ended no more stay than live, and a few.
 */
final class Brood {
    private static final int FEW = 32;

    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock, as is the mark below. */
    private ArrayList<Place> children = new ArrayList<>();

    private boolean closed;

    /** How many of the list have ended. */
    private final AtomicInteger ended = new AtomicInteger();

    /** Written under the lock, read without: the length of the list. */
    private volatile int length;

    /** Appends a child; false when the parent is ending. */
    boolean add(Place child) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            prune();
            children.add(child);
            length = children.size();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out a child that has ended; once for each that was added. */
    void remove(Place child) {
        if (!child.leaves()) {
            return;
        }
        if (isDue(ended.incrementAndGet()) && lock.tryLock()) {
            try {
                prune();
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean isDue(int gone) {
        return gone > FEW && 2 * gone > length;
    }

    private void prune() {
        if (isDue(ended.get())) {
            int before = children.size();
            boolean unused = children.removeIf(Place::hasLeft);
            int unusedCount = ended.addAndGet(children.size() - before);
            length = children.size();
            if (children.isEmpty()) {
                children = new ArrayList<>();
            }
        }
    }

    /** The children of this moment, first started first. */
    List<Place> inOrder() {
        lock.lock();
        try {
            List<Place> all = new ArrayList<>(children);
            boolean unused = all.removeIf(Place::hasLeft);
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody in any more; returns who is to be ended, last started first. */
    List<Place> close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        List<Place> all = inOrder();
        Collections.reverse(all);
        return all;
    }
}
