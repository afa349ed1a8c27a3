package io.messageport.runtime.kernel;

import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.spi.Access;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The live ports of a node by name, and the source of names that are never used twice ({@code ID-3}): a prefix that is
 * random in each life of the node, then a counter. Any thread.
 */
public final class PortTable {
    /** How long opening a name waits for the dying holder of it. */
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private static final int MOST_FAILED_INITS = 1024;

    private final ConcurrentHashMap<String, Endpoint> live = new ConcurrentHashMap<>();
    private final AtomicLong counter = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();

    /** How many wait for a name. */
    private final AtomicInteger waiting = new AtomicInteger();

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
    private final String replyPrefix;
    private final String spawnPrefix;

    /** An empty table for one life of a node. */
    public PortTable(long incarnation) {
        String unique = Long.toUnsignedString(incarnation, Character.MAX_RADIX);
        localPrefix = unique + '.';
        replyPrefix = '?' + unique + '.';
        spawnPrefix = '~' + unique + '.';
    }

    /** A name for a port opened here. */
    public String localName() {
        return localPrefix + Long.toUnsignedString(counter.incrementAndGet(), Character.MAX_RADIX);
    }

    /** A name for the port that takes the reply to a call. */
    public String replyName() {
        return replyPrefix + Long.toUnsignedString(counter.incrementAndGet(), Character.MAX_RADIX);
    }

    /** Whether a name is that of the reply port of some call of this node, open or over. */
    public boolean isReplyName(String name) {
        return name.startsWith(replyPrefix);
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

    /** Enters a port; false when its name is taken, if only by one that is dying. */
    boolean enterAtOnce(Endpoint endpoint) {
        return put(endpoint) == null;
    }

    /** Enters a port where nobody is, with its address as a short cut to it; before anybody else has that address. */
    private Endpoint put(Endpoint endpoint) {
        Access.addresses().route(endpoint.id(), endpoint);
        Endpoint before = live.putIfAbsent(endpoint.id().name(), endpoint);
        if (before != null) {
            Access.addresses().route(endpoint.id(), null);
        }
        return before;
    }

    /** Enters a port; false when its name is taken. Waits for a dead holder of the name to tell who watched it. */
    public boolean enter(Endpoint endpoint) {
        Endpoint before = put(endpoint);
        return before == null || before.isGone() && enterAfter(endpoint);
    }

    private boolean enterAfter(Endpoint endpoint) {
        long patience = PATIENCE_NANOS;
        lock.lock();
        try {
            int unused = waiting.incrementAndGet();
            Endpoint before = put(endpoint);
            while (before != null && before.isGone() && patience > 0) {
                patience = left.awaitNanos(patience);
                before = put(endpoint);
            }
            return before == null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            int unused = waiting.decrementAndGet();
            lock.unlock();
        }
    }

    /** Removes a port that has died. */
    public void leave(Endpoint endpoint) {
        boolean removed = live.remove(endpoint.id().name(), endpoint);
        Access.addresses().route(endpoint.id(), null);
        if (waiting.get() > 0) {
            lock.lock();
            try {
                left.signalAll();
            } finally {
                lock.unlock();
            }
        }
        if (removed && closing && live.isEmpty()) {
            empty.countDown();
        }
    }

    /** Waits for the last port to leave; {@link PortOpener} lets no more enter once the node is closing. */
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
