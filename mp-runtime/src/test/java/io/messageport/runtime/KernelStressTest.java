package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Monitor;
import io.messageport.Port;
import io.messageport.PortId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Races, many times over: what holds must hold in every interleaving. */
class KernelStressTest extends WithNode {
    /** Counts per sender, and dies of the first message out of order. */
    private Port counting(int[] counts) {
        return node.port().on("n", m -> {
            int sender = m.intValue(0);
            if (m.intValue(1) != counts[sender]++) {
                throw new IllegalStateException("sender " + sender + " out of order at " + counts[sender]);
            }
        });
    }

    @Test
    @Tag("SND-4")
    void shouldKeepEachSendersOrderAndLoseNothingWhenManySend() throws Exception {
        int senders = 6;
        int each = 50_000;
        int[] counts = new int[senders];
        Port port = counting(counts);
        List<Thread> threads = new ArrayList<>();
        for (int s = 0; s < senders; s++) {
            int sender = s;
            Thread.Builder kind = s % 2 == 0 ? Thread.ofVirtual() : Thread.ofPlatform();
            threads.add(kind.start(() -> {
                for (int i = 0; i < each; i++) {
                    node.send(port.id(), "n", sender, i);
                    if (i % 1_000 == 0) {
                        // Lets the port fall idle now and then, so that the wake-up is raced too.
                        LockSupport.parkNanos(1);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        settle(port);
        for (int count : counts) {
            assertEquals(each, count);
        }
    }

    @Test
    @Tag("KIL-2")
    @Tag("SND-2")
    void shouldHandleAnExactPrefixWhenKillRacesWithSends() throws Exception {
        for (int round = 0; round < 300; round++) {
            int[] counts = new int[2];
            Port port = counting(counts);
            CountDownLatch down = new CountDownLatch(1);
            node.monitor(port.id(), reason -> {
                seen.add(reason);
                down.countDown();
            });
            CyclicBarrier start = new CyclicBarrier(3);
            List<Thread> senders = new ArrayList<>();
            for (int s = 0; s < 2; s++) {
                int sender = s;
                senders.add(Thread.ofVirtual().start(() -> {
                    await(start);
                    for (int i = 0; i < 200; i++) {
                        node.send(port.id(), "n", sender, i);
                    }
                }));
            }
            await(start);
            node.kill(port.id());
            assertTrue(down.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
            assertEquals("normal", next().toString(), "any other reason is a message out of order");
            for (Thread sender : senders) {
                sender.join();
            }
        }
    }

    @Test
    @Tag("MON-2")
    void shouldFireOrBeCancelledButNeverBothWhenDeathRacesWithCancel() throws Exception {
        for (int round = 0; round < 500; round++) {
            Port port = node.port().otherwise(m -> {});
            AtomicInteger fired = new AtomicInteger();
            List<Monitor> monitors = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                monitors.add(node.monitor(port.id(), reason -> fired.incrementAndGet()));
            }
            Thread killer = Thread.ofVirtual().start(() -> node.kill(port.id()));
            int cancelled = 0;
            for (Monitor monitor : monitors) {
                if (monitor.cancel()) {
                    cancelled++;
                }
            }
            killer.join();
            int expected = 20 - cancelled;
            Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1))
                    .until(() -> fired.get() >= expected);
            assertEquals(expected, fired.get());
        }
    }

    @Test
    @Tag("MON-3")
    void shouldAlwaysFireWhenMonitorRacesWithDeath() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            Port port = node.port().otherwise(m -> {});
            Thread killer = Thread.ofVirtual().start(() -> node.kill(port.id()));
            node.monitor(port.id(), reason -> seen.add("fired"));
            assertEquals("fired", next());
            killer.join();
        }
    }

    @Test
    void shouldCompleteEveryRunWhenItRacesWithDeath() throws Exception {
        for (int round = 0; round < 1_000; round++) {
            Port port = round % 2 == 0 ? node.port().otherwise(m -> {}) : node.thread(self -> self.receive("never"));
            Thread killer = Thread.ofVirtual().start(() -> node.kill(port.id()));
            try {
                port.run(() -> 1);
            } catch (IllegalStateException dead) {
                assertTrue(dead.getMessage().contains("is dead"), dead.getMessage());
            }
            killer.join();
        }
    }

    @Test
    void shouldWakeThreadedPortWhenMessageRacesWithTimeout() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        int count = 20_000;
        Port port = node.thread(self -> {
            int taken = 0;
            while (taken < count) {
                var message = self.receive("n", Duration.ofNanos(ThreadLocalRandom.current().nextInt(50_000)));
                if (message.isPresent() && message.get().intValue(0) != taken++) {
                    throw new IllegalStateException("out of order");
                }
            }
            done.countDown();
        });
        PortId id = port.id();
        for (int i = 0; i < count; i++) {
            node.send(id, "n", i);
            if (i % 16 == 0) {
                LockSupport.parkNanos(1);
            }
        }
        assertTrue(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    @Tag("T-32")
    void shouldServeOthersWhenManyHandlersBlockForEver() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 1_000; i++) {
            node.send(node.port().on("block", m -> never.await()).id(), "block");
        }
        PortId free = node.port().on("x", m -> seen.add("served")).id();
        node.send(free, "x");
        assertEquals("served", next());
        never.countDown();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            int unused = barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
