package io.messageport.testkit;

import static org.awaitility.Awaitility.await;

import io.messageport.Monitor;
import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.NodeState;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.testkit.fault.FaultyNetwork;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * The nodes of one test: in this JVM and in others, on loopback or joined as {@link Over} says, with their own secret.
 * Closing ends them all, the last one started first. {@link MpTest} makes and closes one for each test.
 *
 * <p>For one thread, that of the test.
 */
public final class TestNodes implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** How long a test waits for anything. */
    static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final Duration LOOK = Duration.ofMillis(2);

    private final String secret = new BigInteger(130, RANDOM).toString(Character.MAX_RADIX);
    private final Deque<Runnable> started = new ArrayDeque<>();
    private final Map<String, Node> byId = new LinkedHashMap<>();
    private final Over.Network network;

    /** Nodes over the real transport. */
    public TestNodes() {
        this(Over.SOCKETS);
    }

    /** Nodes that are joined in this way. */
    public TestNodes(Over way) {
        network = way.open();
        started.push(network.end());
    }

    /**
     * What breaks the network between the nodes, and mends it.
     *
     * @throws IllegalStateException over {@link Over#SOCKETS}, which nothing breaks
     */
    public FaultyNetwork network() {
        return network.faults().orElseThrow(() -> new IllegalStateException(
                "nothing breaks plain sockets: join the nodes over Over.PROXIES or Over.MEMORY"));
    }

    /** What all nodes of this test share. */
    public String secret() {
        return secret;
    }

    /** Starts a node with exactly this ID on a free port of loopback, and waits until it is connected to these seeds. */
    public Node start(String id, Node... seeds) {
        Node node = start(id, c -> c.seed(addresses(seeds)));
        for (Node seed : seeds) {
            awaitConnected(node, seed);
        }
        return node;
    }

    /** Starts a node with exactly this ID on a free port of loopback, with settings of the test's own. */
    public Node start(String id, UnaryOperator<NodeConfig.Builder> settings) {
        Node node = Node.configure(c -> {
            NodeConfig.Builder unused = settings.apply(
                    network.joining().apply(c.nodeId(id).secret(secret).bind("127.0.0.1:0")));
        });
        started.push(node::close);
        Node unused = byId.put(id, node);
        return node;
    }

    /**
     * Starts nodes with these IDs, and waits until each is connected to each.
     *
     * @param settings what they get beside ID, secret and address
     * @return the nodes, in the order of their IDs
     */
    public List<Node> startMesh(List<String> ids, NodeSettings settings) {
        List<Node> mesh = new ArrayList<>();
        for (String id : ids) {
            String[] seeds = addresses(mesh.toArray(Node[]::new));
            mesh.add(start(id, c -> settings.apply(id, c.seed(seeds))));
        }
        for (int i = 0; i < mesh.size(); i++) {
            for (int j = 0; j < i; j++) {
                awaitConnected(mesh.get(i), mesh.get(j));
            }
        }
        return mesh;
    }

    /**
     * The node started last with this ID.
     *
     * @throws IllegalArgumentException when none was
     */
    public Node node(String id) {
        Node node = byId.get(id);
        if (node == null) {
            throw new IllegalArgumentException("no node \"" + id + "\" here, only " + byId.keySet());
        }
        return node;
    }

    /** All nodes of this JVM, in order of their first start, closed ones included. */
    public List<Node> all() {
        return List.copyOf(byId.values());
    }

    /**
     * Starts a class's {@code main} in a JVM of its own, on this one's class path, with the secret in its environment.
     *
     * @param args the arguments of {@code main}
     */
    public ForkedNode fork(Class<?> main, String... args) {
        return fork(Launch.of(main, args));
    }

    /** Starts this in a JVM of its own, with the secret in its environment. */
    public ForkedNode fork(Launch launch) {
        ForkedNode forked = ForkedNode.start(launch.secret(secret));
        started.push(forked::close);
        return forked;
    }

    /** Kills the process if it still runs, and starts the same again. */
    public ForkedNode restart(ForkedNode forked) {
        ForkedNode next = forked.restart();
        started.push(next::close);
        return next;
    }

    /** Closes this node with the others, though it was started elsewhere. */
    public void closeAtTheEnd(Node node) {
        started.push(node::close);
    }

    /** Waits until each of the two is connected to the other, and has heard where it listens. */
    public static void awaitConnected(Node one, Node other) {
        awaitThat(one.id() + " and " + other.id() + " to be connected",
                () -> one.stateOf(other.id()) == NodeState.UP && other.stateOf(one.id()) == NodeState.UP);
        roundTrip(one, other.id());
    }

    /** Waits until the node is connected to another one, in whatever JVM that runs, and each has heard of the other. */
    public static void awaitConnected(Node here, NodeId there) {
        awaitThat(here.id() + " to be connected to " + there, () -> here.stateOf(there) == NodeState.UP);
        roundTrip(here, there);
    }

    /** Looks often: connecting takes a few milliseconds, and most tests begin with it. */
    private static void awaitThat(String what, Callable<Boolean> holds) {
        await(what).atMost(DEADLINE).pollDelay(Duration.ZERO).pollInterval(LOOK).until(holds);
    }

    /** The first thing that nodes tell each other is where they listen; what comes back has come behind that. */
    private static void roundTrip(Node here, NodeId there) {
        CompletableFuture<Reason> back = new CompletableFuture<>();
        Monitor unused = here.monitor(new PortId(there, "nobody"), back::complete);
        awaitThat(there + " to answer " + here.id(), back::isDone);
    }

    /** Where these nodes listen. */
    public static String[] addresses(Node... nodes) {
        String[] addresses = new String[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            addresses[i] = nodes[i].addresses().getFirst();
        }
        return addresses;
    }

    /** Closes everything, whatever happens on the way. */
    @Override
    public void close() {
        RuntimeException failure = null;
        while (!started.isEmpty()) {
            try {
                started.pop().run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
