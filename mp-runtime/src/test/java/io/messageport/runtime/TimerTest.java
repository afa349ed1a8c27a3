package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Guard;
import io.messageport.Node;
import io.messageport.Port;
import io.messageport.Timer;
import io.messageport.spi.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code after} and {@code every}, in the system's time and in a test's own. */
@Tag("AFT-1")
class TimerTest extends WithNode {
    /** Time that moves only when told to. One thread. */
    private static final class ManualClock implements Clock {
        private record Due(long at, Runnable task) {}

        private final PriorityQueue<Due> due = new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
        private long now;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public Guard schedule(long delayNanos, Runnable task) {
            Due entry = new Due(now + delayNanos, task);
            due.add(entry);
            return () -> due.remove(entry);
        }

        void advance(Duration by) {
            long until = now + by.toNanos();
            while (!due.isEmpty() && due.peek().at <= until) {
                Due next = due.poll();
                now = next.at;
                next.task.run();
            }
            now = until;
        }

        @Override
        public void close() {
            due.clear();
        }
    }

    @Test
    void shouldRunInPortContextWhenDue() throws Exception {
        Port port = node.port().on("late", m -> seen.add("message"));
        port.after(Duration.ofMillis(5), () -> seen.add(Port.self()));
        assertEquals(port.id(), next());
        port.after(Duration.ofMillis(5), port.id(), "late");
        assertEquals("message", next());
        node.after(Duration.ofMillis(5), () -> seen.add("plain"));
        assertEquals("plain", next());
        node.after(Duration.ZERO, port.id(), "late");
        assertEquals("message", next());
    }

    @Test
    void shouldPreventActionWhenCancelled() {
        Port port = node.port().otherwise(m -> {});
        Timer timer = port.after(Duration.ofHours(1), () -> seen.add("never"));
        assertTrue(timer.cancel());
        assertFalse(timer.cancel());
        Timer plain = node.after(Duration.ofHours(1), () -> seen.add("never"));
        assertTrue(plain.cancel());
        assertFalse(plain.cancel());
    }

    @Test
    void shouldEndWithThePortWhenItDies() throws Exception {
        Port port = node.port().otherwise(m -> {});
        Timer timer = port.every(Duration.ofHours(1), () -> seen.add("never"));
        node.kill(port.id());
        deathOf(port.id());
        assertFalse(timer.cancel());
        assertThrows(IllegalStateException.class, () -> port.after(Duration.ZERO, () -> {}));
    }

    @Test
    void shouldKillThePortWhenActionThrows() throws Exception {
        Port port = node.port().otherwise(m -> {});
        var death = node.whenDown(port.id()).toCompletableFuture();
        port.after(Duration.ZERO, () -> {
            throw new IllegalStateException("in a timer");
        });
        assertTrue(death.get().toString().contains("in a timer"));
    }

    @Test
    void shouldRefuseTimesThatMakeNoSense() {
        Port port = node.port().otherwise(m -> {});
        assertThrows(IllegalArgumentException.class, () -> port.after(Duration.ofNanos(-1), () -> {}));
        assertThrows(IllegalArgumentException.class, () -> port.every(Duration.ZERO, () -> {}));
        assertThrows(IllegalArgumentException.class, () -> node.after(Duration.ofNanos(-1), () -> {}));
    }

    @Test
    void shouldFollowTheClockItIsGivenAndSkipMissedIntervals() {
        ManualClock clock = new ManualClock();
        try (Node timed = Node.configure(c -> c.nodeId("timed/%u").extension(Clock.class, clock))) {
            Port port = timed.port().otherwise(m -> {});
            List<Long> ticks = new ArrayList<>();
            Timer timer = port.every(Duration.ofSeconds(10), () -> ticks.add(clock.nanos() / 1_000_000_000));
            for (int i = 0; i < 3; i++) {
                clock.advance(Duration.ofSeconds(10));
                settle(port);
            }
            assertEquals(List.of(10L, 20L, 30L), ticks);
            assertTrue(timer.cancel());
            clock.advance(Duration.ofSeconds(100));
            settle(port);
            assertEquals(3, ticks.size());
        }
    }
}
