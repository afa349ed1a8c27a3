package io.messageport.testkit.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.testkit.load.Violation.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Journals made by hand, right ones and wrong ones: node 1 sends to node 2. */
@Tag("SND-4")
@Tag("SND-5")
class GuaranteeTest {
    private static final Stream STREAM = new Stream(1, 0, 0, 2, 0);

    /** An epoch with an open monitor, all of whose sends have returned. */
    private static Sent open(int epoch, long sent) {
        return new Sent(STREAM, epoch, 1, sent, sent, 0, 0);
    }

    private static Sent fired(int epoch, long sent, long at) {
        return new Sent(STREAM, epoch, 1, sent, sent, at, 1);
    }

    private static Received run(int life, int epoch, long first, long count, long at) {
        return new Received(STREAM, life, epoch, first, count, at, at);
    }

    private final List<Sent> sent = new ArrayList<>();
    private final List<Received> received = new ArrayList<>();

    private GuaranteeTest sender(Sent... epochs) {
        sent.addAll(List.of(epochs));
        return this;
    }

    private GuaranteeTest receiver(Received... runs) {
        received.addAll(List.of(runs));
        return this;
    }

    /** The sender's node in this life; the receiver's runs in their lives, the newest of which is there in any case. */
    private List<Life> lives(int senderLife, int newest) {
        List<Life> lives = new ArrayList<>();
        lives.add(new Life(1, 0, sent, List.of(), 0, 0));
        if (senderLife > 0) {
            lives.add(new Life(1, senderLife, List.of(), List.of(), 0, 0));
        }
        for (int life = newest; life >= 0; life--) {
            int of = life;
            lives.add(new Life(2, life, List.of(), received.stream().filter(run -> run.life() == of).toList(), 0, 0));
        }
        return lives;
    }

    private Verdict verdict() {
        return Guarantee.check(lives(0, 1));
    }

    private void assertKinds(Verdict verdict, Kind... kinds) {
        assertEquals(Arrays.asList(kinds), verdict.violations().stream().map(Violation::kind).toList(),
                verdict.violations()::toString);
    }

    @Test
    void shouldBeCleanWhenAllArrived() {
        Verdict verdict = sender(open(0, 10)).receiver(run(0, 0, 0, 10, 5)).verdict();
        assertKinds(verdict);
        assertEquals("sent=10 received=10 reported_lost=0 gaps=0 duplicates=0 reorders=0", verdict.summary());
    }

    @Test
    void shouldBeCleanWhenAPrefixArrivedAndTheMonitorFiredBeforeTheNextEpoch() {
        Verdict verdict = sender(fired(0, 10, 20), open(1, 5))
                .receiver(run(0, 0, 0, 7, 5), run(1, 1, 0, 3, 30)).verdict();
        assertKinds(verdict);
        assertEquals("sent=15 received=10 reported_lost=3 gaps=0 duplicates=0 reorders=0", verdict.summary());
        assertEquals(2, verdict.underWay());
        assertEquals(2, verdict.epochs());
    }

    @Test
    void shouldBeCleanWhenTheRestOfAnEpochArrivesAfterTheMonitorFired() {
        assertKinds(sender(fired(0, 10, 20)).receiver(run(0, 0, 0, 10, 50)).verdict());
    }

    @Test
    void shouldBeCleanWhenWhatIsSentAboutTheFireGoesOutOnTheNextConnection() {
        Verdict verdict = sender(fired(0, 10, 20), open(1, 1))
                .receiver(run(0, 0, 0, 4, 5), run(0, 0, 8, 2, 25), run(0, 1, 0, 1, 26)).verdict();
        assertKinds(verdict);
        assertEquals(4, verdict.reportedLost());
        assertEquals(2, verdict.late());
        sent.clear();
        received.clear();
        assertKinds(sender(fired(0, 10, 20)).receiver(run(0, 0, 0, 9, 5), run(1, 0, 9, 1, 25)).verdict());
        sent.clear();
        received.clear();
        assertKinds(sender(fired(0, 10, 20)).receiver(run(1, 0, 9, 1, 25)).verdict());
    }

    @Test
    void shouldReportAGapWhenALaterMessageArrivesBeforeTheMonitorFired() {
        Verdict verdict = sender(open(0, 10)).receiver(run(0, 0, 0, 4, 5), run(0, 0, 5, 5, 6)).verdict();
        assertKinds(verdict, Kind.GAP);
        assertEquals(1, verdict.gaps());
        String text = verdict.violations().getFirst().toString();
        assertTrue(text.startsWith("GAP n1.0/s0 -> n2/r0: in epoch 0, 5 to 9 (at 6, life 0) came where 4 was expected"),
                text);
    }

    @Test
    void shouldReportAGapWhenTheStartOfAnEpochIsMissing() {
        assertKinds(sender(open(0, 10)).receiver(run(0, 0, 1, 9, 6)).verdict(), Kind.GAP);
    }

    @Test
    void shouldReportAGapWhenTheMessageAfterALostOneComesJustBeforeTheFire() {
        assertKinds(sender(fired(0, 10, 20)).receiver(run(0, 0, 0, 4, 5), run(0, 0, 9, 1, 19)).verdict(), Kind.GAP);
        received.clear();
        assertKinds(receiver(run(0, 0, 9, 1, 19)).verdict(), Kind.GAP);
        received.clear();
        assertKinds(receiver(run(0, 0, 0, 4, 5), run(0, 0, 9, 1, 20)).verdict());
    }

    @Test
    void shouldReportADuplicateWhenMessagesArriveAgain() {
        Verdict verdict = sender(open(0, 10)).receiver(run(0, 0, 0, 4, 5), run(0, 0, 3, 7, 6)).verdict();
        assertKinds(verdict, Kind.DUPLICATE);
        assertEquals(1, verdict.duplicates());
        received.clear();
        assertKinds(receiver(run(0, 0, 0, 10, 5), run(1, 0, 0, 10, 6)).verdict(), Kind.DUPLICATE);
    }

    @Test
    void shouldReportAReorderWhenALateOneFillsTheHole() {
        Verdict verdict =
                sender(open(0, 10)).receiver(run(0, 0, 0, 4, 5), run(0, 0, 5, 5, 6), run(0, 0, 4, 1, 7)).verdict();
        assertKinds(verdict, Kind.GAP, Kind.REORDER);
        assertEquals(1, verdict.reorders());
    }

    @Test
    void shouldReportAReorderWhenAnOldEpochArrivesBehindANewOne() {
        assertKinds(sender(fired(0, 10, 20), open(1, 5))
                .receiver(run(0, 0, 0, 4, 5), run(0, 1, 0, 5, 30), run(0, 0, 4, 6, 31)).verdict(), Kind.REORDER);
    }

    @Test
    void shouldReportAnEarlyOneWhenANewEpochArrivesBeforeTheMonitorFired() {
        assertKinds(sender(fired(0, 10, 20), open(1, 5))
                .receiver(run(0, 0, 0, 4, 5), run(0, 1, 0, 5, 19)).verdict(), Kind.EARLY);
        sent.clear();
        received.clear();
        assertKinds(sender(open(0, 10), open(1, 5)).receiver(run(0, 1, 0, 5, 19)).verdict(), Kind.EARLY);
    }

    @Test
    void shouldReportAnEarlyOneWhenAnotherLifeGoesOnWithTheEpoch() {
        assertKinds(sender(open(0, 10)).receiver(run(0, 0, 0, 4, 5), run(1, 0, 4, 6, 30)).verdict(), Kind.EARLY);
    }

    @Test
    void shouldReportWhatWasNeverSent() {
        assertKinds(sender(open(0, 3)).receiver(run(0, 0, 0, 4, 5)).verdict(), Kind.INVENTED);
        assertKinds(sender().receiver(run(0, 7, 0, 4, 5)).verdict(), Kind.INVENTED, Kind.INVENTED);
        sent.clear();
        assertKinds(receiver().verdict(), Kind.INVENTED);
    }

    @Test
    @Tag("MON-2")
    void shouldReportAMonitorThatFiredTwice() {
        assertKinds(sender(new Sent(STREAM, 0, 1, 3, 3, 20, 2)).verdict(), Kind.TWICE);
    }

    @Test
    void shouldReportSpoiledContentAndAFullJournal() {
        assertKinds(Guarantee.check(List.of(new Life(1, 0, List.of(), List.of(), 2, 3))), Kind.SPOILED, Kind.UNWRITTEN);
    }

    @Test
    @Tag("MON-4")
    void shouldReportAtTheEndWhatWasLostInSilence() {
        assertKinds(Guarantee.checkSettled(sender(open(0, 10)).receiver(run(1, 0, 0, 10, 5)).lives(0, 1)));
        received.clear();
        // A part is missing; all arrived, but the receiver died; over, and no next epoch; never begun to arrive.
        assertKinds(Guarantee.checkSettled(receiver(run(1, 0, 0, 9, 5)).lives(0, 1)), Kind.SILENT);
        received.clear();
        assertKinds(Guarantee.checkSettled(receiver(run(0, 0, 0, 10, 5)).lives(0, 1)), Kind.SILENT);
        sent.clear();
        assertKinds(Guarantee.checkSettled(sender(fired(0, 10, 20)).lives(0, 1)), Kind.SILENT);
        sent.clear();
        received.clear();
        assertKinds(Guarantee.checkSettled(sender(open(0, 0)).lives(0, 0)), Kind.SILENT);
    }

    @Test
    void shouldCountWhatDiedWithItsSenderAsReported() {
        List<Life> lives = sender(open(0, 10)).receiver(run(0, 0, 0, 7, 5)).lives(1, 0);
        Verdict verdict = Guarantee.checkSettled(lives);
        assertKinds(verdict);
        assertEquals(3, verdict.reportedLost());
        assertEquals(0, verdict.underWay());
    }
}
