package io.messageport.runtime.kernel;

import io.messageport.Guard;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What lives no longer than a port: its timers, its registrations on others, its pending calls, its further threads. Any
 * thread; one short lock.
 */
public final class Attachments {
    /** Those of a dead port. */
    static final Attachments CLOSED = new Attachments();

    static {
        CLOSED.close();
    }

    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock; null once closed. */
    private Set<Guard> guards = new HashSet<>();

    /** Adds one; when the port is dead already, cancels it instead. */
    public void add(Guard guard) {
        lock.lock();
        try {
            if (guards != null) {
                guards.add(guard);
                return;
            }
        } finally {
            lock.unlock();
        }
        guard.close();
    }

    /** Forgets one that is over. */
    public void remove(Guard guard) {
        lock.lock();
        try {
            if (guards != null) {
                guards.remove(guard);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Cancels all, for good. */
    void close() {
        Set<Guard> taken;
        lock.lock();
        try {
            taken = guards;
            guards = null;
        } finally {
            lock.unlock();
        }
        if (taken != null) {
            for (Guard guard : taken) {
                boolean ignored = guard.cancel();
            }
        }
    }
}
