package io.messageport.runtime.network;

import io.messageport.Guard;
import io.messageport.NodeId;
import io.messageport.NodeListener;
import io.messageport.NodeState;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.kernel.Payloads;
import io.messageport.runtime.kernel.Router;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.LinkEvents;
import io.messageport.runtime.link.LinkHandler;
import io.messageport.runtime.link.Transport;
import io.messageport.runtime.monitor.Watch;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The node's side of all its links: the verbs that leave the node go out here, what peers send comes in.
 *
 * <p>Any thread; what links call does not block, except the end of a link, which waits for the callbacks it caused.
 */
public final class Network implements Router.Remote, LinkEvents {
    private static final String NO_NETWORK =
            "this node has no network: configure a secret, and depend on io.messageport:mp-transport";

    private final AddressBook addresses = new AddressBook();
    private final Questions questions = new Questions();
    private final NodePort nodePort = new NodePort(this);
    private final Spawning spawning;

    /** All four written once, by {@link #join}, before the node is published. */
    private Kernel kernel;

    private Transport transport;
    private NodeEvents events;
    private Seeds seeds;
    private List<String> listening = List.of();

    /** A network that has not been joined yet. */
    public Network(Spawning spawning) {
        this.spawning = spawning;
    }

    /** What the network asks of the node when a peer spawns. */
    @FunctionalInterface
    public interface Spawning {
        /** Opens the port now, and runs its init soon. */
        void spawn(NodeId asking, String portName, String init, Object[] args);
    }

    /**
     * Ties the knot between the kernel and the network.
     *
     * @param opened null for a node without a network
     */
    public void join(Kernel of, Transport opened) {
        kernel = of;
        transport = opened;
        events = new NodeEvents(of.callbacks());
        seeds = new Seeds(of, opened, addresses, questions);
    }

    /** Publishes where this node listens, and starts to seed. */
    public void start(List<String> listeningOn) {
        listening = listeningOn;
        seeds.start(kernel.config().seeds());
    }

    // ---- leaving the node ------------------------------------------------------------------------------------------

    @Override
    public void send(PortId target, Object payload) {
        Object[] values = Payloads.list(payload);
        if (transport == null || kernel.verbs().isClosing()) {
            kernel.deadLetters().add(target, payload);
            return;
        }
        boolean sent;
        do {
            // A lost link takes nothing; the next one the transport gives is its successor.
            sent = transport.link(target.node()).send(target.name(), values);
        } while (!sent && !kernel.verbs().isClosing());
    }

    @Override
    public void kill(PortId target, Reason reason) {
        if (transport != null && !kernel.verbs().isClosing()) {
            Wire.sendReason(transport.link(target.node()), "kil", target.name(), reason);
        }
    }

    @Override
    public void toNodePort(Object payload) {
        nodePort.receivedHere(payload);
    }

    /** Registers a watch on a port of another node ({@code MON-6}), connecting to it if need be ({@code MON-5}). */
    public void watch(Watch watch) {
        NodeId node = watch.target().node();
        if (transport == null) {
            watch.fireUnlisted(new Reason.TransportError(node.value(), NO_NETWORK));
            return;
        }
        boolean added;
        do {
            if (kernel.verbs().isClosing()) {
                watch.fireUnlisted(new Reason.TransportError(node.value(), "this node is closed"));
                return;
            }
            added = handlerOf(transport.link(node)).watches().add(watch);
        } while (!added);
    }

    /** Asks a node to open a port under a name of ours ({@code SPN-1}). */
    public PortId spawn(NodeId node, String init, Object[] args) {
        PortId port = new PortId(node, kernel.table().spawnName());
        send(node.nodePort(), new Object[] {"spw", port.name(), init, Arrays.asList(args)});
        return port;
    }

    // ---- coming in -------------------------------------------------------------------------------------------------

    @Override
    public LinkHandler opened(Link link) {
        return new PeerLink(link, this);
    }

    @Override
    public CompletionStage<List<String>> addressesOf(NodeId peer) {
        List<String> history = addresses.known(peer);
        CompletableFuture<List<String>> answer = questions.ask(peer, events::upLinks);
        if (!history.isEmpty() || !seeds.areDialing()) {
            questions.giveUp(peer, false);
        }
        kernel.clock().schedule(kernel.config().monitorTimeout().toNanos(), () -> questions.giveUp(peer, true));
        return history.isEmpty() ? answer : withHistory(answer, history);
    }

    /** A node that was lost may be back elsewhere: what peers know comes first, where it was comes after that. */
    private CompletionStage<List<String>> withHistory(CompletableFuture<List<String>> answer, List<String> history) {
        CompletableFuture<List<String>> both = answer.thenApply(fresh -> {
            Set<String> all = new LinkedHashSet<>(fresh);
            all.addAll(history);
            return List.copyOf(all);
        });
        kernel.clock().schedule(kernel.config().connectInterval().toNanos(), () -> both.complete(history));
        return both;
    }

    void answered(NodeId by, NodeId node, List<String> found) {
        questions.answered(by, node, found, seeds.areDialing());
    }

    void up(PeerLink link) {
        Object[] here = new Object[1 + listening.size()];
        here[0] = "here";
        for (int i = 0; i < listening.size(); i++) {
            here[1 + i] = listening.get(i);
        }
        boolean ignored = link.link().sendControl(here);
        events.up(link);
        questions.joined(link.link());
    }

    void down(PeerLink link, boolean wasUp, Reason reason) {
        NodeId node = link.peer();
        if (wasUp) {
            addresses.lost(node);
            events.down(node, reason);
            questions.left(node, seeds.areDialing());
        }
        kernel.callbacks().flush();
        if (wasUp) {
            seeds.lost(node);
        }
    }

    void spawnHere(NodeId asking, String portName, String init, Object[] args) {
        spawning.spawn(asking, portName, init, args);
    }

    // ---- asking ----------------------------------------------------------------------------------------------------

    /** Told of every node that comes or goes ({@code MON-9}). */
    public Guard monitorNodes(NodeListener listener) {
        return events.add(listener);
    }

    /** The connected nodes. */
    public Set<NodeId> upNodes() {
        return events.upNodes();
    }

    /** What is known of another node. */
    public NodeState stateOf(NodeId node) {
        if (events.isUp(node)) {
            return NodeState.UP;
        }
        return addresses.isKnown(node) ? NodeState.DOWN : NodeState.UNKNOWN;
    }

    private static PeerLink handlerOf(Link link) {
        return (PeerLink) link.handler();
    }

    Kernel kernel() {
        return kernel;
    }

    NodePort nodePort() {
        return nodePort;
    }

    AddressBook addresses() {
        return addresses;
    }
}
