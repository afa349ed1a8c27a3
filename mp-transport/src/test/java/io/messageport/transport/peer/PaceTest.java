package io.messageport.transport.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ways of different length and speed, each with a queue at its entrance, without sockets. */
@Tag("T-30")
class PaceTest {
    private static final long MOST = 8 << 20;

    /** Sends over a way for a while; gives the window at the end. */
    private static long windowAfter(Pace pace, long roundTripNanos, long bytesPerSecond, int rounds) {
        for (int i = 0; i < rounds; i++) {
            long inOneTrip = roundTripNanos * bytesPerSecond / 1_000_000_000;
            long queued = Math.max(0, pace.window() - inOneTrip);
            pace.acknowledged(roundTripNanos + queued * 1_000_000_000 / bytesPerSecond, true);
        }
        return pace.window();
    }

    @Test
    void shouldFillALongWayAndKeepAShortOneClear() {
        long longWay = windowAfter(new Pace(MOST), 50_000_000, 100 << 20, 200);
        assertTrue(longWay > 3 << 20, "a long way of 5 MiB takes only " + longWay);
        long shortWay = windowAfter(new Pace(MOST), 200_000, 500 << 20, 200);
        assertTrue(shortWay < 2 << 20, "half a MiB a millisecond, and on its way are " + shortWay);
        assertTrue(shortWay >= Pace.LEAST);
    }

    @Test
    void shouldNeverLeaveItsBounds() {
        assertEquals(Pace.LEAST, windowAfter(new Pace(MOST), 100_000, 1 << 20, 100));
        assertEquals(MOST, windowAfter(new Pace(MOST), 100_000_000, 10L << 30, 100));
        assertEquals(Pace.LEAST, new Pace(1).window());
    }

    @Test
    void shouldFollowAWayThatChanges() {
        Pace pace = new Pace(MOST);
        long before = windowAfter(pace, 50_000_000, 100 << 20, 200);
        assertTrue(windowAfter(pace, 200_000, 500 << 20, 200) < before / 2);
        assertTrue(windowAfter(pace, 50_000_000, 100 << 20, 20_000) > 3 << 20, "the short way is not forgotten");
    }

    @Test
    void shouldNotGrowWhileNobodyWaits() {
        Pace pace = new Pace(MOST);
        for (int i = 0; i < 100; i++) {
            pace.acknowledged(50_000, false);
        }
        assertEquals(Pace.LEAST, pace.window());
    }
}
