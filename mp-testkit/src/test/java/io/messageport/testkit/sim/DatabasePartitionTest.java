package io.messageport.testkit.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Five nodes, two of them seeds, fall into two parts, go on setting entries, and come together again. */
@Tag("T-23")
@Tag("DB-3")
@Tag("DB-4")
class DatabasePartitionTest {
    private static final List<String> NAMES = List.of("s1", "s2", "p1", "p2", "p3");
    private static final Duration AGREED = Duration.ofSeconds(10);
    private static final int SEEDS = 15;

    private enum Kind {
        /** Neither side hears the other. */
        SYMMETRIC,
        /** One side hears the other. */
        ONE_WAY,
        /** Cut and healed again and again. */
        FLAPPING
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeEqualOnAllNodesTenSecondsAfterAPartition(Kind kind) {
        try (Silence silence = new Silence()) {
            Simulation.seeds(1, SEEDS, sim -> partition(sim, kind));
            silence.requireNoErrors();
        }
    }

    private static void partition(Simulation sim, Kind kind) {
        List<Node> nodes = new ArrayList<>();
        List<Map<String, Object>> seen = new ArrayList<>();
        for (String name : NAMES) {
            Node node = sim.node(name,
                    c -> name.equals("s1") ? c : name.equals("s2") ? c.seed("sim/s1") : c.seed("sim/s1", "sim/s2"));
            Map<String, Object> map = new TreeMap<>();
            nodes.add(node);
            seen.add(map);
            node.db().set("f", name, 0);
            var unused = node.db().watch("f", change -> {
                map.clear();
                map.putAll(change.now().entries());
            });
        }
        sim.until("all know all", () -> seen.stream().allMatch(map -> map.size() == NAMES.size()));
        int border = 1 + sim.random().nextInt(NAMES.size() - 1);
        for (int round = kind == Kind.FLAPPING ? 6 : 1; round > 0; round--) {
            cut(sim, kind, border);
            sim.advance(Duration
                    .ofSeconds(kind == Kind.FLAPPING ? sim.random().nextInt(12) : 40 + sim.random().nextInt(600)));
            if (kind != Kind.FLAPPING) {
                assertTrue(seen.stream().anyMatch(map -> map.size() < NAMES.size()), "they have fallen apart");
            }
            for (Node node : nodes) {
                node.db().set("f", node.id().value(), round);
                node.db().set("f", "contested", node.id().value() + round);
                sim.steps(sim.random().nextInt(50));
            }
            sim.network().heal();
            sim.advance(Duration.ofMillis(kind == Kind.FLAPPING ? sim.random().nextInt(3_000) : 0));
        }
        Duration healed = sim.time();
        sim.until("all know all again",
                () -> seen.stream().allMatch(map -> map.size() == NAMES.size() + 1 && map.equals(seen.getFirst())));
        Duration took = sim.time().minus(healed);
        assertTrue(took.compareTo(AGREED) <= 0, "it took " + took);
        sim.advance(Duration.ofSeconds(30));
        for (Map<String, Object> map : seen) {
            assertEquals(seen.getFirst(), map);
            for (Node node : nodes) {
                assertEquals(1L, map.get(node.id().value()));
            }
        }
    }

    private static void cut(Simulation sim, Kind kind, int border) {
        for (String one : NAMES.subList(0, border)) {
            for (String other : NAMES.subList(border, NAMES.size())) {
                sim.network().cutOneWay(NodeId.of(one), NodeId.of(other));
                if (kind != Kind.ONE_WAY) {
                    sim.network().cutOneWay(NodeId.of(other), NodeId.of(one));
                }
            }
        }
    }
}
