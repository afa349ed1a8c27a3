package io.messageport.testkit.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Call;
import io.messageport.Guard;
import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.NodeListener;
import io.messageport.NodeState;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.testkit.fault.Fault;
import io.messageport.testkit.net.MemoryNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections that nobody needs are given up, and nobody notices. */
@Tag("SEED-2")
class IdleTest {
    private static final int SEEDS = Integer.getInteger("idle.seeds", 150);
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final Map<String, Integer> sent = new LinkedHashMap<>();
    private final List<String> got = new ArrayList<>();
    private final List<String> fired = new ArrayList<>();
    private int lost;

    /** A seed, and two nodes that connect when one has something to say to the other. */
    private final class Nodes {
        final Node seed;
        final Node a;
        final Node b;
        private final Simulation sim;
        private final MemoryNetwork memory;

        Nodes(Simulation sim) {
            this.sim = sim;
            sent.clear();
            got.clear();
            fired.clear();
            Duration longest = Duration.ofMillis(sim.random().nextInt(300));
            memory = sim.random().nextBoolean() ? MemoryNetwork.of(sim.seed(), sim.courier()) : null;
            if (memory == null) {
                sim.network().delay(longest);
            } else {
                memory.everywhere().apply(Fault.jitter(longest));
            }
            seed = node("seed");
            a = node("a");
            b = node("b");
            sim.until("both know the seed", () -> seed.upNodes().size() == 2
                    && a.stateOf(seed.id()) == NodeState.UP && b.stateOf(seed.id()) == NodeState.UP);
            sim.advance(Duration.ofSeconds(1));
        }

        private Node node(String name) {
            Node node = sim.node(name, c -> settings(c).bind("*").idleLimit(LIMIT)
                    .seed(name.equals("seed") ? new String[0]
                            : new String[] {memory == null ? "sim/seed" : "memory:seed"}));
            node.port("in", port -> port.on("n", m -> got.add(name + " " + m.string(0) + " " + m.intValue(1)))
                    .on("ask", m -> port.reply("answer"))
                    .on("later", m -> {
                        PortId asker = m.port(0);
                        var unused = port.after(Duration.ofSeconds(60), () -> node.send(asker, "answer"));
                    }));
            var unused = node.monitorNodes(new NodeListener() {
                @Override
                public void nodeUp(NodeId peer) {
                    // Not counted.
                }

                @Override
                public void nodeDown(NodeId peer, Reason reason) {
                    lost++;
                }
            });
            return node;
        }

        private NodeConfig.Builder settings(NodeConfig.Builder config) {
            return memory == null ? config : memory.join(config);
        }

        boolean areConnected() {
            return a.stateOf(b.id()) == NodeState.UP || b.stateOf(a.id()) == NodeState.UP;
        }

        PortId in(Node node) {
            return new PortId(node.id(), "in");
        }

        /** The next number of a sender; the verb is the node's own. */
        void send(Node from, Node to, String sender) {
            int number = sent.merge(to.id() + " " + sender, 1, Integer::sum);
            from.send(in(to), "n", sender, number);
        }
    }

    @Test
    void shouldGiveUpAConnectionThatNobodyNeedsAndMakeItAgainWhenSomebodyDoes() {
        Simulation.seeds(1, SEEDS / 5, sim -> {
            Nodes nodes = new Nodes(sim);
            for (int i = 1; i <= 3; i++) {
                int number = i;
                Duration begin = sim.time();
                nodes.send(nodes.a, nodes.b, "a");
                sim.until("it has come", () -> got.contains("b a " + number));
                assertTrue(nodes.areConnected());
                sim.until("the connection is given up", () -> !nodes.areConnected());
                Duration took = sim.time().minus(begin);
                assertTrue(took.compareTo(LIMIT) >= 0 && took.toMillis() <= 5_000, took::toString);
            }
            assertEquals(2, nodes.seed.upNodes().size(), "seeds are needed");
        });
    }

    @Test
    void shouldKeepAConnectionOverWhichSomethingIsWatchedOrCalled() {
        Simulation.seeds(1, SEEDS / 5, sim -> {
            Nodes nodes = new Nodes(sim);
            Guard watch = nodes.a.monitor(nodes.in(nodes.b), reason -> fired.add(reason.toString()));
            sim.until("connected", nodes::areConnected);
            sim.advance(Duration.ofMinutes(5));
            assertTrue(nodes.areConnected());
            assertTrue(watch.cancel());
            sim.until("the connection is given up", () -> !nodes.areConnected());
            Call call = nodes.b.call(Duration.ofMinutes(5), nodes.in(nodes.a), "later");
            sim.advance(Duration.ofSeconds(50));
            assertTrue(nodes.areConnected());
            assertEquals("answer", String.valueOf(call.await().tag()));
            sim.until("the connection is given up", () -> !nodes.areConnected());
            assertEquals(List.of(), fired);
        });
    }

    /** Whatever meets whatever, on both sides, at about the time at which a connection is given up. */
    @Test
    @Tag("SND-5")
    @Tag("MON-4")
    void shouldLoseNothingAndFireNothingWhateverHappensMeanwhile() {
        int before = lost;
        Simulation.seeds(1, SEEDS, sim -> {
            Nodes nodes = new Nodes(sim);
            List<Guard> watches = new ArrayList<>();
            List<Call> calls = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                boolean turned = sim.random().nextBoolean();
                Node from = turned ? nodes.a : nodes.b;
                Node to = turned ? nodes.b : nodes.a;
                switch (sim.random().nextInt(6)) {
                    case 0 -> calls.add(from.call(nodes.in(to), "ask"));
                    case 1 -> {
                        watches.add(from.monitor(nodes.in(to), reason -> fired.add(from.id() + " " + reason)));
                        nodes.send(from, to, from.id().value());
                    }
                    case 2 -> {
                        nodes.send(from, to, from.id().value());
                        nodes.send(to, from, to.id().value());
                    }
                    default -> nodes.send(from, to, from.id().value());
                }
                if (sim.random().nextInt(3) != 0) {
                    boolean unused = watches.isEmpty() || watches.removeLast().cancel();
                }
                sim.steps(sim.random().nextInt(5));
                sim.advance(Duration.ofMillis(sim.random().nextInt(4) == 0 ? sim.random().nextInt(300)
                        : 900 + sim.random().nextInt(1_500)));
            }
            for (Call call : calls) {
                assertEquals("answer", String.valueOf(call.await().tag()));
            }
            sim.advance(Duration.ofSeconds(10));
            assertEquals(List.of(), fired);
            assertNumbered();
        });
        assertTrue(lost - before > SEEDS, "connections were given up: " + (lost - before));
    }

    /** Each stream has come in full and in order, and nothing twice. */
    private void assertNumbered() {
        Map<String, Integer> next = new LinkedHashMap<>();
        for (String one : got) {
            int space = one.lastIndexOf(' ');
            String stream = one.substring(0, space);
            int number = Integer.parseInt(one.substring(space + 1));
            assertEquals(next.merge(stream, 1, Integer::sum), number, () -> stream + " of " + got);
        }
        assertEquals(sent, next);
    }
}
