package io.messageport.runtime.network;

import io.messageport.NodeId;
import io.messageport.NodeState;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.link.Transport;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the node connected to all of its seeds ({@code SEED-1}): each is dialed at once, then again after a delay that
 * starts between 0.6 s and 1.2 s and doubles up to the monitor timeout; losing a seed starts over. A seed that is this
 * node itself is dropped.
 */
final class Seeds {
    private static final Logger LOG = LoggerFactory.getLogger(Seeds.class);
    private static final long FIRST_DELAY_NANOS = 600_000_000;

    private final Kernel kernel;
    private final Transport transport;
    private final AddressBook addresses;
    private final Questions questions;

    /** Seeds without a connection at this moment. */
    private final Set<Seed> dialing = ConcurrentHashMap.newKeySet();

    /** In the order in which they were reached. */
    private final List<Seed> connected = new CopyOnWriteArrayList<>();

    Seeds(Kernel kernel, Transport transport, AddressBook addresses, Questions questions) {
        this.kernel = kernel;
        this.transport = transport;
        this.addresses = addresses;
        this.questions = questions;
    }

    /** One address. Fields are written only by the one dial under way, or between two of them. */
    private static final class Seed {
        private final String address;
        private volatile NodeId node;
        private long delayNanos;
        private String lastFailure = "";

        Seed(String address) {
            this.address = address;
        }
    }

    void start(List<String> configured) {
        for (String address : configured) {
            dialFromScratch(new Seed(address));
        }
    }

    /** Whether some seed may still turn up. */
    boolean areDialing() {
        return !dialing.isEmpty();
    }

    /** A node was lost; if it was a seed, it is dialed again. */
    void lost(NodeId node) {
        for (Seed seed : List.copyOf(connected)) {
            if (node.equals(seed.node) && connected.remove(seed)) {
                dialFromScratch(seed);
            }
        }
    }

    private void dialFromScratch(Seed seed) {
        seed.delayNanos = FIRST_DELAY_NANOS + kernel.random().nextLong(FIRST_DELAY_NANOS);
        dialing.add(seed);
        dial(seed);
    }

    private void dial(Seed seed) {
        if (kernel.verbs().isClosing()) {
            return;
        }
        var ignored = transport.dial(seed.address).whenComplete((dialed, error) -> {
            Transport.Dialed outcome = error == null ? dialed : new Transport.Dialed.Failed(error.toString());
            switch (outcome) {
                case Transport.Dialed.Connected up -> connected(seed, up.node());
                case Transport.Dialed.Self self -> {
                    settled(seed);
                    LOG.info("seed {} is this node itself; not dialed any more", seed.address);
                }
                case Transport.Dialed.Failed failed -> retry(seed, failed.why());
            }
        });
    }

    private void connected(Seed seed, NodeId node) {
        seed.node = node;
        seed.lastFailure = "";
        addresses.reached(node, seed.address);
        connected.add(seed);
        settled(seed);
        LOG.info("seed {} is node {}", seed.address, node);
        if (kernel.verbs().node().stateOf(node) != NodeState.UP) {
            lost(node);
        }
    }

    private void settled(Seed seed) {
        dialing.remove(seed);
        if (dialing.isEmpty()) {
            questions.noMoreToCome();
        }
    }

    private void retry(Seed seed, String why) {
        if (kernel.verbs().isClosing()) {
            return;
        }
        if (!why.equals(seed.lastFailure)) {
            seed.lastFailure = why;
            LOG.warn("seed {} not reached, will keep trying: {}", seed.address, why);
        }
        long delay = seed.delayNanos;
        seed.delayNanos = Math.min(2 * seed.delayNanos, kernel.config().monitorTimeout().toNanos());
        kernel.clock().schedule(delay, () -> dial(seed));
    }
}
