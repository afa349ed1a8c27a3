package io.messageport.runtime.kernel;

import io.messageport.PortId;
import io.messageport.Reason;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The live ports of a node by name, and the source of names that are never used twice ({@code ID-3}): a prefix that is
 * random in each life of the node, then a counter. Any thread.
 */
public final class PortTable {
    private static final int MOST_FAILED_INITS = 1024;

    private final ConcurrentHashMap<String, Endpoint> live = new ConcurrentHashMap<>();
    private final AtomicLong counter = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock: why the latest failed spawns failed. */
    private final Map<String, Reason> failedInits = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Reason> eldest) {
            return size() > MOST_FAILED_INITS;
        }
    };

    private final CountDownLatch empty = new CountDownLatch(1);
    private volatile boolean closing;
    private final String localPrefix;
    private final String spawnPrefix;

    /** An empty table for one life of a node. */
    public PortTable(long incarnation) {
        String unique = Long.toUnsignedString(incarnation, Character.MAX_RADIX);
        localPrefix = unique + '.';
        spawnPrefix = '~' + unique + '.';
    }

    /** A name for a port opened here. */
    public String localName() {
        return localPrefix + Long.toUnsignedString(counter.incrementAndGet(), Character.MAX_RADIX);
    }

    /** A name for a port that this node asks another one to open. */
    public String spawnName() {
        return spawnPrefix + Long.toUnsignedString(counter.incrementAndGet(), Character.MAX_RADIX);
    }

    /** Whether a peer may choose this name for a port it spawns here; all other names are ours. */
    public boolean isSpawnName(String name) {
        return name.startsWith("~") && !name.startsWith(spawnPrefix);
    }

    /** What lives under the name, or null. */
    public Endpoint find(String name) {
        return live.get(name);
    }

    /** Enters a port; false when its name is taken by a live one. */
    public boolean enter(Endpoint endpoint) {
        return live.putIfAbsent(endpoint.id().name(), endpoint) == null;
    }

    /** Removes a port that has died. */
    public void leave(Endpoint endpoint) {
        boolean removed = live.remove(endpoint.id().name(), endpoint);
        if (removed && closing && live.isEmpty()) {
            empty.countDown();
        }
    }

    /** Waits for the last port to leave; no more may enter. */
    public boolean awaitEmpty(long time, TimeUnit unit) throws InterruptedException {
        closing = true;
        if (live.isEmpty()) {
            empty.countDown();
        }
        return empty.await(time, unit);
    }

    /** A spawned port is about to die of its init; whoever asks a moment later shall learn the real reason. */
    void bury(String name, Reason reason) {
        lock.lock();
        try {
            failedInits.put(name, reason);
        } finally {
            lock.unlock();
        }
    }

    /** What a watch on a port that does not live fires with ({@code MON-3}, {@code SPN-2}). */
    public Reason fateOf(PortId port) {
        lock.lock();
        try {
            Reason failed = failedInits.get(port.name());
            return failed != null ? failed : Reason.NoSuchPort.monitored(port);
        } finally {
            lock.unlock();
        }
    }

    /** The live ports at this moment; not a snapshot. */
    public Collection<Endpoint> all() {
        return live.values();
    }
}
