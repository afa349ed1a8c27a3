package io.messageport.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.spi.Current;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the turn before it does, every turn is taken. */
@Timeout(60)
class NextSlotDispatcherTest {
    private final NextSlotDispatcher dispatcher = new NextSlotDispatcher("test", System::nanoTime);
    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        dispatcher.close();
    }

    private Object next() throws InterruptedException {
        return seen.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldTakeTurnLaterWhenThereWasNoMemoryForAThread() throws Exception {
        dispatcher.watch().startLater(here -> seen.add("late"));
        assertEquals("late", next());
    }

    @Test
    void shouldTakeWhatWaitsBehindATurnThatFails() throws Exception {
        dispatcher.dispatch(here -> {
            dispatcher.dispatch(inLine -> seen.add("in line"));
            dispatcher.dispatch(inSlot -> seen.add("in slot"));
            throw new IllegalStateException("on purpose");
        });
        assertTrue(List.of("in line", "in slot").contains(next()));
        assertTrue(List.of("in line", "in slot").contains(next()));
    }

    /** More than the line holds, while the worker that keeps them blocks outside of our verbs, and so do its helpers. */
    @Test
    void shouldTakeEveryTurnWhileAllWhoCouldTakeThemBlock() throws Exception {
        int width = 3_000;
        CountDownLatch all = new CountDownLatch(width);
        dispatcher.dispatch(here -> {
            IntStream.range(0, width).forEach(i -> dispatcher.dispatch(turn -> {
                all.countDown();
                awaitUnchecked(all);
                seen.add(i);
            }));
            awaitUnchecked(all);
        });
        assertTrue(all.await(40, TimeUnit.SECONDS), () -> all.getCount() + " turns were not taken");
        for (int i = 0; i < width; i++) {
            assertTrue(next() != null);
        }
    }

    /** What comes from outside while a worker lingers is given to it, or to a thread: never to neither. */
    @Test
    void shouldTakeEveryTurnWhenWorkersComeToRestAllTheTime() throws Exception {
        int turns = 200_000;
        CountDownLatch all = new CountDownLatch(turns);
        Activation turn = here -> all.countDown();
        Thread[] outside = new Thread[2];
        for (int t = 0; t < outside.length; t++) {
            outside[t] = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < turns / 2; i++) {
                    dispatcher.dispatch(turn);
                    if (i % 64 == 0) {
                        Thread.onSpinWait();
                    }
                }
            });
        }
        for (Thread thread : outside) {
            thread.join();
        }
        assertTrue(all.await(40, TimeUnit.SECONDS), () -> all.getCount() + " turns were not taken");
    }

    @Test
    void shouldTakeEveryTurnOnAWorkerOfThisDispatcherOnly() throws Exception {
        try (NextSlotDispatcher other = new NextSlotDispatcher("other", System::nanoTime)) {
            dispatcher.dispatch(here -> other.dispatch(there -> {
                Current now = Current.ofThread();
                seen.add(now instanceof Worker worker && worker.dispatcher() == other);
            }));
            assertEquals(true, next());
        }
    }

    private static Thread watch() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("mp-slots test"))
                .findAny().orElseThrow();
    }

    /** Who looks for how long a turn takes need not look for ever, and does again when the thread goes on. */
    @Test
    void shouldSleepWhileTurnsAreStuckAndWhenAllIsDone() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        dispatcher.dispatch(here -> {
            dispatcher.dispatch(first -> dispatcher.dispatch(second -> {
                seen.add("stuck");
                awaitUnchecked(go);
                dispatcher.dispatch(third -> seen.add("goes on"));
            }));
        });
        assertEquals("stuck", next());
        Awaitility.await().until(() -> watch().getState() == Thread.State.WAITING);
        go.countDown();
        assertEquals("goes on", next());
        Awaitility.await().until(() -> watch().getState() == Thread.State.WAITING);
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
