package io.messageport.testkit.sim;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.runtime.kernel.Dispatcher;
import io.messageport.runtime.link.LinkEvents;
import io.messageport.runtime.link.Transport;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One node's side of the {@link SimulatedNetwork}. What concerns one peer happens in one lane, in order. */
final class SimulatedTransport implements Transport {
    private static final String SCHEME = "sim/";

    private final SimulatedNetwork network;
    private final NodeId self;
    private final NodeConfig config;
    private final LinkEvents events;

    /** The links that are not lost. */
    private final Map<NodeId, SimulatedLink> links = new LinkedHashMap<>();

    private final Map<NodeId, Lane> lanes = new HashMap<>();

    /** Of each peer, how many losses have begun and are not told to the end. */
    private final Map<NodeId, Integer> losing = new HashMap<>();

    private boolean closed;

    SimulatedTransport(SimulatedNetwork network, NodeId self, NodeConfig config, LinkEvents events) {
        this.network = network;
        this.self = self;
        this.config = config;
        this.events = events;
    }

    SimulatedNetwork network() {
        return network;
    }

    NodeId self() {
        return self;
    }

    NodeConfig config() {
        return config;
    }

    boolean isClosed() {
        return closed;
    }

    private Lane lane(NodeId peer) {
        return lanes.computeIfAbsent(peer, p -> network.scheduler().lane(self + " <- " + p));
    }

    /** A step in the lane of this peer. */
    void inLane(NodeId peer, Runnable step) {
        network.scheduler().add(lane(peer), step);
    }

    /** A step in the lane of this peer, later. */
    void inLane(NodeId peer, long delayNanos, Runnable step) {
        var unused = network.scheduler().alarm(delayNanos, lane(peer), step);
    }

    @Override
    public List<String> listen(List<String> binds) {
        return List.of(SCHEME + self);
    }

    @Override
    public SimulatedLink link(NodeId peer) {
        if (closed) {
            throw new IllegalStateException("the transport of node " + self + " is closed");
        }
        SimulatedLink present = links.get(peer);
        if (present != null) {
            return present;
        }
        SimulatedLink made = opened(peer);
        made.dial();
        return made;
    }

    private SimulatedLink opened(NodeId peer) {
        SimulatedLink made = new SimulatedLink(this, peer);
        links.put(peer, made);
        made.handler(events.opened(made));
        return made;
    }

    @Override
    public CompletionStage<Dialed> dial(String address) {
        if (!address.startsWith(SCHEME)) {
            return CompletableFuture.completedFuture(
                    new Dialed.Failed("the addresses of a simulation begin with " + SCHEME + ", not as " + address));
        }
        NodeId peer = NodeId.of(address.substring(SCHEME.length()));
        return peer.equals(self) ? CompletableFuture.completedFuture(new Dialed.Self()) : link(peer).dialed();
    }

    /** Somebody connects; in the lane of that peer. */
    void accept(SimulatedLink from) {
        NodeId peer = from.transport().self();
        if (closed || !from.isDialing() || from.isAnswered()) {
            return;
        }
        SimulatedLink present = links.get(peer);
        if (present != null && !present.isDialing()) {
            // The peer has lost it, or is another one of the same name: the old connection ends first.
            present.lose("switched connections", false);
        }
        if (losing.containsKey(peer)) {
            // What is told of the old connection stands in the lane already.
            inLane(peer, () -> accept(from));
            return;
        }
        SimulatedLink here = present != null ? present : opened(peer);
        here.connect(from);
    }

    /** A way to this node has gone silent. */
    void listenTo(NodeId peer) {
        SimulatedLink present = links.get(peer);
        if (present != null) {
            present.watchSilence();
        }
    }

    /** The ways from this node are open again. */
    void goOn() {
        links.values().forEach(SimulatedLink::goOn);
    }

    void reset(NodeId peer) {
        SimulatedLink present = links.get(peer);
        if (present != null) {
            present.reset();
        }
    }

    /** The link is lost: takes it out, and tells the node in the lane. */
    void lost(SimulatedLink link, String why) {
        boolean unused = links.remove(link.peer(), link);
        losing.merge(link.peer(), 1, Integer::sum);
        inLane(link.peer(), () -> {
            try {
                link.handler().lost(why);
            } finally {
                losing.computeIfPresent(link.peer(), (peer, count) -> count == 1 ? null : count - 1);
            }
        });
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            network.closed(self, this);
            List.copyOf(links.values()).forEach(link -> link.lose("node " + self + " closed", true));
        }
        boolean unused = network.dispatcher().awaits(losing::isEmpty, Dispatcher.FOREVER);
    }
}
