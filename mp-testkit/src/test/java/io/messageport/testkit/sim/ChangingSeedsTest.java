package io.messageport.testkit.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.NodeState;
import io.messageport.discovery.SeedSource;
import io.messageport.testkit.net.MemoryNetwork;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Seeds that come and go, as a source tells. */
@Tag("SEED-1")
class ChangingSeedsTest {
    private static final int SEEDS = 30;

    /** A source whose answer the test sets; null is a failure. */
    private static final class Told implements SeedSource {
        List<String> now;
        int asked;

        Told(List<String> now) {
            this.now = now;
        }

        @Override
        public List<String> seeds() throws IOException {
            asked++;
            if (now == null) {
                throw new IOException("the catalogue is closed");
            }
            return now;
        }
    }

    private static Node listening(Simulation sim, MemoryNetwork network, String name) {
        return sim.node(name, c -> network.join(c.bind("*")));
    }

    @Test
    void shouldFollowTheSourceWhereverItLeads() {
        Simulation.seeds(1, SEEDS, sim -> {
            MemoryNetwork network = MemoryNetwork.of(sim.seed(), sim.courier());
            Told source = new Told(null);
            Told other = new Told(List.of("memory:three"));
            Node one = listening(sim, network, "one");
            Node two = listening(sim, network, "two");
            Node three = listening(sim, network, "three");
            Node node = sim.node("node", c -> network.join(c.seeds(source).seeds(other)));
            sim.until("the other source is used", () -> node.upNodes().contains(three.id()));
            sim.until("the source is asked again soon", () -> source.asked > 2);
            assertTrue(sim.time().toSeconds() <= 5, () -> "asked again after " + sim.time());

            source.now = List.of("memory:one");
            sim.until("connected to one", () -> node.upNodes().contains(one.id()));
            source.now = List.of("memory:two");
            sim.until("connected to two", () -> node.upNodes().contains(two.id()));
            assertEquals(Set.of(one.id(), two.id(), three.id()), node.upNodes(), "what is connected stays so");

            source.now = null;
            sim.advance(Duration.ofMinutes(2));
            two.close();
            sim.until("the loss is noticed", () -> node.stateOf(two.id()) != NodeState.UP);
            Node again = listening(sim, network, "two");
            sim.until("what was said last holds on", () -> node.stateOf(again.id()) == NodeState.UP);

            one.close();
            sim.until("the loss is noticed", () -> node.stateOf(NodeId.of("one")) != NodeState.UP);
            Node unused = listening(sim, network, "one");
            sim.advance(Duration.ofMinutes(5));
            assertEquals(Set.of(again.id(), three.id()), node.upNodes(), "a seed no longer is not dialed");
        });
    }

    @Test
    @Tag("DB-1")
    void shouldKeepToTheOthersWhenTheSourceNamesThisNodeToo() {
        Simulation.seeds(1, SEEDS, sim -> {
            MemoryNetwork network = MemoryNetwork.of(sim.seed(), sim.courier());
            List<String> all = List.of("one", "two", "three");
            SeedSource source = () -> all.stream().map(name -> "memory:" + name).toList();
            List<Node> nodes = new ArrayList<>();
            for (String name : all) {
                nodes.add(sim.node(name, c -> network.join(c.bind("*").seeds(source))));
            }
            sim.until("each is connected to each", () -> nodes.stream().allMatch(node -> node.upNodes().size() == 2));
            sim.advance(Duration.ofMinutes(1));
            nodes.forEach(node -> assertEquals(2, node.upNodes().size()));
        });
    }

    @Test
    void shouldAskAgainWhenTheAnswerIsOldAndNotBefore() {
        Simulation.seeds(1, 3, sim -> {
            MemoryNetwork network = MemoryNetwork.of(sim.seed(), sim.courier());
            Node one = listening(sim, network, "one");
            Told source = new Told(List.of("memory:one"));
            Node node = sim.node("node", c -> network.join(c.seeds(source)));
            sim.until("connected", () -> node.upNodes().contains(one.id()));
            List<Integer> asked = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                sim.advance(Duration.ofSeconds(30));
                asked.add(source.asked);
            }
            assertEquals(List.of(2, 3, 4, 5), asked);
        });
    }

    @Test
    void shouldGoOnWhenASourceFailsInOtherWaysThanByAnException() {
        Simulation.seeds(1, 3, sim -> {
            MemoryNetwork network = MemoryNetwork.of(sim.seed(), sim.courier());
            Node one = listening(sim, network, "one");
            List<String> asked = new ArrayList<>();
            SeedSource broken = () -> {
                asked.add("broken");
                throw new NoClassDefFoundError("catalogue/Client");
            };
            SeedSource once = new SeedSource() {
                @Override
                public List<String> seeds() {
                    asked.add("once");
                    return List.of("memory:one");
                }

                @Override
                public Duration refresh() {
                    return Duration.ofSeconds(Long.MAX_VALUE);
                }
            };
            SeedSource vague = new SeedSource() {
                @Override
                public List<String> seeds() {
                    asked.add("vague");
                    return List.of();
                }

                @Override
                public Duration refresh() {
                    throw new IllegalStateException("who knows");
                }
            };
            Node node = sim.node("node", c -> network.join(c.seeds(broken).seeds(once).seeds(vague)));
            sim.until("connected", () -> node.upNodes().contains(one.id()));
            sim.advance(Duration.ofMinutes(2));
            assertEquals(1, asked.stream().filter("once"::equals).count());
            assertTrue(asked.stream().filter("broken"::equals).count() > 4, asked::toString);
            assertTrue(asked.stream().filter("vague"::equals).count() > 4, asked::toString);
        });
    }
}
