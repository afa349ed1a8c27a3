package io.messageport.runtime.network;

import io.messageport.DeadLetter.Cause;
import io.messageport.Guard;
import io.messageport.NodeId;
import io.messageport.NodeListener;
import io.messageport.NodeState;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.SendOutcome;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.kernel.Payloads;
import io.messageport.runtime.kernel.Router;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.LinkEvents;
import io.messageport.runtime.link.LinkHandler;
import io.messageport.runtime.link.Transport;
import io.messageport.runtime.monitor.Watch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's side of all its links: the verbs that leave the node go out here, what peers send comes in.
 *
 * <p>Any thread; what links call does not block, except the end of a link, which waits for the callbacks it caused.
 */
public final class Network implements Router.Remote, LinkEvents, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Network.class);

    private static final String NO_NETWORK =
            "this node has no network: configure a secret, and depend on io.messageport:mp-transport";

    private final Spawning spawning;

    /** Of each peer the link opened last, until that is lost. */
    private final Map<NodeId, PeerLink> latest = new ConcurrentHashMap<>();

    /** Written once, before {@link #join}, if at all. */
    private RoleListener listener = RoleListener.NOBODY;

    /** All four written once, by {@link #join}, before the node is published. */
    private Kernel kernel;

    private Transport transport;
    private Cluster cluster;
    private NodePort nodePort;

    /** Set once: nothing leaves the node any more. */
    private volatile boolean closed;

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
        nodePort = new NodePort(this, of.clock());
        cluster = new Cluster(of, opened, listener, this::connect);
    }

    /** Who is told of roles, and gets the messages for the database; to be called before {@link #join}, if at all. */
    public void listener(RoleListener told) {
        listener = told;
    }

    /** The connected nodes, as the database sees them; for after {@link #join}. */
    public Peers peers() {
        return new Peers() {
            @Override
            public NodeId self() {
                return kernel.self();
            }

            @Override
            public boolean send(NodeId to, Object... values) {
                return cluster.tell(to, values);
            }
        };
    }

    /**
     * Publishes where this node listens, also to those who connected while it began to, and starts to seed.
     *
     * @throws IllegalArgumentException when it is configured to advertise what nobody could dial
     */
    public void start(List<String> listeningOn) {
        cluster.start(listeningOn);
    }

    // ---- leaving the node ------------------------------------------------------------------------------------------

    @Override
    public void send(PortId target, Object payload) {
        Object[] values = Payloads.list(kernel.faces(), payload);
        boolean atOnce = kernel.dispatcher().isWorker();
        if (!sent(target.node(),
                link -> atOnce ? link.sendAtOnce(target.name(), values) : link.send(target.name(), values))) {
            kernel.deadLetters().add(target, payload, Cause.NO_LINK);
        }
    }

    @Override
    public SendOutcome trySend(PortId target, Object payload) {
        Object[] values = Payloads.list(kernel.faces(), payload);
        for (Link link = linkTo(target.node()); link != null; link = linkTo(target.node())) {
            Rest rest = handlerOf(link).rest();
            Link.Offer offered = rest.isOpen() ? link.trySend(target.name(), values) : Link.Offer.FULL;
            if (offered == Link.Offer.TAKEN) {
                rest.use();
                return new SendOutcome.Accepted();
            }
            if (offered == Link.Offer.FULL) {
                return new SendOutcome.Full();
            }
            // A lost link takes nothing; the next one the transport gives is its successor.
        }
        return new SendOutcome.Dead();
    }

    @Override
    public void kill(PortId target, Reason reason) {
        if (!sent(target.node(), link -> Wire.sendReason(link, "kil", target.name(), reason))) {
            LOG.debug("kill of {} not sent, this node has no network or is closed", target);
        }
    }

    /** Sends over whichever link takes it; false when nothing leaves this node, or nothing any more. */
    private boolean sent(NodeId node, Predicate<Link> sending) {
        for (Link link = linkTo(node); link != null; link = linkTo(node)) {
            // A lost link takes nothing; the next one the transport gives is its successor.
            Rest rest = handlerOf(link).rest();
            rest.awaitOpen(kernel.dispatcher());
            if (sending.test(link)) {
                rest.use();
                return true;
            }
        }
        return false;
    }

    /** The link to a node; null without a network or once it is closed. A node that is closing still has links. */
    private Link linkTo(NodeId node) {
        if (transport == null || closed) {
            return null;
        }
        try {
            return transport.link(node);
        } catch (IllegalStateException e) {
            if (closed) {
                return null;
            }
            throw e;
        }
    }

    private void connect(NodeId node) {
        Link unused = linkTo(node);
    }

    /** Ends all links; what is sent from now on is lost. Nothing happens before {@link #join}. */
    @Override
    public void close() {
        closed = true;
        if (transport != null) {
            cluster.close();
            transport.close();
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
            Link link = linkTo(node);
            if (link == null) {
                watch.fireUnlisted(new Reason.TransportError(node.value(), "this node is closed"));
                return;
            }
            added = handlerOf(link).watches().add(watch);
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
        PeerLink made = new PeerLink(link, this);
        PeerLink before = latest.put(link.peer(), made);
        if (before != null) {
            before.succeededBy(made);
        }
        return made;
    }

    /** A link is lost. */
    void forget(PeerLink link) {
        boolean unused = latest.remove(link.peer(), link);
    }

    /** Moves a watch to the link after one that was given up: the first of them, over which others may send already. */
    void watchNext(PeerLink former, Watch watch) {
        PeerLink next = former.successor();
        if (next == null || !next.watches().add(watch)) {
            watch(watch);
        }
    }

    @Override
    public CompletionStage<List<String>> addressesOf(NodeId peer) {
        return cluster.lookup().addressesOf(peer);
    }

    @Override
    public void pump(BooleanSupplier turn) {
        kernel.dispatcher().pump(turn);
    }

    void spawnHere(NodeId asking, String portName, String init, Object[] args) {
        spawning.spawn(asking, portName, init, args);
    }

    // ---- asking ----------------------------------------------------------------------------------------------------

    /** Told of every node that comes or goes ({@code MON-9}). */
    public Guard monitorNodes(NodeListener listener) {
        return cluster.events().add(listener);
    }

    /** The connected nodes. */
    public Set<NodeId> upNodes() {
        return cluster.events().upNodes();
    }

    /** What is known of another node. */
    public NodeState stateOf(NodeId node) {
        if (cluster.isUp(node)) {
            return NodeState.UP;
        }
        return cluster.addresses().isKnown(node) ? NodeState.DOWN : NodeState.UNKNOWN;
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

    Cluster cluster() {
        return cluster;
    }
}
