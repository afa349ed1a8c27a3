package io.messageport.runtime.network;

import io.messageport.NodeId;
import io.messageport.Reason;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.link.Transport;
import io.messageport.runtime.network.Roles.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What makes connected nodes a network that finds itself: the parts of this room that know of seeds, roles and addresses,
 * and how they hang together. Any thread; nothing here blocks.
 */
final class Cluster {
    private final Kernel kernel;
    private final Consumer<NodeId> dialing;
    private final NodeEvents events;
    private final AddressBook addresses = new AddressBook();
    private final Questions questions;
    private final Membership membership;
    private final Lookup lookup;
    private final Seeds seeds;
    private final SeedSources sources;
    private final Globals globals;
    private final Idle idle;

    /** Held while a peer is told where we listen, so that what it is told last is the latest. */
    private final ReentrantLock announcing = new ReentrantLock();

    /** When a connection came up or was lost last, in the clock's nanoseconds. */
    private volatile long changed;

    /** Written once by {@link #start}, when peers may be connected already. */
    private volatile List<String> advertised = List.of();

    /**
     * Of a node that knows nobody yet.
     *
     * @param transport dials the seeds; null for a node without a network
     * @param dialing connects to a node by its name, in the background
     */
    Cluster(Kernel kernel, Transport transport, RoleListener listener, Consumer<NodeId> dialing) {
        this.kernel = kernel;
        this.dialing = dialing;
        changed = kernel.clock().nanos();
        events = new NodeEvents(kernel.callbacks());
        questions = new Questions(this::mayTurnUp);
        membership = new Membership(this, listener);
        lookup = new Lookup(kernel, this, questions);
        seeds = new Seeds(kernel, transport, this);
        sources = new SeedSources(kernel, seeds);
        globals = new Globals(kernel, this, seeds);
        idle = new Idle(kernel, this);
    }

    /**
     * Publishes where this node listens ({@code DB-2}), and starts to seed; a node without seeds can have no master, so
     * it is global.
     */
    void start(List<String> listeningOn) {
        advertised = Advertised.of(kernel.config().advertised(), listeningOn);
        events.upLinks().forEach(this::announce);
        membership.listening(advertised);
        if (kernel.config().global() || !sources.areGiven()) {
            membership.promote();
        }
        sources.start();
    }

    /** Asks for no more seeds, and chooses no other master when the connections end. */
    void close() {
        sources.close();
        membership.close();
    }

    // ---- connections -----------------------------------------------------------------------------------------------

    void up(PeerLink link) {
        // Up before it is told, so that start() finds it, or is over and it is told the right thing here.
        changed = kernel.clock().nanos();
        events.up(link);
        announce(link);
        globals.up(link.peer());
        membership.up(link.peer());
        lookup.canBeAsked(link);
        idle.up();
    }

    private void announce(PeerLink link) {
        announcing.lock();
        try {
            List<Object> here = new ArrayList<>(List.of("here"));
            here.addAll(advertised);
            boolean ignored = Wire.tell(link.link(), here.toArray());
        } finally {
            announcing.unlock();
        }
    }

    /** Steps three and four of the loss rule are over when this returns ({@code SND-5b}). */
    void down(PeerLink link, boolean wasUp, Reason reason) {
        NodeId node = link.peer();
        boolean last = wasUp && events.down(link, reason);
        if (last) {
            changed = kernel.clock().nanos();
            addresses.lost(node);
            membership.down(node);
            questions.left(node);
        }
        kernel.callbacks().flush();
        if (last) {
            seeds.lost(node);
        } else if (!wasUp) {
            globals.failed(node);
        }
    }

    boolean isUp(NodeId node) {
        return events.isUp(node);
    }

    List<PeerLink> upLinks() {
        return events.upLinks();
    }

    /**
     * Sends to the node port of a connected node; false when it is not, and nothing was sent. Does not wait while the other
     * end is asked to give the connection up: if it agrees, what roles were played over the connection end with it and begin
     * anew over the next; if it does not, they must have been told of.
     */
    boolean tell(NodeId node, Object... values) {
        PeerLink link = events.linkTo(node);
        if (link == null) {
            return false;
        }
        boolean ignored = link.rest().isOpen();
        link.rest().use();
        return link.link().sendControl(values);
    }

    /** Connects in the background, if there is no connection. */
    void connect(NodeId node) {
        if (!node.equals(kernel.self())) {
            dialing.accept(node);
        }
    }

    // ---- global nodes ----------------------------------------------------------------------------------------------

    /** Tells a connected node of a global one. */
    void introduce(NodeId to, NodeId other) {
        List<Object> message = new ArrayList<>(List.of("glob", other));
        message.addAll(addresses.known(other));
        if (message.size() > 2) {
            boolean ignored = tell(to, message.toArray());
        }
    }

    /** A connected node tells of a global one. */
    void introduced(NodeId other, List<String> addressesOfIt) {
        if (standing().global()) {
            addresses.heard(other, addressesOfIt);
            globals.heard(other);
        }
    }

    void globalLost(NodeId node) {
        globals.lost(node);
    }

    // ---- addresses -------------------------------------------------------------------------------------------------

    /** A connected node has a role in which it may know where others are. */
    void canBeAsked(NodeId node) {
        PeerLink link = events.linkTo(node);
        if (link != null) {
            lookup.canBeAsked(link);
        }
    }

    /**
     * Whether somebody may turn up who knows more than those who are connected: a seed that is dialed for the first time,
     * any seed without a master, or, to a global node, whoever is about to say what it is.
     */
    boolean mayTurnUp() {
        Standing standing = standing();
        return sources.mayTurnUp() || seeds.mayTurnUp(standing.global() || standing.master() != null)
                || standing.global() && isInFlux();
    }

    /** Whether connections came or went just now, so that others know of more than they have told. */
    boolean isInFlux() {
        return kernel.clock().nanos() - changed < kernel.config().connectInterval().toNanos();
    }

    /** Fewer may turn up than before. */
    void fewerToCome() {
        questions.fewerToCome();
    }

    /** What others are told to dial. */
    List<String> advertised() {
        return advertised;
    }

    // ---- the parts -------------------------------------------------------------------------------------------------

    NodeId self() {
        return kernel.self();
    }

    NodeEvents events() {
        return events;
    }

    AddressBook addresses() {
        return addresses;
    }

    Questions questions() {
        return questions;
    }

    Idle idle() {
        return idle;
    }

    Lookup lookup() {
        return lookup;
    }

    Membership membership() {
        return membership;
    }

    Standing standing() {
        return membership.standing();
    }
}
