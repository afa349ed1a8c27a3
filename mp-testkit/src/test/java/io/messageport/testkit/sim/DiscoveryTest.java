package io.messageport.testkit.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.NodeState;
import io.messageport.PortId;
import io.messageport.testkit.fault.Fault;
import io.messageport.testkit.net.MemoryNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How nodes find each other that know a seed and a name, in many orders of events. */
class DiscoveryTest {
    private static final int SEEDS = Integer.getInteger("discovery.seeds", 100);

    /** A network of nodes, and what their ports have received. */
    private static final class Nodes {
        final Simulation sim;
        final MemoryNetwork network;
        final Map<String, Node> byName = new LinkedHashMap<>();
        final List<String> got = new ArrayList<>();

        Nodes(Simulation sim) {
            this.sim = sim;
            network = MemoryNetwork.of(sim.seed(), sim.courier());
            if (sim.random().nextBoolean()) {
                network.everywhere().apply(Fault.jitter(Duration.ofMillis(5)).and(Fault.reorder(0.1)));
            }
        }

        /** A node that listens, with seeds of these names; its port {@code in} notes what it gets. */
        Node listening(String name, String... seeds) {
            return start(name, c -> c.bind("*").seed(addresses(seeds)));
        }

        /** A node that listens nowhere. */
        Node deaf(String name, String... seeds) {
            return start(name, c -> c.seed(addresses(seeds)));
        }

        private Node start(String name, UnaryOperator<NodeConfig.Builder> settings) {
            Node node = sim.node(name, c -> network.join(settings.apply(c)));
            node.port("in", port -> port.otherwise(m -> got.add(name + " " + m.string(0))));
            byName.put(name, node);
            return node;
        }

        static String[] addresses(String... names) {
            return List.of(names).stream().map(name -> "memory:" + name).toArray(String[]::new);
        }

        static PortId in(String name) {
            return new PortId(NodeId.of(name), "in");
        }

        boolean areConnected(String one, String other) {
            return byName.get(one).stateOf(NodeId.of(other)) == NodeState.UP
                    && byName.get(other).stateOf(NodeId.of(one)) == NodeState.UP;
        }

        void untilConnected(String one, String other) {
            sim.until(one + " and " + other + " are connected", () -> areConnected(one, other));
        }

        /** A message from one to the other arrives, at the first attempt. */
        void passes(String from, String to) {
            String text = "from " + from + " at " + sim.steps();
            byName.get(from).send(in(to), text);
            sim.until(text + " has come", () -> got.contains(to + " " + text));
        }
    }

    @Test
    @Tag("SEED-2")
    void shouldConnectNodesOfDifferentMastersThatKnowTheName() {
        Simulation.seeds(1, SEEDS, sim -> {
            Nodes nodes = new Nodes(sim);
            nodes.listening("s1");
            nodes.listening("s2", "s1");
            nodes.listening("a", "s1");
            nodes.listening("b", "s2");
            nodes.untilConnected("s1", "s2");
            nodes.untilConnected("a", "s1");
            nodes.untilConnected("b", "s2");
            nodes.passes("a", "b");
            assertTrue(nodes.areConnected("a", "b"));
            assertEquals(Set.of(NodeId.of("s1"), NodeId.of("b")), nodes.byName.get("a").upNodes());
        });
    }

    @Test
    @Tag("SEED-2")
    @Tag("DB-1")
    void shouldBringGlobalNodesTogetherThatOnlyAThirdNodeKnows() {
        Simulation.seeds(1, SEEDS, sim -> {
            Nodes nodes = new Nodes(sim);
            List<String> names = List.of("s1", "s2", "s3");
            names.forEach(nodes::listening);
            nodes.listening("a", "s1", "s2", "s3");
            nodes.listening("b", "s1");
            nodes.listening("c", "s3");
            nodes.untilConnected("s1", "s2");
            nodes.untilConnected("s1", "s3");
            nodes.untilConnected("s2", "s3");
            nodes.untilConnected("b", "s1");
            nodes.untilConnected("c", "s3");
            nodes.byName.get("a").close();
            nodes.passes("c", "b");
        });
    }

    @Test
    @Tag("SEED-2")
    void shouldReachANodeThatListensNowhereByHavingItConnect() {
        Simulation.seeds(1, SEEDS, sim -> {
            Nodes nodes = new Nodes(sim);
            nodes.listening("s1");
            nodes.listening("s2", "s1");
            nodes.deaf("shy", "s1");
            nodes.listening("a", "s1");
            nodes.listening("b", "s2");
            nodes.untilConnected("shy", "s1");
            nodes.untilConnected("a", "s1");
            nodes.untilConnected("b", "s2");
            nodes.untilConnected("s1", "s2");
            nodes.passes("a", "shy");
            nodes.passes("b", "shy");
            nodes.passes("shy", "b");
        });
    }

    @Test
    @Tag("SEED-2")
    @Tag("CON-2")
    void shouldSayThatNeitherListensWhenTwoNodesCannotReachEachOther() {
        Simulation.seeds(1, SEEDS, sim -> {
            Nodes nodes = new Nodes(sim);
            nodes.listening("s1");
            nodes.listening("s2", "s1");
            Node shy = nodes.deaf("shy", "s1");
            nodes.deaf("meek", sim.random().nextBoolean() ? "s1" : "s2");
            nodes.untilConnected("s1", "s2");
            nodes.untilConnected("shy", "s1");
            sim.until("both are there", () -> nodes.byName.get("meek").upNodes().size() == 1);
            List<String> reasons = new ArrayList<>();
            Duration begin = sim.time();
            var unused = shy.monitor(Nodes.in("meek"), reason -> reasons.add(reason.toString()));
            sim.until("the monitor fires", () -> !reasons.isEmpty());
            assertEquals(List.of("transport_error: meek: unable to connect to meek: neither meek nor this node, shy,"
                    + " listens; give one of them an address to listen on (NodeConfig.bind)"), reasons);
            assertTrue(sim.time().minus(begin).compareTo(Duration.ofSeconds(30)) <= 0, () -> "after " + sim.time());
        });
    }

    @Test
    @Tag("SEED-2")
    @Tag("CON-2")
    void shouldSayAtOnceThatNobodyKnowsTheNode() {
        Simulation.seeds(1, SEEDS, sim -> {
            Nodes nodes = new Nodes(sim);
            nodes.listening("s1");
            nodes.listening("s2", "s1");
            Node a = nodes.listening("a", "s1", "gone");
            nodes.untilConnected("s1", "s2");
            nodes.untilConnected("a", "s1");
            sim.advance(Duration.ofSeconds(60));
            List<String> reasons = new ArrayList<>();
            Duration begin = sim.time();
            var unused = a.monitor(Nodes.in("nobody"), reason -> reasons.add(reason.toString()));
            sim.until("the monitor fires", () -> !reasons.isEmpty());
            assertEquals(List.of("transport_error: nobody: no known address"), reasons);
            assertTrue(sim.time().minus(begin).toMillis() < 100, () -> "after " + sim.time().minus(begin));
        });
    }

    @Test
    @Tag("T-25")
    @Tag("SEED-1")
    void shouldLeaveConnectionsAloneAndMakeNewOnesWhileAllSeedsAreDown() {
        Simulation.seeds(1, SEEDS, sim -> {
            Nodes nodes = new Nodes(sim);
            nodes.listening("s1");
            nodes.listening("s2", "s1");
            for (String name : List.of("a", "b", "c")) {
                nodes.listening(name, "s1", "s2");
                nodes.untilConnected(name, "s1");
                nodes.untilConnected(name, "s2");
            }
            nodes.passes("a", "b");
            nodes.passes("b", "c");
            List<String> lost = new ArrayList<>();
            var unused = nodes.byName.get("a").monitor(Nodes.in("b"), reason -> lost.add(reason.toString()));
            nodes.byName.get("s1").close();
            nodes.byName.get("s2").close();
            sim.advance(Duration.ofMinutes(5));
            nodes.passes("a", "b");
            nodes.passes("a", "c");
            assertEquals(List.of(), lost);
            Duration begin = sim.time();
            nodes.listening("s1");
            for (String name : List.of("a", "b", "c")) {
                nodes.untilConnected(name, "s1");
            }
            assertTrue(sim.time().minus(begin).compareTo(Duration.ofSeconds(32)) <= 0,
                    () -> "rejoined after " + sim.time().minus(begin));
            assertEquals(List.of(), lost);
        });
    }

    @Test
    @Tag("T-23")
    @Tag("SEED-2")
    void shouldMergeWhenAPartitionIsHealed() {
        Simulation.seeds(1, SEEDS / 4, sim -> {
            Nodes nodes = new Nodes(sim);
            nodes.listening("s1");
            nodes.listening("s2");
            // Nobody on either side has a seed on the other one, but for this node, which ends before.
            nodes.listening("matchmaker", "s1", "s2");
            nodes.listening("a", "s1");
            nodes.listening("b", "s1");
            nodes.listening("c", "s2");
            nodes.untilConnected("s1", "s2");
            for (String name : List.of("a", "b")) {
                nodes.untilConnected(name, "s1");
            }
            nodes.untilConnected("c", "s2");
            nodes.byName.get("matchmaker").close();
            List<NodeId> one = ids("s1", "a", "b");
            List<NodeId> other = ids("s2", "c");
            for (int round = 0; round < 3; round++) {
                nodes.passes("a", "c");
                nodes.network.partition(one, other);
                sim.until("the loss is noticed", () -> !nodes.areConnected("s1", "s2")
                        && !nodes.areConnected("a", "c"));
                nodes.passes("a", "b");
                sim.advance(Duration.ofSeconds(1 + sim.random().nextInt(300)));
                nodes.network.heal();
                Duration begin = sim.time();
                nodes.untilConnected("s1", "s2");
                assertTrue(sim.time().minus(begin).compareTo(Duration.ofSeconds(62)) <= 0,
                        () -> "merged after " + sim.time().minus(begin));
            }
            nodes.passes("b", "c");
            nodes.passes("c", "a");
        });
    }

    private static List<NodeId> ids(String... names) {
        return List.of(names).stream().map(NodeId::of).toList();
    }

    @Test
    @Tag("T-25")
    @Tag("SEED-1")
    void shouldRejoinAfterAnyNumberOfRestarts() {
        Simulation.seeds(1, Math.max(1, SEEDS / 16), sim -> restart(sim, 50));
    }

    @Test
    @Tag("T-25")
    @Tag("soak")
    @Timeout(600)
    void shouldRejoinAfterFiveHundredRestarts() {
        Simulation.seeds(1, 20, sim -> restart(sim, 500));
    }

    /** Restarts nodes, seeds included, and looks after each time whether it is part of the network again. */
    static void restart(Simulation sim, int times) {
        Nodes nodes = new Nodes(sim);
        Map<String, String[]> seeds = new LinkedHashMap<>();
        seeds.put("s1", new String[] {"s2"});
        seeds.put("s2", new String[] {"s1"});
        for (String name : List.of("a", "b", "c")) {
            seeds.put(name, new String[] {"s1", "s2"});
        }
        seeds.forEach(nodes::listening);
        List<String> names = List.copyOf(seeds.keySet());
        for (int i = 0; i < times; i++) {
            String name = names.get(sim.random().nextInt(names.size()));
            nodes.byName.get(name).close();
            sim.advance(Duration.ofMillis(sim.random().nextInt(sim.random().nextInt(10) == 0 ? 60_000 : 500)));
            nodes.listening(name, seeds.get(name));
            Duration begin = sim.time();
            for (String other : names) {
                boolean bothListed =
                        List.of(seeds.get(name)).contains(other) || List.of(seeds.get(other)).contains(name);
                if (bothListed) {
                    nodes.untilConnected(name, other);
                }
            }
            assertTrue(sim.time().minus(begin).compareTo(Duration.ofSeconds(32)) <= 0,
                    () -> name + " was back after " + sim.time().minus(begin));
            nodes.passes(name, names.get((names.indexOf(name) + 1) % names.size()));
        }
    }
}
