package io.messageport.runtime.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Guard;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deadlines near and far, and a clock that rests when it has nothing to do. */
@Timeout(60)
class SystemClockTest {
    private final SystemClock clock = new SystemClock("test");
    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        clock.close();
    }

    private Object next() throws InterruptedException {
        return seen.poll(20, TimeUnit.SECONDS);
    }

    private static long millis(long number) {
        return Duration.ofMillis(number).toNanos();
    }

    @Test
    void shouldRunEachInOrderOfDeadlineWhenSomeAreFarAndSomeAreNear() throws Exception {
        Guard last = clock.schedule(millis(300), () -> seen.add(300));
        Guard first = clock.schedule(millis(5), () -> seen.add(5));
        Guard middle = clock.schedule(millis(120), () -> seen.add(120));
        assertEquals(3, Set.of(last, first, middle).size());
        assertEquals(5, next());
        assertEquals(120, next());
        assertEquals(300, next());
    }

    @Test
    void shouldHaveNothingToDoWhenEveryDeadlineIsCancelled() {
        for (int i = 0; i < 1_000; i++) {
            assertTrue(clock.schedule(millis(60_000), () -> seen.add("never")).cancel());
        }
        Awaitility.await().until(() -> clock.waiting() == 0);
        assertTrue(seen.isEmpty());
    }

    @Test
    void shouldNotWakeAgainAndAgainWhileAFarDeadlineIsPending() {
        Guard far = clock.schedule(millis(60_000), () -> seen.add("never"));
        // The deadline alone, without an anchor.
        Awaitility.await().until(() -> clock.waiting() == 1);
        Awaitility.await().during(Duration.ofMillis(200)).until(() -> clock.waiting() == 1);
        assertTrue(far.cancel());
    }
}
