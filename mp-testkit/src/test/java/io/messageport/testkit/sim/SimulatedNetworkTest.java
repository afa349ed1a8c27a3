package io.messageport.testkit.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.NodeListener;
import io.messageport.NodeState;
import io.messageport.Port;
import io.messageport.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the ways of a simulation do when they are broken. */
@Tag("T-36")
class SimulatedNetworkTest {
    private static final int SEEDS = 300;

    private static List<String> changesOf(Node node) {
        List<String> changes = new ArrayList<>();
        var unused = node.monitorNodes(new NodeListener() {
            @Override
            public void nodeUp(NodeId peer) {
                changes.add("up");
            }

            @Override
            public void nodeDown(NodeId peer, Reason reason) {
                changes.add("down");
            }
        });
        return changes;
    }

    @Test
    @Tag("MON-9")
    void shouldTellTheLossFirstWhenAResetMeetsANewConnection() {
        Simulation.seeds(1, SEEDS, sim -> {
            sim.network().delay(Duration.ofNanos(3));
            Node a = sim.node("a");
            Node b = sim.node("b");
            List<String> changes = changesOf(a);
            b.send(a.port().id(), "hello");
            sim.until("connected", () -> a.stateOf(b.id()) == NodeState.UP);
            sim.network().cutOneWay(a.id(), b.id());
            b.close();
            Node again = sim.node("b");
            sim.network().heal();
            again.send(a.port().id(), "hello");
            for (int i = 0; i < 4; i++) {
                sim.steps(1 + sim.random().nextInt(4));
                sim.advance(Duration.ofNanos(sim.random().nextInt(2)));
                sim.network().reset(a.id(), b.id());
            }
            sim.advance(Duration.ofSeconds(60));
            for (int i = 0; i < changes.size(); i++) {
                assertEquals(i % 2 == 0 ? "up" : "down", changes.get(i), changes::toString);
            }
        });
    }

    @Test
    void shouldGoOnWithoutLossWhenHealedInTime() {
        Simulation.seeds(1, SEEDS / 10, sim -> {
            Node a = sim.node("a");
            Node b = sim.node("b");
            List<Long> got = new ArrayList<>();
            List<String> changes = changesOf(a);
            Port port = b.port().on("n", m -> got.add(m.longValue(0)));
            for (int i = 0; i < 30; i++) {
                a.send(port.id(), "n", i);
                if (i == 10) {
                    sim.until("connected", () -> !changes.isEmpty());
                    sim.network().cut(a.id(), b.id());
                }
                if (i == 20) {
                    sim.advance(Duration.ofSeconds(8));
                    assertTrue(got.size() < 20, got::toString);
                    sim.network().heal();
                }
            }
            sim.until("all have come", () -> got.size() == 30);
            sim.advance(Duration.ofSeconds(30));
            assertEquals(List.of("up"), changes);
        });
    }
}
