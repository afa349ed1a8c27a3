package io.messageport.testkit.net;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.runtime.link.LinkEvents;
import io.messageport.runtime.link.Transport;
import io.messageport.spi.Clock;
import io.messageport.testkit.fault.Way;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's side of a {@link MemoryNetwork}. Verbs come from any thread; what concerns one peer happens in that peer's
 * lane.
 */
final class MemoryTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryTransport.class);

    private final MemoryNetwork network;
    private final Life self;
    private final NodeConfig config;
    private final Clock clock;
    private final LinkEvents events;
    private final Pulse pulse;
    private final Losses losses;
    private final ReentrantLock lock = new ReentrantLock();

    /** All guarded by the lock. Of each peer the latest link, which may be lost. */
    private final Map<NodeId, MemoryLink> links = new LinkedHashMap<>();

    private final Map<NodeId, Courier.Lane> lanes = new LinkedHashMap<>();

    /** The number of the newest end with which each peer has asked for a link; older ones ask in vain. */
    private final Map<NodeId, Long> newest = new LinkedHashMap<>();

    private boolean listening;
    private boolean closed;

    /** A node in one of its lives. */
    record Life(NodeId node, long incarnation) {}

    MemoryTransport(MemoryNetwork network, Life self, NodeConfig config, Clock clock, LinkEvents events) {
        this.network = network;
        this.self = self;
        this.config = config;
        this.clock = clock;
        this.events = events;
        pulse = new Pulse(config, clock);
        losses = new Losses(network.courier());
    }

    MemoryNetwork network() {
        return network;
    }

    Life self() {
        return self;
    }

    NodeConfig config() {
        return config;
    }

    Clock clock() {
        return clock;
    }

    LinkEvents events() {
        return events;
    }

    Pulse pulse() {
        return pulse;
    }

    // ---- what the node calls ---------------------------------------------------------------------------------------

    /** {@inheritDoc} What the binds say does not matter, only whether there are any. */
    @Override
    public List<String> listen(List<String> binds) {
        if (binds.isEmpty()) {
            return List.of();
        }
        lock.lock();
        try {
            listening = true;
        } finally {
            lock.unlock();
        }
        return List.of(MemoryNetwork.SCHEME + self.node());
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when {@code peer} is this node
     * @throws IllegalStateException when the transport is closed
     */
    @Override
    public MemoryLink link(NodeId peer) {
        if (peer.equals(self.node())) {
            throw new IllegalArgumentException("node " + peer + " has no link to itself");
        }
        Obtained obtained = obtain(peer);
        if (obtained.created()) {
            // Not here: a link that is lost before its sender has it would have the sender ask for links for ever.
            lane(peer).run(0, obtained.link()::findAndDial);
        }
        return obtained.link();
    }

    /** A link, and whether it was made just now. */
    private record Obtained(MemoryLink link, boolean created) {}

    private Obtained obtain(NodeId peer) {
        MemoryLink link;
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the transport of node " + self.node() + " is closed");
            }
            MemoryLink present = links.get(peer);
            if (present != null && !present.isLost()) {
                return new Obtained(present, false);
            }
            link = new MemoryLink(this, peer, network.number());
            links.put(peer, link);
        } finally {
            lock.unlock();
        }
        link.opened(events.opened(link));
        return new Obtained(link, true);
    }

    @Override
    public CompletionStage<Dialed> dial(String address) {
        if (!address.startsWith(MemoryNetwork.SCHEME)) {
            return failed("the addresses of a network in memory begin with " + MemoryNetwork.SCHEME + ", not as "
                    + address);
        }
        NodeId peer;
        try {
            peer = NodeId.of(address.substring(MemoryNetwork.SCHEME.length()));
        } catch (IllegalArgumentException e) {
            return failed(e.getMessage());
        }
        if (peer.equals(self.node())) {
            return CompletableFuture.completedFuture(new Dialed.Self());
        }
        try {
            MemoryLink link = obtain(peer).link();
            link.dial();
            return link.dialed();
        } catch (IllegalStateException e) {
            return failed(e.getMessage());
        }
    }

    private static CompletionStage<Dialed> failed(String why) {
        return CompletableFuture.completedFuture(new Dialed.Failed(why));
    }

    /** {@inheritDoc} Idempotent. */
    @Override
    public void close() {
        List<MemoryLink> all;
        lock.lock();
        try {
            closed = true;
            all = new ArrayList<>(links.values());
        } finally {
            lock.unlock();
        }
        all.forEach(link -> link.close("node closed"));
        losses.awaitTold();
        network.closed(self.node(), this);
        lock.lock();
        try {
            lanes.values().forEach(Courier.Lane::close);
        } finally {
            lock.unlock();
        }
    }

    // ---- what its links and ways call ------------------------------------------------------------------------------

    /** Where everything about this peer happens. */
    Courier.Lane lane(NodeId peer) {
        lock.lock();
        try {
            return lanes.computeIfAbsent(peer, p -> network.courier().lane(self.node() + " <- " + p));
        } finally {
            lock.unlock();
        }
    }

    /** Sends to a peer; {@code left} runs when the packet has left the wire. */
    void send(NodeId peer, Packet packet, Runnable left) {
        network.way(new Way(self.node(), peer)).send(packet, left);
    }

    void send(NodeId peer, Packet packet) {
        send(peer, packet, () -> {});
    }

    /** A link is lost: the node is told in the lane, and before any link that follows is up. */
    void lost(MemoryLink link, String reason) {
        losses.begin(link.peer());
        lane(link.peer()).run(0, () -> {
            try {
                link.handler().lost(reason);
            } catch (RuntimeException | Error e) {
                LOG.error("the node could not take in the loss of its link to {}", link.peer(), e);
            } finally {
                wasTold(link);
            }
        });
    }

    private void wasTold(MemoryLink link) {
        lock.lock();
        try {
            links.remove(link.peer(), link);
        } finally {
            lock.unlock();
        }
        losses.told(link.peer());
    }

    /** Ends the link as if the network had; in its lane. False when there is none that is up. */
    boolean reset(NodeId peer) {
        MemoryLink link = find(peer);
        return link != null && link.isUp() && link.lose("the connection to " + peer + " was reset");
    }

    private MemoryLink find(NodeId peer) {
        lock.lock();
        try {
            return links.get(peer);
        } finally {
            lock.unlock();
        }
    }

    /** A packet has arrived; in the lane of that peer. */
    void arrived(NodeId from, Packet packet) {
        MemoryLink link = find(from);
        switch (packet) {
            case Packet.Connect p -> connecting(from, p, link);
            case Packet.Accept p -> {
                if (link == null || link.isLost() || !link.accepted(p)) {
                    send(from, new Packet.Reset(p.from(), "the connection to " + self.node() + " is given up"));
                }
            }
            case Packet.Refuse p -> {
                if (link != null && link.number() == p.to()) {
                    link.abandon("unable to connect to " + from + ": " + p.why());
                }
            }
            case Packet.Piece p -> {
                if (link == null || link.isLost() || !link.arrived(p)) {
                    send(from, new Packet.Reset(p.from(), "node " + self.node() + " knows no such connection"));
                }
            }
            case Packet.Reset p -> {
                if (link != null && link.number() == p.to()) {
                    var unused = link.lose(p.why());
                }
            }
        }
    }

    /** A peer asks for a link ({@code CON-3}). */
    private void connecting(NodeId from, Packet.Connect packet, MemoryLink present) {
        if (isOutdated(from, packet)) {
            // It came late, or twice: to take it up would end the link that its sender has made since.
            return;
        }
        String refusal = refusal(from);
        if (refusal != null) {
            send(from, new Packet.Refuse(packet.from(), refusal));
            return;
        }
        if (present != null && present.isUp() && !present.isOf(packet)) {
            // The peer has given that link up, or lives again.
            var unused = present.lose(present.isOfLife(packet.incarnation())
                    ? "switched connections"
                    : "replaced by a new incarnation of node " + from);
        }
        try {
            MemoryLink link = obtain(from).link();
            if (losses.areUntold(from)) {
                // The node is told of the old link first, whatever came before this in the lane ({@code SND-5b}).
                link.expect();
                lane(from).run(0, () -> arrived(from, packet));
            } else {
                // A link that dials is up by this as well, and the peer's by the request of this side: one of each.
                link.accept(packet);
            }
        } catch (IllegalStateException e) {
            send(from, new Packet.Refuse(packet.from(), "node " + self.node() + " is closing"));
        }
    }

    private boolean isOutdated(NodeId from, Packet.Connect packet) {
        lock.lock();
        try {
            return newest.merge(from, packet.from(), Math::max) > packet.from();
        } finally {
            lock.unlock();
        }
    }

    private String refusal(NodeId from) {
        if (network.isCut(new Way(from, self.node()))) {
            return "the network between them is cut";
        }
        lock.lock();
        try {
            return closed ? "node " + self.node() + " is closing" : listening ? null : "node " + self.node()
                    + " does not listen";
        } finally {
            lock.unlock();
        }
    }
}
