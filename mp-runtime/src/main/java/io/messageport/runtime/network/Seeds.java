package io.messageport.runtime.network;

import io.messageport.NodeId;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.link.Transport;
import io.messageport.runtime.link.Transport.Dialed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the node connected to all of its seeds ({@code SEED-1}): each is dialed at once, then again after a delay that
 * starts between 0.6 s and 1.2 s and doubles up to 5 s, or the monitor timeout where that is shorter; losing a seed starts
 * over. A seed that is this node itself is dropped, and makes it global.
 *
 * <p>Any thread; one short lock, never held while anything else is called.
 */
final class Seeds {
    private static final Logger LOG = LoggerFactory.getLogger(Seeds.class);

    private final Kernel kernel;
    private final Transport transport;
    private final Cluster cluster;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock, and so is everything in it: the seeds that are wanted, by address. */
    private final Map<String, Seed> seeds = new LinkedHashMap<>();

    Seeds(Kernel kernel, Transport transport, Cluster cluster) {
        this.kernel = kernel;
        this.transport = transport;
        this.cluster = cluster;
    }

    /** What is going on with a seed. */
    private enum Phase {
        /** The first dial since it was wanted, or lost, is under way. */
        FIRST_DIAL,
        /** That has failed; it is dialed again and again. */
        RETRYING,
        /** Connected. */
        CONNECTED,
        /** It is this node. */
        SELF
    }

    /** One address. */
    private static final class Seed {
        private final String address;
        private final Complaint complaint;
        private Phase phase = Phase.FIRST_DIAL;

        /** Whom the address led to last; null for nobody yet. */
        private NodeId node;

        private RetryDelay delay;

        Seed(String address, Complaint complaint) {
            this.address = address;
            this.complaint = complaint;
        }
    }

    /** From now on these are the seeds: those that were not are dialed, those that are not any more are let go. */
    void are(Collection<String> addresses) {
        List<Seed> added = new ArrayList<>();
        List<NodeId> dropped = new ArrayList<>();
        lock.lock();
        try {
            for (Seed seed : List.copyOf(seeds.values())) {
                if (!addresses.contains(seed.address)) {
                    seeds.remove(seed.address);
                    if (seed.node != null && !leadsTo(seed.node)) {
                        dropped.add(seed.node);
                    }
                }
            }
            for (String address : addresses) {
                if (!seeds.containsKey(address)) {
                    Seed seed = new Seed(address, new Complaint(LOG, kernel.clock()));
                    seeds.put(address, seed);
                    added.add(seed);
                }
            }
        } finally {
            lock.unlock();
        }
        dropped.forEach(node -> cluster.membership().noSeed(node));
        cluster.fewerToCome();
        added.forEach(this::dialFromScratch);
    }

    /** With the lock held. */
    private boolean leadsTo(NodeId node) {
        return seeds.values().stream().anyMatch(seed -> node.equals(seed.node));
    }

    /**
     * Whether some seed may still turn up that knows more.
     *
     * @param sooner whether only those count that have not been found unreachable
     */
    boolean mayTurnUp(boolean sooner) {
        lock.lock();
        try {
            return seeds.values().stream().anyMatch(
                    seed -> seed.phase == Phase.FIRST_DIAL || !sooner && seed.phase == Phase.RETRYING);
        } finally {
            lock.unlock();
        }
    }

    /** Whether an address of a seed leads, or led last, to this node. */
    boolean include(NodeId node) {
        lock.lock();
        try {
            return leadsTo(node);
        } finally {
            lock.unlock();
        }
    }

    /** A node was lost; if it was a seed, it is dialed again. */
    void lost(NodeId node) {
        Set<Seed> again = new LinkedHashSet<>();
        lock.lock();
        try {
            for (Seed seed : seeds.values()) {
                if (seed.phase == Phase.CONNECTED && node.equals(seed.node)) {
                    seed.phase = Phase.FIRST_DIAL;
                    again.add(seed);
                }
            }
        } finally {
            lock.unlock();
        }
        again.forEach(this::dialFromScratch);
    }

    private void dialFromScratch(Seed seed) {
        seed.delay = RetryDelay.first(RetryDelay.SEED, kernel.random().nextDouble(), cap());
        dial(seed);
    }

    private long cap() {
        return RetryDelay.cap(kernel.config());
    }

    private boolean isWanted(Seed seed) {
        lock.lock();
        try {
            return seeds.get(seed.address) == seed && !kernel.verbs().isClosing();
        } finally {
            lock.unlock();
        }
    }

    private void dial(Seed seed) {
        if (!isWanted(seed)) {
            return;
        }
        var ignored = transport.dial(seed.address).whenComplete((dialed, error) -> {
            Dialed outcome = error == null ? dialed : new Dialed.Failed(error.toString());
            if (!isWanted(seed)) {
                return;
            }
            switch (outcome) {
                case Dialed.Connected up -> connected(seed, up.node());
                case Dialed.Self self -> {
                    moved(seed, null, Phase.SELF);
                    LOG.info("seed {} is this node itself; not dialed any more", seed.address);
                    cluster.membership().promote();
                    cluster.fewerToCome();
                }
                case Dialed.Failed failed -> retry(seed, failed.why());
            }
        });
    }

    private void connected(Seed seed, NodeId node) {
        cluster.addresses().reached(node, seed.address);
        moved(seed, node, Phase.CONNECTED);
        cluster.membership().seed(node);
        cluster.fewerToCome();
        seed.complaint.settled();
        LOG.info("seed {} is node {}", seed.address, node);
        if (!cluster.isUp(node)) {
            cluster.addresses().lost(node);
            lost(node);
        }
    }

    /** Whom the address led to before is a seed no longer, unless another address leads there. */
    private void moved(Seed seed, NodeId to, Phase phase) {
        NodeId before;
        lock.lock();
        try {
            before = seed.node;
            seed.node = to;
            seed.phase = phase;
            if (before != null && leadsTo(before)) {
                before = null;
            }
        } finally {
            lock.unlock();
        }
        if (before != null) {
            cluster.membership().noSeed(before);
        }
    }

    private void retry(Seed seed, String why) {
        if (kernel.verbs().isClosing()) {
            return;
        }
        seed.complaint.about("seed " + seed.address + " not reached, will keep trying: " + why);
        RetryDelay delay = seed.delay;
        seed.delay = delay.next(cap());
        lock.lock();
        try {
            seed.phase = Phase.RETRYING;
        } finally {
            lock.unlock();
        }
        cluster.fewerToCome();
        kernel.clock().schedule(delay.nanos(), () -> dial(seed));
    }
}
