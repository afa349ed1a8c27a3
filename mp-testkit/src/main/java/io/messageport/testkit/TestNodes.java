package io.messageport.testkit;

import static org.awaitility.Awaitility.await;

import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.NodeState;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;

/**
 * The nodes of one test: in this JVM and in others, over the real transport on loopback, with a secret of their own.
 * Closing ends them all, the last one started first.
 *
 * <p>For one thread, that of the test.
 */
public final class TestNodes implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** How long a test waits for anything. */
    static final Duration DEADLINE = Duration.ofSeconds(30);

    private final String secret = new BigInteger(130, RANDOM).toString(Character.MAX_RADIX);
    private final Deque<Runnable> started = new ArrayDeque<>();

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
            NodeConfig.Builder unused = settings.apply(c.nodeId(id).secret(secret).bind("127.0.0.1:0"));
        });
        started.push(node::close);
        return node;
    }

    /**
     * Starts a class's {@code main} in a JVM of its own, on this one's class path, with the secret in its environment.
     *
     * @param args the arguments of {@code main}
     */
    public ForkedNode fork(Class<?> main, String... args) {
        ForkedNode forked = ForkedNode.start(main, secret, args);
        started.push(forked::close);
        return forked;
    }

    /** Waits until each of the two is connected to the other. */
    public static void awaitConnected(Node one, Node other) {
        await(one.id() + " and " + other.id() + " to be connected").atMost(DEADLINE).until(
                () -> one.stateOf(other.id()) == NodeState.UP && other.stateOf(one.id()) == NodeState.UP);
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
