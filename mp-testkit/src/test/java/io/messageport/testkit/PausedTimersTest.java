package io.messageport.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The process pauses while a timer waits: it is stopped, which is a pause of the collector at its worst. */
@Tag("T-27")
@Tag("AFT-1")
class PausedTimersTest {
    private static final long TOLERANCE = 100_000_000;
    private static final int TRIES = 5;

    @AutoClose
    private final TestNodes nodes = new TestNodes();

    @Test
    void shouldFireNeitherEarlyNorMuchLaterThanThePauseWhenTheProcessPauses() {
        ForkedNode sleeper = nodes.fork(Sleeper.class);
        sleeper.awaitLine("ready");
        String seen = "";
        boolean inTime = false;
        for (int i = 0; i < TRIES && !inTime; i++) {
            sleeper.ask("arm", "300");
            LockSupport.parkNanos(50_000_000);
            sleeper.stop();
            LockSupport.parkNanos(1_000_000_000);
            sleeper.resume();
            String[] late = sleeper.awaitLine("late ").split(" ");
            long timer = Long.parseLong(late[0]);
            long reference = Long.parseLong(late[1]);
            assertTrue(timer >= 0, () -> "early by " + -timer + " ns");
            // The machine may be busy: what a plain sleep suffers as well is not the timer's, nor is a single try.
            inTime = timer <= reference + TOLERANCE;
            seen += " timer " + timer / 1_000_000 + " ms late, a sleep " + reference / 1_000_000 + " ms;";
        }
        assertTrue(inTime, seen);
    }
}
