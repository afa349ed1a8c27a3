package io.messageport.testkit.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.NodeState;
import io.messageport.testkit.fault.Fault;
import io.messageport.testkit.sim.Simulation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Connections over a bad wire that are reset while both ends send and dial, in orders that seeds choose. Found an end that
 * took in pieces of two others, and two nodes that ended each other's new connections for ever, by requests that came late.
 */
@Tag("CON-3")
@Tag("SND-5")
@Tag("T-23")
@Tag("T-36")
class ManyResetsTest {
    private static final int SEEDS = 100;
    private static final int ROUNDS = 20;

    /** In steps of 5 simulated milliseconds. */
    private static final int PATIENCE = 1_000;

    @Test
    void shouldKeepThePromiseAndComeToRestWhenConnectionsAreResetAgainAndAgain() {
        Simulation.seeds(1, SEEDS, ManyResetsTest::reset);
    }

    private static void reset(Simulation sim) {
        MemoryNetwork network = MemoryNetwork.of(sim.seed(), sim.courier());
        Node a = sim.node("a", c -> network.join(c.bind("*")));
        Node b = sim.node("b", c -> network.join(c.bind("*").seed("memory:a")));
        awaitConnected(sim, a, b);
        try (NumberedStream stream = new NumberedStream(a, b, "sink");
                NumberedStream back = new NumberedStream(b, a, "back")) {
            network.everywhere()
                    .apply(Fault.jitter(Duration.ofMillis(3)).and(Fault.reorder(0.1)).and(Fault.duplicate(0.1)));
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = sim.random().nextInt(50); i >= 0; i--) {
                    stream.send();
                    back.send();
                }
                network.reset(a.id(), b.id());
                sim.advance(Duration.ofMillis(sim.random().nextInt(6)));
            }
            awaitConnected(sim, a, b);
            long before = stream.arrived();
            for (int i = 0; stream.arrived() <= before + 20; i++) {
                assertTrue(i < PATIENCE, () -> "nothing arrives any more: " + stream.reasons().getLast());
                stream.send();
                sim.advance(Duration.ofMillis(5));
            }
            assertEquals(List.of(), stream.violations());
            assertEquals(List.of(), back.violations());
        }
    }

    private static void awaitConnected(Simulation sim, Node a, Node b) {
        sim.until("the nodes to be connected",
                () -> a.stateOf(b.id()) == NodeState.UP && b.stateOf(a.id()) == NodeState.UP);
    }
}
