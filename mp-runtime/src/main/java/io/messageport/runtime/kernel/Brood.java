package io.messageport.runtime.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The children of one life of a port, in order of start; closed for good when that life ends. Any thread. */
final class Brood {
    private final ReentrantLock lock = new ReentrantLock();

    /** All guarded by the lock. */
    private Place first;

    private Place last;
    private boolean closed;

    /** Appends a child; false when the parent is ending. */
    boolean add(Place child) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            child.previous = last;
            if (last == null) {
                first = child;
            } else {
                last.next = child;
            }
            last = child;
            child.listed = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out a child that has ended. */
    void remove(Place child) {
        lock.lock();
        try {
            if (!child.listed) {
                return;
            }
            child.listed = false;
            if (child.previous == null) {
                first = child.next;
            } else {
                child.previous.next = child.next;
            }
            if (child.next == null) {
                last = child.previous;
            } else {
                child.next.previous = child.previous;
            }
            child.previous = null;
            child.next = null;
        } finally {
            lock.unlock();
        }
    }

    /** The children of this moment, first started first. */
    List<Place> inOrder() {
        lock.lock();
        try {
            List<Place> all = new ArrayList<>();
            for (Place child = first; child != null; child = child.next) {
                all.add(child);
            }
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
            List<Place> all = new ArrayList<>();
            for (Place child = last; child != null; child = child.previous) {
                all.add(child);
            }
            return all;
        } finally {
            lock.unlock();
        }
    }
}
