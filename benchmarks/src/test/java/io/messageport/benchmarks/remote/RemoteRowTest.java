package io.messageport.benchmarks.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.benchmarks.remote.RemoteWorkload.Rival;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form of the lines, what is judged, and what is no figure. */
class RemoteRowTest {
    private static final Rival PEKKO = Rival.of(Party.PEKKO, 10, 8);

    private static RemoteSamples samples(double... nanos) {
        RemoteSamples samples = new RemoteSamples();
        for (double round : nanos) {
            samples.add(new Pair.Cost(round, 2 * round, 30, 40));
        }
        return samples;
    }

    @Test
    void shouldTellMediansRatioTargetSpreadAndUsageWhenTheTargetIsReached() {
        RemoteRow row = new RemoteRow("one-way", Party.PLAIN, PEKKO, samples(100, 80, 140), samples(900, 880, 870));
        assertEquals("workload=one-way mode=plain ours_ns=100.0 peer=pekko peer_ns=880.0 ratio=8.80 target=8.0 ok"
                + " ours_min_ns=80.0 ours_max_ns=140.0 peer_min_ns=870.0 peer_max_ns=900.0"
                + " ours_cpu_ns=200 ours_out_bytes=30 ours_in_bytes=40"
                + " peer_cpu_ns=1760 peer_out_bytes=30 peer_in_bytes=40", row.line());
        assertFalse(row.isMissed());
    }

    @Test
    void shouldNotSayOkWhenTheShownRatioOnlyRoundsToTheTarget() {
        RemoteRow row = new RemoteRow("one-way", Party.PLAIN, PEKKO, samples(100), samples(799.9));
        assertTrue(row.line().contains(" ratio=7.99 target=8.0 below "), row.line());
        assertTrue(row.isMissed());
    }

    @Test
    void shouldShowTheDigitsOfATargetWhenItIsALimitToACost() {
        Rival raw = Rival.of(Party.RAW_VIRTUAL, 10, 1 / 1.4);
        assertTrue(new RemoteRow("round-trip", Party.PLAIN, raw, samples(139), samples(100)).line()
                .contains(" peer=raw-virtual peer_ns=100.0 ratio=0.71 target=0.714 ok "));
        assertTrue(new RemoteRow("round-trip", Party.PLAIN, raw, samples(141), samples(100)).isMissed());
    }

    @Test
    void shouldNotJudgeWhenThereIsNoTarget() {
        RemoteRow row = new RemoteRow("blobs", Party.TLS, Rival.of(Party.RAW_VIRTUAL, 1, Double.NaN), samples(9),
                samples(1));
        assertTrue(row.line().contains(" target=none - "), row.line());
        assertFalse(row.isMissed());
    }

    @Test
    void shouldMissWhenASideHasNoFigure() {
        RemoteSamples lost = samples(100, 100);
        lost.fail("sent=10 received=9 misplaced=0");
        RemoteRow theirs = new RemoteRow("one-way", Party.PLAIN, PEKKO, samples(100), lost);
        assertEquals("workload=one-way mode=plain peer=pekko failed: sent=10 received=9 misplaced=0", theirs.line());
        assertTrue(theirs.isMissed() && theirs.isFailed());
        RemoteRow ours = new RemoteRow("one-way", Party.TLS, PEKKO, new RemoteSamples(), samples(1));
        assertEquals("workload=one-way mode=tls peer=pekko failed: ours: not measured", ours.line());
    }

    @Test
    void shouldTellWhatIdlePeersCost() {
        IdleRow row = new IdleRow(Party.PLAIN, 1000, 32 << 20, 65 << 20, 2, 700, 0.015);
        assertEquals("workload=idle-peers mode=plain peers=1000 heap_mib=32.0 limit=64 ok buffers_mib=65.0 threads=2"
                + " wakeups_per_peer_s=0.70 cpu_percent=1.50", row.line());
        assertTrue(new IdleRow(Party.PLAIN, 1000, (64 << 20) + 1, 0, 0, 0, 0).isAbove());
    }

    @ParameterizedTest
    @CsvSource({"0, 0, MSGP, 0.0, 0", "1, 0, MSGP, 0.25, 1", "0, 1, MSGP, 0.0, 1", "0, 0, msgp, 0.0, 1",
        "0, 0, MSGP, 0.25, 1"})
    void shouldCountWhatIsNotTheNextOneOrNotWhatWasSent(long number, int lane, String word, double amount, int wrong) {
        Sequence sequence = new Sequence(0);
        sequence.add(number, lane, word, amount);
        assertEquals(wrong, sequence.misplaced());
        assertEquals(1, sequence.received());
    }

    @Test
    void shouldFailWhenLessOrMoreIsConfirmedThanWasSent() throws Exception {
        Confirmation confirmation = new Confirmation();
        confirmation.begin(2);
        confirmation.confirm(5, 0);
        confirmation.confirm(4, 1);
        IllegalStateException lost = assertThrows(IllegalStateException.class, () -> confirmation.await(10));
        assertEquals("sent=10 received=9 misplaced=1", lost.getMessage());
        confirmation.begin(1);
        confirmation.confirm(10, 0);
        confirmation.await(10);
    }
}
