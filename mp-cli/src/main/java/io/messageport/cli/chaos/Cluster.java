package io.messageport.cli.chaos;

import io.messageport.testkit.ForkedNode;
import io.messageport.testkit.load.Journals;
import io.messageport.testkit.load.LoadNode.Setup;
import io.messageport.testkit.load.Wires;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The processes of one run, what they write, and the wires between them. Nodes are numbers from 1. For one thread, but
 * for {@link #close}, which may come from any.
 */
final class Cluster implements AutoCloseable {
    /** Short, so that a round is: what keeps silent for a second is lost. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    /** Small, so that senders park when a peer takes nothing. */
    private static final int OUTBOUND = 256 << 10;

    private final int nodes;
    private final Path directory;
    private final Wires wires;
    private final Journals journals;
    private final String secret = new BigInteger(130, new SecureRandom()).toString(Character.MAX_RADIX);
    private final Map<Integer, ForkedNode> running = new HashMap<>();
    private final Map<Integer, Integer> lives = new HashMap<>();

    /** Every process ever started: to end it, and for its log. */
    private final List<ForkedNode> started = java.util.Collections.synchronizedList(new ArrayList<>());

    private volatile boolean closed;

    Cluster(int nodes, Path directory) {
        this.nodes = nodes;
        this.directory = directory;
        wires = new Wires(nodes);
        journals = new Journals(directory);
    }

    /** Starts all of them. */
    void start() {
        for (int node = 1; node <= nodes; node++) {
            fork(node);
        }
        for (int node = 1; node <= nodes; node++) {
            awaitReady(node);
        }
    }

    private void fork(int node) {
        int life = lives.merge(node, 0, (before, zero) -> before + 1);
        Setup setup = Setup.of(node, journals.next(node, life), wires.addresses(node))
                .reborn(life, journals.file(node, life))
                .patience(SILENCE, OUTBOUND);
        ForkedNode forked = ForkedNode.start(setup.launch().secret(secret));
        started.add(forked);
        var unused = running.put(node, forked);
        if (closed) {
            forked.close();
        }
    }

    private void awaitReady(int node) {
        wires.listens(node, running.get(node).awaitReady());
    }

    Wires wires() {
        return wires;
    }

    Journals journals() {
        return journals;
    }

    /** The process of this node at present. */
    ForkedNode node(int node) {
        return running.get(node);
    }

    /** All processes at present. */
    List<ForkedNode> all() {
        return List.copyOf(running.values());
    }

    /** Starts the next life of a node whose process has ended. */
    void restart(int node) {
        fork(node);
        awaitReady(node);
    }

    /** Who has ended without being told to. */
    List<ForkedNode> dead() {
        return running.values().stream().filter(node -> !node.isAlive()).toList();
    }

    /** Writes what all processes have printed beside the journals. */
    Path keepLogs() {
        started.forEach(node -> {
            Path unused = node.keepLog(directory);
        });
        return directory;
    }

    boolean isClosed() {
        return closed;
    }

    /** Ends all processes, the stopped ones too, and all wires. */
    @Override
    public void close() {
        closed = true;
        List.copyOf(started).forEach(ForkedNode::close);
        wires.close();
    }
}
