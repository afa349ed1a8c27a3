package io.messageport.testkit.sim;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.CallException;
import io.messageport.CallOutcome;
import io.messageport.ChildSpec;
import io.messageport.Node;
import io.messageport.NodeState;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.Supervisor;
import io.messageport.SupervisorSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real nodes, one step at a time. */
@Tag("T-36")
class SimulationTest {
    private static final int SEEDS = 20;

    @Test
    void shouldDeliverAcrossNodesWhenStepped() {
        Simulation.seeds(1, SEEDS, sim -> {
            Node a = sim.node("a");
            Node b = sim.node("b");
            List<Long> got = new ArrayList<>();
            Port port = b.port().on("n", m -> got.add(m.longValue(0)));
            for (int i = 0; i < 10; i++) {
                a.send(port.id(), "n", i);
            }
            assertEquals(List.of(), got);
            sim.until("all have come", () -> got.size() == 10);
            assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L), got);
            assertEquals(NodeState.UP, a.stateOf(b.id()));
        });
    }

    @Test
    void shouldStandStillUntilAskedWhenTimersWait() {
        try (Simulation sim = Simulation.of(7)) {
            Node a = sim.node("a");
            List<String> done = new ArrayList<>();
            Port port = a.port();
            var late = port.after(ofSeconds(5), () -> done.add("late"));
            var soon = a.after(ofMillis(1), () -> done.add("soon"));
            sim.run();
            assertEquals(List.of(), done);
            assertEquals(Duration.ZERO, sim.time());
            sim.advance(ofSeconds(1));
            assertEquals(List.of("soon"), done);
            assertEquals(ofSeconds(1), sim.time());
            sim.advance(ofSeconds(10));
            assertEquals(List.of("soon", "late"), done);
            assertEquals(false, late.cancel() || soon.cancel());
        }
    }

    @Test
    void shouldFindOrdersThatDifferWhenSeedsDo() {
        Set<List<String>> orders = new HashSet<>();
        for (long seed = 1; seed <= 200; seed++) {
            List<String> order = new ArrayList<>();
            long unused = Simulation.replay(seed, sim -> {
                Node a = sim.node("a");
                for (String name : List.of("x", "y", "z")) {
                    Port port = a.port().on("go", m -> order.add(name));
                    a.send(port.id(), "go");
                }
                sim.run();
            });
            orders.add(order);
        }
        assertEquals(6, orders.size());
    }

    @Test
    void shouldTakeTheSameStepsWhenSeedIsTheSame() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            assertEquals(Simulation.replay(seed, SimulationTest::busy), Simulation.replay(seed, SimulationTest::busy));
        }
        assertNotEquals(Simulation.replay(1, SimulationTest::busy), Simulation.replay(2, SimulationTest::busy));
    }

    /** A bit of everything. */
    static void busy(Simulation sim) {
        Node a = sim.node("a");
        Node b = sim.node("b/%u", c -> c.seed(a.addresses().toArray(String[]::new)));
        Port echo = b.port();
        echo.on("ask", m -> echo.reply("answer", m.longValue(0)));
        List<Object> seen = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Port asking = a.port();
            long n = i;
            asking.every(ofMillis(250), () -> asking.call(echo.id(), "ask", n).then(seen::add));
        }
        Port reading = a.thread(self -> {
            for (;;) {
                seen.add(self.receive("x"));
            }
        });
        a.send(reading.id(), "x", 1);
        var unused = b.monitor(reading.id(), seen::add);
        sim.advance(ofSeconds(2));
        sim.network().cut(a.id(), b.id());
        sim.advance(ofSeconds(20));
        sim.network().heal();
        a.kill(reading.id(), "enough");
        sim.advance(ofSeconds(20));
        assertTrue(seen.size() > 5, seen::toString);
    }

    @Test
    void shouldWaitForReplyWhenHandlerOrTestCalls() {
        Simulation.seeds(1, SEEDS, sim -> {
            Node a = sim.node("a");
            Node b = sim.node("b");
            Port leaf = b.port();
            leaf.on("ask", m -> leaf.reply(m.longValue(0) + 1));
            Port middle = a.port();
            middle.on("ask", m -> middle.reply(middle.call(leaf.id(), "ask", m.longValue(0)).await().longValue(0) + 1));
            for (int i = 0; i < 3; i++) {
                assertEquals(i + 2L, b.call(middle.id(), "ask", i).await().longValue(0));
            }
        });
    }

    @Test
    void shouldRunThreadedPortsWhenTheyWaitForEachOther() {
        Simulation.seeds(1, SEEDS, sim -> {
            Node a = sim.node("a");
            List<String> log = new ArrayList<>();
            AtomicReference<PortId> pong = new AtomicReference<>();
            Port ping = a.thread(self -> {
                for (int i = 0; i < 3; i++) {
                    self.send(pong.get(), "ping", i);
                    log.add("pong " + self.receive("pong", ofSeconds(1)).orElseThrow().longValue(0));
                }
                log.add(self.receive("never", ofSeconds(3)).isEmpty() ? "nothing" : "something");
            });
            pong.set(a.thread(self -> {
                for (;;) {
                    self.send(ping.id(), "pong", self.receive("ping").longValue(0));
                }
            }).id());
            List<Reason> ended = new ArrayList<>();
            var unused = a.monitor(ping.id(), ended::add);
            sim.until("the end", () -> !ended.isEmpty());
            assertEquals(List.of("pong 0", "pong 1", "pong 2", "nothing"), log);
            assertEquals(List.of(Reason.normal()), ended);
            assertEquals(ofSeconds(3), sim.time());
        });
    }

    @Test
    void shouldRestartChildrenWhenSupervisorIsStepped() {
        Simulation.seeds(1, SEEDS, sim -> {
            Node a = sim.node("a");
            List<String> started = new ArrayList<>();
            Supervisor family = a.open(() -> new Supervisor(SupervisorSpec.oneForAll(
                    ChildSpec.plain("one", port -> {
                        started.add("one");
                        port.on("fail", m -> {
                            throw new IllegalStateException("as asked");
                        });
                    }),
                    ChildSpec.plain("two", port -> started.add("two")))));
            sim.run();
            assertEquals(List.of("one", "two"), started);
            a.send(family.children().getFirst().port().orElseThrow(), "fail");
            sim.advance(ofSeconds(30));
            assertEquals(List.of("one", "two", "one", "two"), started);
        });
    }

    @Test
    void shouldLoseConnectionAndTellWhenNothingIsHeard() {
        Simulation.seeds(1, SEEDS, sim -> {
            Node a = sim.node("a");
            Node b = sim.node("b");
            Port port = b.port().on("n", m -> {});
            List<Reason> fired = new ArrayList<>();
            var unused = a.monitor(port.id(), fired::add);
            sim.until("b is up", () -> a.stateOf(b.id()) == NodeState.UP);
            sim.network().cutOneWay(b.id(), a.id());
            sim.advance(ofSeconds(5));
            assertEquals(List.of(), fired);
            sim.until("the loss", () -> !fired.isEmpty());
            assertInstanceOf(Reason.TransportError.class, fired.getFirst());
            assertTrue(sim.time().compareTo(ofSeconds(15)) < 0, sim.time()::toString);
            sim.until("the other end", () -> b.stateOf(a.id()) != NodeState.UP);
        });
    }

    @Test
    void shouldTimeOutCallWhenNobodyAnswers() {
        try (Simulation sim = Simulation.of(3)) {
            Node a = sim.node("a");
            Port deaf = a.port().on("ask", m -> {});
            CallException failed = assertThrows(CallException.class,
                    () -> a.call(ofSeconds(9), deaf.id(), "ask").await());
            assertInstanceOf(CallOutcome.Timeout.class, failed.outcome());
            assertEquals(ofSeconds(9), sim.time());
        }
    }

    // ---- failures --------------------------------------------------------------------------------------------------

    @Test
    void shouldNameSeedAndReplayWhenTestFails() {
        Simulation.Body failing = sim -> {
            Node a = sim.node("a");
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int n = i;
                a.send(a.port().on("go", m -> order.add(n)).id(), "go");
            }
            sim.run();
            assertEquals(List.of(0, 1), order);
        };
        AssertionError failure = assertThrows(AssertionError.class, () -> Simulation.seeds(1, 100, failing));
        String text = failure.getMessage();
        assertTrue(text.startsWith("seed "), text);
        long seed = Long.parseLong(text.substring(5, text.indexOf(':')));
        AssertionError again = assertThrows(AssertionError.class, () -> Simulation.replay(seed, failing));
        assertEquals(text, again.getMessage());
    }

    @Test
    void shouldFailWithStepsWhenNothingWillEverHappen() {
        try (Simulation sim = Simulation.of(11)) {
            Node a = sim.node("a");
            Port port = a.port().on("x", m -> {});
            a.send(port.id(), "x");
            AssertionError failure = assertThrows(AssertionError.class, () -> sim.until("a miracle", () -> false));
            assertTrue(failure.getMessage().contains("seed 11"), failure::getMessage);
            assertTrue(failure.getMessage().contains("a miracle"), failure::getMessage);
            assertTrue(failure.getMessage().contains(port.id().toString()), failure::getMessage);
        }
    }

    @Test
    void shouldRefuseOtherThreadsWhenTheyUseItsNodes() throws InterruptedException {
        try (Simulation sim = Simulation.of(1)) {
            Node a = sim.node("a");
            Port port = a.port().on("x", m -> {});
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread stranger = Thread.ofVirtual().start(() -> {
                try {
                    a.send(port.id(), "x");
                } catch (RuntimeException e) {
                    thrown.set(e);
                }
            });
            stranger.join();
            assertInstanceOf(IllegalStateException.class, thrown.get());
        }
    }

    @Test
    void shouldRefuseToBeDrivenWhenInsideOfStep() {
        try (Simulation sim = Simulation.of(1)) {
            Node a = sim.node("a");
            List<Reason> fired = new ArrayList<>();
            Port port = a.port().on("x", m -> sim.run());
            var unused = a.monitor(port.id(), fired::add);
            a.send(port.id(), "x");
            sim.run();
            assertEquals(1, fired.size());
            assertTrue(fired.toString().contains("driven"), fired::toString);
        }
    }

    @Test
    void shouldEndThreadsThatWaitWhenClosed() {
        CountDownLatch left = new CountDownLatch(2);
        Simulation sim = Simulation.of(5);
        Node a = sim.node("a");
        for (int i = 0; i < 2; i++) {
            Port unused = a.thread(self -> {
                try {
                    var never = self.receive("never");
                } finally {
                    left.countDown();
                }
            });
        }
        sim.run();
        sim.close();
        sim.close();
        assertEquals(0, left.getCount());
    }
}
