package io.messageport.runtime.kernel;

import io.messageport.Guard;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lives no longer than a port: its timers, its registrations on others, its pending calls, its further threads. Any
 * thread; one short lock.
 */
public final class Attachments {
    private static final Logger LOG = LoggerFactory.getLogger(Attachments.class);

    /** Those of a dead port. */
    static final Attachments CLOSED = new Attachments();

    static {
        CLOSED.close();
    }

    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock; null once closed. In order, so that a death is the same each time. */
    private Set<Guard> guards = new LinkedHashSet<>();

    /** Guarded by the lock; null while there is none. */
    private List<PortStash> stashes;

    /** Adds one; when the port is dead already, cancels it instead. */
    public void add(Guard guard) {
        lock.lock();
        try {
            if (guards != null) {
                guards.add(guard);
                if (guard instanceof PortStash stash) {
                    stashes = stashes == null ? new ArrayList<>() : stashes;
                    stashes.add(stash);
                }
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

    /** The port's stashes, which live as long as it does. */
    List<PortStash> stashes() {
        lock.lock();
        try {
            return stashes == null ? List.of() : List.copyOf(stashes);
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
            stashes = null;
        } finally {
            lock.unlock();
        }
        if (taken != null) {
            for (Guard guard : taken) {
                cancel(guard);
            }
        }
    }

    /** One that cannot be cancelled keeps neither the others nor the port's monitors waiting. */
    private static void cancel(Guard guard) {
        try {
            boolean ignored = guard.cancel();
        } catch (RuntimeException | Error e) {
            LOG.error("{} could not be cancelled when its port died", guard, e);
        }
    }
}
