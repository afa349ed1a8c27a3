package io.messageport.testkit.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Message;
import io.messageport.Node;
import io.messageport.Port;
import io.messageport.Reason;
import io.messageport.testkit.Expected;
import io.messageport.testkit.Probe;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Probes that step a simulation. */
class SimulatedProbeTest {
    @Test
    void shouldTakeTheStepsItTakesUntilAMessageIsThere() {
        Simulation.seeds(1, 20, sim -> {
            Node a = sim.node("a");
            Probe probe = sim.probe(sim.node("b"));
            Port port = a.port("named");
            probe.watch(port.id());
            a.after(Duration.ofSeconds(3), probe.id(), "late");
            a.after(Duration.ofSeconds(2), () -> a.kill(port.id(), "x"));
            a.send(probe.id(), "soon", 1);
            assertEquals(Message.of(1), probe.expect("soon"));
            probe.expectDown(port.id(), Reason.of("x"));
            probe.expect(Expected.tag("late"));
            assertTrue(sim.time().compareTo(Duration.ofSeconds(3)) >= 0);
        });
    }

    @Test
    void shouldLetSimulatedTimePassWhenItWaitsInVain() {
        try (Simulation sim = Simulation.of(1)) {
            Probe probe = sim.probe(sim.node("a"));
            probe.expectNone(Duration.ofSeconds(7));
            assertEquals(Duration.ofSeconds(7), sim.time());
            String text = assertThrows(AssertionError.class, () -> probe.expect("x")).getMessage();
            assertTrue(text.startsWith("expected a message \"x\", but nothing like it came in the 30 s"), text);
            assertEquals(Duration.ofSeconds(30), sim.time());
        }
    }
}
