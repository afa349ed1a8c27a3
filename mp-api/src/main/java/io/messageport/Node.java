package io.messageport;

import io.messageport.face.Faces;
import io.messageport.spi.NodeProvider;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One member of a network: opens ports, and carries every verb for code that is not itself a port.
 *
 * <p>All methods are safe from any thread. Several nodes may live in one JVM. After {@link #close()}, verbs throw
 * {@link IllegalStateException}.
 */
public interface Node extends AutoCloseable {
    /**
     * Starts a node: gathers the configuration, chooses the node ID, binds, publishes the addresses, starts connecting
     * to the seeds ({@code CFG-2}).
     *
     * @throws IllegalArgumentException when a setting is out of its range
     * @throws IllegalStateException when no engine is on the class path, or the setting needs a part that is missing
     * @throws java.io.UncheckedIOException when an address cannot be bound; nothing stays open
     */
    static Node configure(Consumer<NodeConfig.Builder> settings) {
        NodeConfig.Builder builder = NodeConfig.builder();
        settings.accept(builder);
        return NodeProvider.find().start(builder.build());
    }

    /** The node's name in its network. */
    NodeId id();

    /** The addresses this node listens on, {@code host:port} with the actual ports; empty when it listens nowhere. */
    List<String> addresses();

    /** Opens a port that kills itself on the first message, until it is given handlers ({@code RCV-1}). */
    Port port();

    /**
     * Opens a port under a chosen name, {@code node#name} ({@code ID-5}). As with {@link #port()}, a message that comes
     * before the first handler kills it.
     *
     * @throws IllegalStateException when a live port of this node has the name
     */
    Port port(String name);

    /**
     * Opens a port under a chosen name that nobody can reach before {@code setup} has given it its handlers: for names
     * that others know, and may be sending to already.
     *
     * @throws IllegalStateException when a live port of this node has the name
     */
    Port port(String name, Consumer<Port> setup);

    /**
     * Opens a port of a class of one's own: {@code node.open(ChatRoom::new)}. The constructor runs here and now and may
     * use the port's verbs; {@link Port#start()} and everything after it run in the port.
     */
    <P extends Port> P open(Supplier<P> constructor);

    /** As {@link #open(Supplier)}, under a chosen name ({@code ID-5}). */
    <P extends Port> P open(String name, Supplier<P> constructor);

    /** As {@link #port(String, Consumer)}, with these options. */
    Port port(PortOptions options, Consumer<Port> setup);

    /** As {@link #port()}, with these options. */
    default Port port(PortOptions options) {
        return port(options, port -> {});
    }

    /** As {@link #open(Supplier)}, with these options. */
    <P extends Port> P open(PortOptions options, Supplier<P> constructor);

    /** As {@link #thread(Body)}, with these options. */
    Port thread(PortOptions options, Body body);

    /** Opens a threaded port that runs {@code body} in a virtual thread of its own and ends with it ({@code CO-1}). */
    Port thread(Body body);

    /**
     * Sends a message, or one record that is the face of one, and returns at once ({@code SND-1}). Nothing is said when
     * the port does not exist: monitor it to know.
     *
     * @throws IllegalArgumentException for a remote port, when the message cannot be encoded or is too large; then
     *     nothing was sent
     */
    void send(PortId target, Object... message);

    /**
     * Sends a message if there is room, whatever the policy of the port, and says what became of it ({@code BND-1}).
     * Never parks.
     *
     * @throws IllegalArgumentException as {@link #send}
     */
    SendOutcome trySend(PortId target, Object... message);

    /** Calls {@code then} with the reason when the port dies or is lost, on a thread that it must not block. */
    Monitor monitor(PortId target, Consumer<Reason> then);

    /** Sends {@code message} followed by the reason's values to {@code watcher} when the port dies ({@code MON-1}). */
    Monitor monitor(PortId target, PortId watcher, Object... message);

    /** Kills {@code dependent} with the same reason when {@code target} dies abnormally ({@code MON-1}). */
    Monitor link(PortId target, PortId dependent);

    /** Completes with the reason when the port dies or is lost. */
    CompletionStage<Reason> whenDown(PortId target);

    /** Closes the resources when the port dies or is lost, whatever the reason ({@code MON-8}). */
    Monitor guard(PortId target, AutoCloseable... resources);

    /**
     * Kills a port, after the messages this thread has sent it before; no values mean a normal end ({@code KIL-1}).
     *
     * @throws IllegalArgumentException when the target is a node port
     */
    void kill(PortId target, Object... reason);

    /**
     * Creates a port on a node by the name of its class, {@code pkg.Class}, or init method, {@code pkg.Class::method}
     * ({@code SPN-1}). Returns at once; the ID may be used at once.
     *
     * @throws IllegalArgumentException when the name has no package
     */
    PortId spawn(NodeId node, String init, Object... args);

    /** Asks a port, with {@link NodeConfig#callTimeout} ({@code CAL-1}). */
    Call call(PortId target, Object... message);

    /**
     * Asks a port ({@code CAL-1}).
     *
     * @param timeout longer than nothing, less than 292 years
     */
    Call call(Duration timeout, PortId target, Object... message);

    /** Asks all these ports and waits for each, with {@link NodeConfig#callTimeout} as the deadline of all. */
    CallGroup callAll(Collection<PortId> targets, Object... message);

    /**
     * Asks all these ports and waits until each has replied or failed, or the time is over.
     *
     * @param timeout the deadline of all: longer than nothing, less than 292 years
     * @param targets may be none, and then the group has ended with all replies
     * @throws IllegalArgumentException when a port is named twice or null, or the message cannot be sent to one of them;
     *     then nothing is pending
     */
    CallGroup callAll(Duration timeout, Collection<PortId> targets, Object... message);

    /** Asks all these ports for one reply, with {@link NodeConfig#callTimeout} as the deadline of all. */
    CallGroup callAny(Collection<PortId> targets, Object... message);

    /** Asks all these ports and waits for the first reply, or until all have failed; otherwise as {@link #callAll}. */
    CallGroup callAny(Duration timeout, Collection<PortId> targets, Object... message);

    /** Asks all these ports for {@code n} replies, with {@link NodeConfig#callTimeout} as the deadline of all. */
    CallGroup callQuorum(int n, Collection<PortId> targets, Object... message);

    /**
     * Asks all these ports and waits for {@code n} replies, or until so many cannot come any more; otherwise as
     * {@link #callAll}.
     *
     * @param n at least 1, at most the number of ports
     */
    CallGroup callQuorum(int n, Duration timeout, Collection<PortId> targets, Object... message);

    /** Runs {@code action} once after the delay, on a thread of its own and in no port's context ({@code AFT-1}). */
    Timer after(Duration delay, Action action);

    /** Sends the message once after the delay. */
    Timer after(Duration delay, PortId target, Object... message);

    /**
     * Told at once of every node that is up, then of each that comes or goes ({@code MON-9}). On a closed node the
     * listener is accepted and never told of anything.
     */
    Guard monitorNodes(NodeListener listener);

    /** The nodes connected at this moment, without this one; none once this node is closed. */
    Set<NodeId> upNodes();

    /** What is known of a node ({@code MON-9}); on a closed node, down for each it knew. This node itself is always up. */
    NodeState stateOf(NodeId node);

    /** What the nodes of the network know together: families of keys with values ({@code DB-2}). */
    Database db();

    /** Ports that belong together, wherever they live ({@code DB-9}). */
    Groups groups();

    /** The typed face of messages on this node, with its own codecs; also on a closed node. */
    Faces faces();

    /** What the node has counted since its start; also on a closed node. */
    NodeStatistics statistics();

    /**
     * Tells of each message that nobody handles ({@code SND-2}), until the guard is closed. The listener runs on the
     * node's callback thread and must not block: while 1024 letters wait for it, further ones are only counted, in the
     * next {@link DeadLetter#untold} and in {@link #statistics}.
     */
    Guard deadLetters(Consumer<DeadLetter> listener);

    /**
     * Tells of each mailbox that fills up to its high-water mark ({@code BND-1}), until the guard is closed. The listener
     * runs as that of {@link #deadLetters}.
     */
    Guard highWater(Consumer<HighWater> listener);

    /**
     * Tells of each message that a port of this node is about to handle, until the guard is closed. Costs the node
     * nothing but a branch while nothing is traced. The listener runs on the node's callback thread and must not block.
     *
     * @param perSecond at most so many messages in a second, 1 or more; at the end of the second the number of the others
     *     is told, as {@link TraceEvent.Suppressed}
     * @throws IllegalArgumentException when the port lives on another node
     */
    Guard trace(PortId port, int perSecond, Consumer<TraceEvent> listener);

    /** As {@link #trace(PortId, int, Consumer)}, for each message with this tag that any port of this node handles. */
    Guard trace(String tag, int perSecond, Consumer<TraceEvent> listener);

    /** Whether the port is one of this node's; only the node part is compared ({@code ID-2}). */
    default boolean isLocal(PortId port) {
        return port.node().equals(id());
    }

    /**
     * The ports of this node as a tree: what a port opens is its child, unless opened {@link PortOptions#detach()
     * detached}; what is opened elsewhere, or spawned, stands in the branch {@code user}. For people and monitoring: it
     * visits every port.
     */
    PortTree tree();

    /** Blocks until the node is closed. */
    void awaitClose() throws InterruptedException;

    /** Kills all ports, says goodbye to all peers, closes all sockets; idempotent. */
    @Override
    void close();
}
