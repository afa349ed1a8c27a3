package io.messageport.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The form of the lines, which other programs read. */
class RowTest {
    private static final Workload.Peer PEKKO = new Workload.Peer("pekko", "pekko", 6);

    private static Samples samples(double... nanos) {
        return new Samples(java.util.Arrays.stream(nanos).boxed().toList(), List.of());
    }

    @Test
    void shouldTellMediansRatioTargetAndSpreadWhenTheTargetIsReached() {
        Row row = new Row("ping-pong", PEKKO, samples(80, 100, 140), samples(590, 650, 610, 600));
        assertEquals("workload=ping-pong ours_ns=100.0 peer=pekko peer_ns=605.0 ratio=6.05 target=6.0 ok"
                + " ours_min_ns=80.0 ours_max_ns=140.0 peer_min_ns=590.0 peer_max_ns=650.0", row.line());
        assertFalse(row.isBelow());
    }

    @Test
    void shouldSayBelowWhenTheTargetIsMissed() {
        Row row = new Row("ring", PEKKO, samples(100), samples(250));
        assertTrue(row.line()
                .startsWith("workload=ring ours_ns=100.0 peer=pekko peer_ns=250.0 ratio=2.50 target=6.0 below "));
        assertTrue(row.isBelow());
    }

    @Test
    void shouldNotSayOkWhenTheShownRatioOnlyRoundsToTheTarget() {
        Row row = new Row("ring", PEKKO, samples(100), samples(599.9));
        assertTrue(row.line().contains(" ratio=5.99 target=6.0 below "), row.line());
    }

    @Test
    void shouldShowTheDigitsOfATargetWhenItIsALimitToACost() {
        Workload.Peer tags = new Workload.Peer("tags", "tags", 1 / 1.3);
        assertTrue(new Row("typed", tags, samples(129), samples(100)).line().contains(" ratio=0.77 target=0.769 ok "));
        assertTrue(new Row("typed", tags, samples(131), samples(100)).line().contains(" target=0.769 below "));
    }

    @Test
    void shouldNotJudgeWhenThereIsNoTarget() {
        Row row = new Row("spawn", new Workload.Peer("pekko-classic", "pekkoClassic", Double.NaN), samples(1),
                samples(1));
        assertTrue(row.line().contains(" peer=pekko-classic peer_ns=1.0 ratio=1.00 target=none - "), row.line());
        assertFalse(row.isBelow());
    }

    @Test
    void shouldEndWithBytesWhenBothSidesHaveThem() {
        Samples with = new Samples(List.of(1.0), List.of(64.2));
        assertTrue(new Row("ring", PEKKO, with, with).line().endsWith(" ours_bytes=64 peer_bytes=64"));
        assertFalse(new Row("ring", PEKKO, with, samples(1)).line().contains("bytes"));
    }

    @Test
    void shouldWriteDotsWhenTheLocaleWritesCommas() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertTrue(new Row("ring", PEKKO, samples(1), samples(1)).line().contains("ours_ns=1.0 "));
        } finally {
            Locale.setDefault(before);
        }
    }
}
