package io.messageport.runtime.network;

import io.messageport.NodeId;
import io.messageport.runtime.kernel.Kernel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps a global node connected to all the others it knows of ({@code SEED-2}), beside its seeds: one that was lost is
 * dialed after a delay that starts between 0.3 s and 0.6 s and doubles up to 5 s, or the monitor timeout where that is
 * shorter, for as long as it takes, since after a partition nobody else may know of both sides. Of those that are lost, the
 * latest are remembered.
 *
 * <p>Any thread; one short lock, never held while anything else is called.
 */
final class Globals {
    private static final int MOST_LOST = 256;

    private final Kernel kernel;
    private final Cluster cluster;
    private final Seeds seeds;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock: those that are not connected. */
    private final Map<NodeId, Lost> lost = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<NodeId, Lost> eldest) {
            return size() > MOST_LOST;
        }
    };

    /** One that is not connected; guarded by the lock. */
    private static final class Lost {
        /** The wait before the next dial. */
        RetryDelay delay;

        /** Whether that wait has begun. */
        boolean waits;

        Lost(RetryDelay delay) {
            this.delay = delay;
        }
    }

    Globals(Kernel kernel, Cluster cluster, Seeds seeds) {
        this.kernel = kernel;
        this.cluster = cluster;
        this.seeds = seeds;
    }

    private RetryDelay first() {
        return RetryDelay.first(RetryDelay.GLOBAL, kernel.random().nextDouble(), cap());
    }

    private long cap() {
        return RetryDelay.cap(kernel.config());
    }

    /** Somebody says that it is connected to a global node; not believed while too many cannot be reached. */
    void heard(NodeId node) {
        if (cluster.isUp(node) || node.equals(kernel.self())) {
            return;
        }
        lock.lock();
        try {
            if (lost.size() >= MOST_LOST && !lost.containsKey(node)) {
                return;
            }
            Lost unused = lost.computeIfAbsent(node, unknown -> new Lost(first()));
        } finally {
            lock.unlock();
        }
        if (cluster.isUp(node)) {
            up(node);
        } else {
            cluster.connect(node);
        }
    }

    /** A global node was lost. Seeds see to their own. */
    void lost(NodeId node) {
        if (seeds.include(node)) {
            return;
        }
        Lost entry = new Lost(first());
        lock.lock();
        try {
            lost.remove(node);
            lost.put(node, entry);
        } finally {
            lock.unlock();
        }
        retry(node, entry);
    }

    /** A node is connected; if it is not global any more, there is nothing to keep. */
    void up(NodeId node) {
        lock.lock();
        try {
            lost.remove(node);
        } finally {
            lock.unlock();
        }
    }

    /** A node could not be connected. */
    void failed(NodeId node) {
        Lost entry;
        lock.lock();
        try {
            entry = lost.get(node);
        } finally {
            lock.unlock();
        }
        if (entry != null) {
            retry(node, entry);
        }
    }

    private void retry(NodeId node, Lost entry) {
        long delay;
        lock.lock();
        try {
            if (entry.waits) {
                return;
            }
            entry.waits = true;
            delay = entry.delay.nanos();
            entry.delay = entry.delay.next(cap());
        } finally {
            lock.unlock();
        }
        var unused = kernel.clock().schedule(delay, () -> dial(node, entry));
    }

    private void dial(NodeId node, Lost entry) {
        boolean wanted;
        lock.lock();
        try {
            entry.waits = false;
            wanted = lost.get(node) == entry;
        } finally {
            lock.unlock();
        }
        if (wanted && !kernel.verbs().isClosing()) {
            cluster.connect(node);
        }
    }
}
