package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Port;
import io.messageport.PortId;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A port's context for foreign code. */
@Tag("CTX-1")
class ContextTest extends WithNode {
    private final Port port = node.port().otherwise(m -> {});

    @Test
    void shouldRunUnderThePortsExclusionWhenCalledFromAnotherThread() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        port.on("block", m -> {
            seen.add("handler in");
            gate.await();
            seen.add("handler out");
        });
        node.send(port.id(), "block");
        assertEquals("handler in", next());
        Thread caller = Thread.ofVirtual().start(() -> seen.add(port.run(Port::self).orElseThrow()));
        gate.countDown();
        assertEquals("handler out", next());
        assertEquals(port.id(), next());
        caller.join();
    }

    @Test
    void shouldRunInlineWhenCalledFromThePortItself() throws Exception {
        port.on("go", m -> {
            Thread handler = Thread.currentThread();
            seen.add(port.run(() -> Thread.currentThread() == handler).orElseThrow());
            seen.add(port.run(() -> null));
            seen.add("end of handler");
        });
        node.send(port.id(), "go");
        assertEquals(true, next());
        assertEquals(Optional.empty(), next());
        assertEquals("end of handler", next());
    }

    @Test
    void shouldKillThePortAndReturnEmptyWhenCodeThrows() throws Exception {
        var death = node.whenDown(port.id()).toCompletableFuture();
        assertEquals(Optional.empty(), port.run(() -> {
            throw new IllegalStateException("foreign");
        }));
        assertTrue(death.get().toString().contains("foreign"));
        IllegalStateException dead = assertThrows(IllegalStateException.class, () -> port.run(() -> 1));
        assertTrue(dead.getMessage().contains("is dead"), dead.getMessage());
    }

    @Test
    void shouldFinishHandlerAndThenDieWhenInlineCodeThrows() throws Exception {
        port.on("go", m -> {
            seen.add(port.run(() -> {
                throw new IllegalStateException("inline");
            }));
            seen.add("finished");
        });
        var death = node.whenDown(port.id()).toCompletableFuture();
        node.send(port.id(), "go");
        node.send(port.id(), "go");
        assertTrue(death.get().toString().contains("inline"));
        assertEquals(Optional.empty(), next());
        assertEquals("finished", next());
        assertTrue(seen.isEmpty(), "the second message must not be handled");
    }

    @Test
    void shouldRunBoundCallbackInContextAndNotAtAllWhenDead() throws Exception {
        Runnable bound = port.bind(() -> seen.add(Port.self()));
        Consumer<String> withValue = port.bind((String value) -> seen.add(Port.self() + value));
        bound.run();
        assertEquals(port.id(), next());
        withValue.accept("!");
        assertEquals(port.id() + "!", next());
        node.kill(port.id());
        deathOf(port.id());
        bound.run();
        assertTrue(seen.isEmpty());
    }

    @Test
    void shouldThrowWhenThereIsNoPortHere() {
        IllegalStateException outside = assertThrows(IllegalStateException.class, Port::self);
        assertTrue(outside.getMessage().contains("no port here"), outside.getMessage());
    }

    @Test
    @Tag("ID-4")
    void shouldRefuseToConstructPortsOutsideOfANode() {
        IllegalStateException outside = assertThrows(IllegalStateException.class, Lonely::new);
        assertTrue(outside.getMessage().contains("node.open("), outside.getMessage());
        IllegalStateException second = assertThrows(IllegalStateException.class, () -> node.open(() -> {
            Lonely first = new Lonely();
            return new Lonely();
        }));
        assertTrue(second.getMessage().contains("one port per constructor"), second.getMessage());
    }

    static final class Lonely extends Port {}

    @Test
    @Tag("RCV-7")
    void shouldRunOneHandlerAtATimeWhenManyThreadsSendAndRun() throws Exception {
        int[] counter = new int[1];
        port.on("add", m -> counter[0]++);
        Thread[] senders = new Thread[8];
        for (int t = 0; t < senders.length; t++) {
            senders[t] = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 2_000; i++) {
                    node.send(port.id(), "add");
                    if (i % 50 == 0) {
                        port.run(() -> counter[0]++);
                    }
                }
            });
        }
        for (Thread sender : senders) {
            sender.join();
        }
        assertEquals(8 * 2_040, port.run(() -> counter[0]).orElseThrow());
    }

    @Test
    @Tag("CO-4")
    void shouldRunFurtherThreadInContextAndKillPortWhenItThrows() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        port.async(() -> {
            seen.add(Port.self());
            gate.await();
            throw new IllegalStateException("beside");
        });
        assertEquals(port.id(), next());
        var death = node.whenDown(port.id()).toCompletableFuture();
        assertFalse(death.isDone());
        gate.countDown();
        assertTrue(death.get().toString().contains("beside"));
    }

    @Test
    @Tag("CO-4")
    void shouldInterruptFurtherThreadWhenPortDies() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        port.async(() -> {
            try {
                started.countDown();
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                seen.add("interrupted");
            }
        });
        started.await();
        node.kill(port.id());
        assertEquals("interrupted", next());
    }

    /** Whoever asks for a further thread while the port dies comes too late, or just in time. */
    @Test
    @Tag("CO-4")
    void shouldRefuseOrInterruptAFurtherThreadWhenThePortIsDying() throws Exception {
        for (int round = 0; round < 200; round++) {
            Port dying = node.port().ignoreUnmatched();
            CountDownLatch over = new CountDownLatch(1);
            node.kill(dying.id());
            try {
                dying.async(() -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        over.countDown();
                    }
                });
            } catch (IllegalStateException refused) {
                assertEquals("cannot start a thread: port " + dying.id() + " is dead", refused.getMessage());
                over.countDown();
            }
            assertTrue(over.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "it outlives its port, round " + round);
        }
    }

    @Test
    @Tag("SND-6")
    void shouldNotGrowTheStackWhenTwoPortsPingPong() throws Exception {
        PortId[] peers = new PortId[2];
        for (int i = 0; i < 2; i++) {
            int other = 1 - i;
            peers[i] = node.port()
                    .on("ball", m -> {
                        int left = m.intValue(0);
                        if (left == 0) {
                            seen.add(Thread.currentThread().getStackTrace().length);
                        } else {
                            node.send(peers[other], "ball", left - 1);
                        }
                    })
                    .id();
        }
        node.send(peers[0], "ball", 50_000);
        assertTrue((int) next() < 50);
    }

    static final class Hasty extends Port {
        Hasty() {
            run(() -> 1);
        }
    }

    @Test
    void shouldRefuseToWaitForItselfInsteadOfHanging() throws Exception {
        IllegalStateException hasty = assertThrows(IllegalStateException.class, () -> node.open(Hasty::new));
        assertTrue(hasty.getMessage().contains("not open yet"), hasty.getMessage());
        var death = node.whenDown(port.id()).toCompletableFuture();
        port.on("ask yourself", m -> seen.add(port.call(port.id(), "x").await()));
        node.send(port.id(), "ask yourself");
        assertTrue(death.get().toString().contains("waits for its own answer"), death.get().toString());
    }

    @Test
    void shouldEndTheWaitOfTwoPortsForEachOtherWhenInterrupted() throws Exception {
        Port other = node.port().otherwise(m -> {});
        Thread[] waiting = new Thread[1];
        CountDownLatch inside = new CountDownLatch(1);
        Thread outer = Thread.ofVirtual().start(() -> port.run(() -> other.run(() -> {
            waiting[0] = Thread.currentThread();
            inside.countDown();
            return port.run(() -> 1);
        })));
        inside.await();
        waiting[0].interrupt();
        outer.join();
        assertFalse(outer.isAlive());
    }
}
