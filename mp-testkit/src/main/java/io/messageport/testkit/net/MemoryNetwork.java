package io.messageport.testkit.net;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.runtime.link.LinkEvents;
import io.messageport.runtime.link.Transport;
import io.messageport.runtime.link.TransportProvider;
import io.messageport.spi.Clock;
import io.messageport.testkit.fault.FaultCounts;
import io.messageport.testkit.fault.FaultLine;
import io.messageport.testkit.fault.FaultPlane;
import io.messageport.testkit.fault.FaultyNetwork;
import io.messageport.testkit.fault.Way;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All nodes of one test, joined in memory: no sockets, no secret, and a wire that can be broken at will with the verbs of
 * {@link FaultyNetwork}.
 *
 * <pre>{@code
 * MemoryNetwork network = MemoryNetwork.of(1);
 * Node a = nodes.start("a", c -> network.join(c));
 * Node b = nodes.start("b", c -> network.join(c).seed(a.addresses().getFirst()));
 * network.everywhere().apply(Fault.reorder(0.1).and(Fault.duplicate(0.1)));
 * network.from(a.id()).to(b.id()).apply(Fault.blackhole());
 * }</pre>
 *
 * <p>Messages are encoded as for a socket, and travel as numbered pieces with a checksum. So links keep their promise
 * over any wire ({@code SND-5}): what is doubled is ignored, what overtook waits, and what is damaged, or missing for the
 * silence limit, ends the link on both sides. Signs of life and the silence limit are those of the node's configuration
 * ({@code CON-4}). There is no resuming ({@code CON-5}): a link that is reset is lost.
 *
 * <p>A node listens, when it has any bind, at {@code memory:} and its ID. It is found as over sockets: through seeds, and
 * those who know it. Two living nodes of one ID are refused. A seed makes the faults decide the same for the same pieces
 * in the same order; over {@link Courier#realTime} that order is still the threads'.
 *
 * <p>Safe from any thread. Needs no closing: what it has ends with its nodes.
 */
public final class MemoryNetwork implements TransportProvider, FaultyNetwork {
    static final String SCHEME = "memory:";

    private final Courier courier;
    private final FaultPlane plane;
    private final ConcurrentMap<NodeId, MemoryTransport> nodes = new ConcurrentHashMap<>();
    private final ConcurrentMap<Way, MemoryWay> ways = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    private MemoryNetwork(long seed, Courier courier) {
        this.courier = courier;
        plane = new FaultPlane(seed, false, this::reset, way -> way(way).goOn());
    }

    /** A network in real time in which the faults decide by this seed. */
    public static MemoryNetwork of(long seed) {
        return of(seed, Courier.realTime());
    }

    /** A network that gets its time and its threads from this courier. */
    public static MemoryNetwork of(long seed, Courier courier) {
        return new MemoryNetwork(seed, courier);
    }

    @Override
    public FaultPlane plane() {
        return plane;
    }

    /** Has the node that is configured be part of this network. */
    public NodeConfig.Builder join(NodeConfig.Builder config) {
        return config.extension(TransportProvider.class, this);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when a node of this ID is in the network and not closed
     */
    @Override
    public Transport open(NodeId self, long incarnation, NodeConfig config, Clock clock, LinkEvents events) {
        MemoryTransport made = new MemoryTransport(this, new MemoryTransport.Life(self, incarnation), config, clock,
                events);
        if (nodes.putIfAbsent(self, made) != null) {
            throw new IllegalStateException("node ID " + self + " is in use in this network; close that node first, or"
                    + " give this one another ID (NodeConfig.nodeId)");
        }
        return made;
    }

    Courier courier() {
        return courier;
    }

    /** A number that no end of a link had before. */
    long number() {
        return numbers.incrementAndGet();
    }

    /** The node of this name; null when there is none. */
    MemoryTransport find(NodeId node) {
        return nodes.get(node);
    }

    void closed(NodeId node, MemoryTransport transport) {
        nodes.remove(node, transport);
    }

    MemoryWay way(Way way) {
        FaultLine line = plane.line(way);
        return ways.computeIfAbsent(way, w -> new MemoryWay(w, line, this));
    }

    boolean isCut(Way way) {
        return plane.isCut(way);
    }

    /** Ends the link between two nodes on both sides, each in its own lane. */
    void reset(Way between) {
        for (Way each : new Way[] {between, between.back()}) {
            MemoryTransport transport = find(each.from());
            if (transport != null) {
                transport.lane(each.to()).run(0, () -> {
                    if (transport.reset(each.to())) {
                        plane.line(each).cutDone();
                    }
                });
            }
        }
    }

    /** {@inheritDoc} A cut counts at each end. */
    @Override
    public FaultCounts counts() {
        return plane.counts();
    }
}
