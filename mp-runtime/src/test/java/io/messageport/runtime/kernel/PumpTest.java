package io.messageport.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.spi.Access;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is brought in by turns is handled between them, and a handler that takes its time holds no turn up. */
@Timeout(60)
class PumpTest {
    private final NextSlotDispatcher dispatcher = new NextSlotDispatcher("test", System::nanoTime);
    private final List<Object> seen = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        dispatcher.close();
    }

    /** Pumps on a virtual thread, and waits for the end; what that throws is thrown. */
    private void pump(BooleanSupplier turn) throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread pumping = Thread.ofVirtual().start(() -> {
            try {
                dispatcher.pump(turn);
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        assertTrue(pumping.join(Duration.ofSeconds(40)), "the pump does not end");
        if (thrown.get() instanceof RuntimeException e) {
            throw e;
        }
        assertEquals(null, thrown.get());
    }

    private void note(Object what) {
        seen.add(what);
        threads.add(Thread.currentThread());
    }

    @Test
    void shouldRunWhatATurnHasWokenBeforeTheNextTurnOnTheSameThread() throws Exception {
        AtomicInteger turns = new AtomicInteger();
        // It would take what has to wait for a tick on a machine that is busy.
        dispatcher.watch().close();
        pump(() -> {
            int turn = turns.incrementAndGet();
            note("turn " + turn);
            dispatcher.dispatch(here -> note("first of " + turn));
            dispatcher.dispatch(here -> note("second of " + turn));
            return turn < 3;
        });
        assertEquals(List.of("turn 1", "second of 1", "first of 1", "turn 2", "second of 2", "first of 2", "turn 3",
                "second of 3", "first of 3"), seen);
        assertEquals(1, threads.stream().distinct().count(), threads::toString);
    }

    @Test
    void shouldTakeTheNextTurnElsewhereWhileAHandlerBlocks() throws Exception {
        CountDownLatch nextTurn = new CountDownLatch(1);
        CountDownLatch handled = new CountDownLatch(1);
        AtomicInteger turns = new AtomicInteger();
        pump(() -> {
            note("turn");
            if (turns.incrementAndGet() == 2) {
                nextTurn.countDown();
                return false;
            }
            dispatcher.dispatch(here -> {
                note("handler");
                await(nextTurn);
                handled.countDown();
            });
            return true;
        });
        assertTrue(handled.await(20, TimeUnit.SECONDS));
        assertNotEquals(threads.get(seen.indexOf("handler")), threads.get(seen.lastIndexOf("turn")));
    }

    /** Whoever waits for the end of reading waits for no handler; the node would not close while one is stuck. */
    @Test
    void shouldEndWithTheLastTurnThoughAHandlerNeverEnds() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        AtomicInteger turns = new AtomicInteger();
        pump(() -> {
            if (turns.incrementAndGet() == 2) {
                await(stuck);
                return false;
            }
            dispatcher.dispatch(here -> {
                stuck.countDown();
                await(never);
            });
            return true;
        });
        assertEquals(1, never.getCount());
        never.countDown();
    }

    @Test
    void shouldForgetAnInterruptThatAHandlerHasLeftBehind() throws Exception {
        AtomicInteger turns = new AtomicInteger();
        dispatcher.watch().close();
        pump(() -> {
            seen.add(Thread.currentThread().isInterrupted());
            dispatcher.dispatch(here -> Thread.currentThread().interrupt());
            return turns.incrementAndGet() < 2;
        });
        assertEquals(List.of(false, false), seen);
    }

    @Test
    void shouldHandTheNextTurnOnAtOnceWhenAHandlerIsAboutToWait() throws Exception {
        CountDownLatch nextTurn = new CountDownLatch(1);
        AtomicInteger turns = new AtomicInteger();
        dispatcher.watch().close();
        pump(() -> {
            if (turns.incrementAndGet() == 2) {
                nextTurn.countDown();
                return false;
            }
            dispatcher.dispatch(here -> {
                dispatcher.beforeWaiting();
                await(nextTurn);
            });
            return true;
        });
        assertEquals(2, turns.get());
    }

    @Test
    void shouldEndWithWhatATurnThrows() {
        IllegalStateException thrown = new IllegalStateException("on purpose");
        assertSame(thrown, assertThrows(IllegalStateException.class, () -> pump(() -> {
            throw thrown;
        })));
    }

    /** A turn must not wait for a socket in the place of its writer: others wait for it to read. */
    @Test
    void shouldBeAWorkerOnlyWhilePortsRun() throws Exception {
        try (Node node = Node.configure(c -> c.nodeId("worker/%u"))) {
            Port port = node.port();
            Dispatcher its = ((PortCell) Access.ports().core(port)).kernel().dispatcher();
            CountDownLatch handled = new CountDownLatch(1);
            Port unused = port.on("ask", m -> {
                seen.add(its.isWorker());
                handled.countDown();
            });
            its.pump(() -> {
                seen.add(its.isWorker());
                node.send(port.id(), "ask");
                return false;
            });
            assertTrue(handled.await(20, TimeUnit.SECONDS));
        }
        assertEquals(List.of(false, true), seen);
    }

    /** Handlers that return at once, that park and that wait by our verbs, in turns of one to three messages. */
    @Test
    void shouldTakeTurnsOneAfterTheOtherWhereverTheyAreTaken() throws Exception {
        int most = 20_000;
        AtomicBoolean inTurn = new AtomicBoolean();
        AtomicInteger overlaps = new AtomicInteger();
        CountDownLatch handled = new CountDownLatch(most);
        int[] turns = new int[1];
        pump(() -> {
            if (!inTurn.compareAndSet(false, true)) {
                overlaps.incrementAndGet();
            }
            int turn = ++turns[0];
            dispatcher.dispatch(here -> {
                if (turn % 970 == 0) {
                    LockSupport.parkNanos(2_000_000);
                } else if (turn % 97 == 0) {
                    LockSupport.parkNanos(1);
                } else if (turn % 31 == 0) {
                    dispatcher.beforeWaiting();
                }
                handled.countDown();
            });
            if (turn % 13 == 0) {
                dispatcher.dispatch(here -> dispatcher.share());
            }
            inTurn.set(false);
            return turn < most;
        });
        assertEquals(0, overlaps.get());
        assertEquals(most, turns[0]);
        assertTrue(handled.await(20, TimeUnit.SECONDS), () -> handled.getCount() + " were not handled");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
