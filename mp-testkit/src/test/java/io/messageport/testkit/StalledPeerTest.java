package io.messageport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.testkit.load.Field;
import io.messageport.testkit.load.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process is stopped in its tracks and goes on later, with load in both directions. */
@Tag("T-22")
@Tag("CON-4")
class StalledPeerTest {
    private static final int STREAMS = 4;

    @AutoClose
    private final TestNodes nodes = new TestNodes();

    @TempDir
    private Path directory;

    private Field field;
    private ForkedNode other;

    private void start(Duration silence) {
        field = Field.direct(nodes, directory, setup -> setup.patience(silence, 8 << 20));
        field.start(1);
        field.load(1, 2, 2, List.of(1, 2));
        other = field.fork(2, 2, 2);
        field.begin(1);
        field.awaitReceived(1, STREAMS, 100);
        field.awaitReceived(2, STREAMS, 100);
    }

    /** A pause is what these tests are about. */
    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Test
    @Tag("T-27")
    void shouldLoseNothingWhenAProcessIsStoppedForHalfOfTheSilenceLimit() {
        stopBriefly(Duration.ofSeconds(3), Duration.ofMillis(1500));
    }

    @Test
    @Tag("T-27")
    @Tag("soak")
    @Timeout(120)
    void shouldLoseNothingWhenAProcessIsStoppedForFiveSecondsAtDefaultSettings() {
        stopBriefly(Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    private void stopBriefly(Duration silence, Duration stop) {
        start(silence);
        assertEquals(0, field.fired(1) + field.fired(2));
        other.stop();
        pass(stop);
        other.resume();
        Verdict verdict = field.settle();
        assertEquals(0, verdict.reportedLost());
        assertEquals(0, field.fired(1) + field.fired(2));
    }

    @Test
    @Tag("SND-5")
    @Tag("MON-4")
    void shouldFireOnBothSidesAndStartAfreshWhenAProcessIsStoppedForLonger() {
        stopForLong(Duration.ofMillis(1500), Duration.ofSeconds(4));
    }

    @Test
    @Tag("SND-5")
    @Tag("soak")
    @Timeout(240)
    void shouldFireWithinFifteenSecondsWhenAProcessIsStoppedForAMinuteAtDefaultSettings() {
        stopForLong(Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    /** Within one and a half times the silence limit; a scaled-down limit needs room for a busy machine. */
    private static void assertDownInTime(long nanos, Duration silence) {
        long room = silence.compareTo(Duration.ofSeconds(10)) < 0 ? 5_000_000_000L : 0;
        assertTrue(nanos <= silence.toNanos() * 3 / 2 + room, () -> "down after " + nanos / 1_000_000 + " ms");
    }

    private void stopForLong(Duration silence, Duration stop) {
        start(silence);
        // A busy machine may have needed more than one attempt to connect.
        long here = field.fired(1) + STREAMS;
        long stopped = System.nanoTime();
        other.stop();
        long there = field.fired(2) + STREAMS;
        field.until("the monitors here to fire", lives -> field.fired(1) >= here);
        long down = System.nanoTime() - stopped;
        assertDownInTime(down, silence);
        assertTrue(down >= silence.toNanos() / 2, () -> "down after only " + down / 1_000_000 + " ms");
        pass(stop.minusNanos(System.nanoTime() - stopped));
        other.resume();
        field.until("the monitors there to fire", lives -> field.fired(2) >= there);
        Verdict verdict = field.settle();
        assertTrue(verdict.reportedLost() > 0, verdict::summary);
    }

    @Test
    @Tag("SND-5")
    @Tag("MON-4")
    void shouldFireOnBothSidesAndStartAfreshWhenNoByteGetsThroughAndNobodyIsTold() throws Exception {
        halfOpen(Duration.ofMillis(1500));
    }

    @Test
    @Tag("SND-5")
    @Tag("soak")
    @Timeout(120)
    void shouldFireWithinFifteenSecondsWhenNoByteGetsThroughAtDefaultSettings() throws Exception {
        halfOpen(Duration.ofSeconds(10));
    }

    private void halfOpen(Duration silence) throws Exception {
        try (Field wired = Field.wired(2, nodes, directory, setup -> setup.patience(silence, 8 << 20))) {
            wired.awaitReceived(1, STREAMS, 100);
            wired.awaitReceived(2, STREAMS, 100);
            long begun = System.nanoTime();
            wired.wires().halfOpen(1, 2);
            wired.until("both sides to fire", lives -> wired.fired(1) >= STREAMS && wired.fired(2) >= STREAMS);
            long down = System.nanoTime() - begun;
            assertDownInTime(down, silence);
            wired.wires().heal();
            Verdict verdict = wired.settle();
            assertTrue(verdict.reportedLost() > 0, verdict::summary);
        }
    }
}
