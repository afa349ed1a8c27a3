package io.messageport.runtime.kernel;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A backlog from which senders may take the oldest message ({@link io.messageport.Overflow#DROP_OLDEST}). Every
 * operation takes one short lock: a queue with one consumer cannot have its senders consume.
 */
final class RollingBacklog extends Backlog {
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock. */
    private final ArrayDeque<Object> waiting = new ArrayDeque<>();

    /** Written under the lock. */
    private volatile int size;

    @Override
    boolean isBelow(int depth) {
        int seen = size;
        falls(seen, depth);
        return seen < depth;
    }

    @Override
    public boolean offer(Object payload) {
        lock.lock();
        try {
            waiting.addLast(payload);
            size = waiting.size();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Object relaxedPoll() {
        if (size == 0) {
            return null;
        }
        lock.lock();
        try {
            Object taken = waiting.pollFirst();
            size = waiting.size();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean isEmpty() {
        return size == 0;
    }

    @Override
    void dropOldest(PortCell cell, int capacity) {
        Object dropped = null;
        lock.lock();
        try {
            Iterator<Object> oldest = waiting.iterator();
            while (dropped == null && waiting.size() >= capacity && oldest.hasNext()) {
                Object candidate = oldest.next();
                if (!(candidate instanceof Signal)) {
                    dropped = candidate;
                    oldest.remove();
                }
            }
            size = waiting.size();
        } finally {
            lock.unlock();
        }
        if (dropped != null) {
            cell.kernel().deadLetters().refused(cell.id(), dropped);
        }
    }
}
