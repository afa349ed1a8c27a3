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

    /** Both written under the lock: how many have come, and how many have gone. */
    private volatile long come;

    private volatile long gone;

    RollingBacklog(Kernel kernel) {
        super(kernel);
    }

    @Override
    public long currentProducerIndex() {
        return come;
    }

    @Override
    public long currentConsumerIndex() {
        return gone;
    }

    @Override
    boolean isBelow(int depth) {
        int seen = size;
        noteArrival(come, Long.MAX_VALUE);
        falls(seen, depth);
        return seen < depth;
    }

    @Override
    public boolean offer(Object payload) {
        lock.lock();
        try {
            waiting.addLast(payload);
            changed(1, 0);
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
            changed(0, taken == null ? 0 : 1);
            return taken;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private void changed(int more, int less) {
        come += more;
        gone += less;
        size = waiting.size();
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
            changed(0, dropped == null ? 0 : 1);
        } finally {
            lock.unlock();
        }
        if (dropped != null) {
            cell.kernel().deadLetters().refused(cell.id(), dropped);
        }
    }
}
