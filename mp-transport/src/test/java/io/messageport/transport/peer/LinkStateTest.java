package io.messageport.transport.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.NodeId;
import io.messageport.transport.handshake.Offered;
import io.messageport.transport.handshake.Peer;
import io.messageport.transport.peer.LinkState.Verdict;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every state against every event, without sockets. */
@Tag("CON-3")
class LinkStateTest {
    private static final Peer PEER = new Peer(NodeId.of("p"), 5, 4096, true);
    private static final LinkState DIALING = new LinkState.Dialing(1);
    private static final LinkState.Up UP = new LinkState.Up(1, 2, 5);
    private static final LinkState BROKEN = new LinkState.Broken(1, 2, 5);
    private static final LinkState UP_OLD_LIFE = new LinkState.Up(1, 2, 4);
    private static final LinkState BROKEN_OLD_LIFE = new LinkState.Broken(1, 2, 4);
    private static final LinkState LOST = new LinkState.Lost("x");
    private static final LinkState LATE = new LinkState.Lost("late");

    @Test
    void shouldAnswerEveryOfferOfANewLink() {
        assertEquals(new Verdict.Take(UP), LinkState.onOffer(DIALING, PEER, new Offered(2)));
        assertEquals(new Verdict.Duplicate(), LinkState.onOffer(UP, PEER, new Offered(2)));
        assertEquals(new Verdict.Switch(), LinkState.onOffer(UP, PEER, new Offered(3)));
        assertEquals(new Verdict.Switch(), LinkState.onOffer(BROKEN, PEER, new Offered(2)));
        assertEquals(new Verdict.Switch(), LinkState.onOffer(BROKEN, PEER, new Offered(3)));
        assertEquals(new Verdict.Probe(), LinkState.onOffer(UP_OLD_LIFE, PEER, new Offered(2)));
        assertEquals(new Verdict.Probe(), LinkState.onOffer(UP_OLD_LIFE, PEER, new Offered(3)));
        assertEquals(new Verdict.Probe(), LinkState.onOffer(BROKEN_OLD_LIFE, PEER, new Offered(3)));
        assertEquals(new Verdict.Successor(), LinkState.onOffer(LOST, PEER, new Offered(2)));
    }

    @Test
    @Tag("CON-5")
    void shouldAnswerEveryOfferToGoOn() {
        Offered works = new Offered(2, OptionalLong.of(1), false);
        Offered broken = new Offered(2, OptionalLong.of(1), true);
        Offered other = new Offered(3, OptionalLong.of(9), true);
        assertEquals(new Verdict.Unknown(), LinkState.onOffer(DIALING, PEER, broken));
        assertEquals(new Verdict.Duplicate(), LinkState.onOffer(UP, PEER, works));
        assertEquals(new Verdict.Resume(UP), LinkState.onOffer(UP, PEER, broken));
        assertEquals(new Verdict.Unknown(), LinkState.onOffer(UP, PEER, other));
        assertEquals(new Verdict.Resume(UP), LinkState.onOffer(BROKEN, PEER, works));
        assertEquals(new Verdict.Resume(UP), LinkState.onOffer(BROKEN, PEER, broken));
        assertEquals(new Verdict.Unknown(), LinkState.onOffer(BROKEN, PEER, other));
        assertEquals(new Verdict.Probe(), LinkState.onOffer(UP_OLD_LIFE, PEER, broken));
        assertEquals(new Verdict.Successor(), LinkState.onOffer(LOST, PEER, broken));
    }

    @Test
    void shouldAnswerEveryAcceptanceOfANewLink() {
        OptionalLong none = OptionalLong.empty();
        assertEquals(new Verdict.Take(new LinkState.Up(9, 2, 5)), LinkState.onAccept(DIALING, PEER, 9, 2, none));
        assertEquals(new Verdict.Duplicate(), LinkState.onAccept(UP, PEER, 9, 2, none));
        assertEquals(new Verdict.Switch(), LinkState.onAccept(UP, PEER, 9, 3, none));
        assertEquals(new Verdict.Switch(), LinkState.onAccept(BROKEN, PEER, 9, 2, none));
        assertEquals(new Verdict.Probe(), LinkState.onAccept(UP_OLD_LIFE, PEER, 9, 2, none));
        assertEquals(new Verdict.Probe(), LinkState.onAccept(BROKEN_OLD_LIFE, PEER, 9, 2, none));
        assertEquals(new Verdict.Successor(), LinkState.onAccept(LOST, PEER, 9, 2, none));
    }

    @Test
    @Tag("CON-5")
    void shouldAnswerEveryAcceptanceToGoOn() {
        OptionalLong some = OptionalLong.of(7);
        assertEquals(new Verdict.Resume(UP), LinkState.onAccept(UP, PEER, 1, 2, some));
        assertEquals(new Verdict.Resume(UP), LinkState.onAccept(BROKEN, PEER, 1, 2, some));
        assertEquals(new Verdict.Gone(), LinkState.onAccept(BROKEN, PEER, 1, 3, some));
        assertEquals(new Verdict.Gone(), LinkState.onAccept(UP, PEER, 4, 2, some));
        assertEquals(new Verdict.Gone(), LinkState.onAccept(UP_OLD_LIFE, PEER, 1, 2, some));
        assertEquals(new Verdict.Gone(), LinkState.onAccept(DIALING, PEER, 1, 2, some));
        assertEquals(new Verdict.Gone(), LinkState.onAccept(LOST, PEER, 1, 2, some));
    }

    @Test
    @Tag("CON-5")
    void shouldBreakOnlyWhatIsUp() {
        assertEquals(Optional.of(BROKEN), LinkState.onBreak(UP));
        assertEquals(Optional.empty(), LinkState.onBreak(DIALING));
        assertEquals(Optional.empty(), LinkState.onBreak(BROKEN));
        assertEquals(Optional.empty(), LinkState.onBreak(LOST));
        assertEquals(UP, new LinkState.Broken(1, 2, 5).mended());
    }

    @Test
    @Tag("CON-5")
    void shouldLoseByTheWindowOnlyWhatIsBroken() {
        assertEquals(Optional.of(LATE), LinkState.onWindowOver(BROKEN, "late"));
        assertEquals(Optional.empty(), LinkState.onWindowOver(DIALING, "late"));
        assertEquals(Optional.empty(), LinkState.onWindowOver(UP, "late"));
        assertEquals(Optional.empty(), LinkState.onWindowOver(LOST, "late"));
    }

    @Test
    @Tag("CON-2")
    void shouldAbandonOnlyWhatIsDialing() {
        assertEquals(Optional.of(LATE), LinkState.onAbandon(DIALING, "late"));
        assertEquals(Optional.empty(), LinkState.onAbandon(UP, "late"));
        assertEquals(Optional.empty(), LinkState.onAbandon(BROKEN, "late"));
        assertEquals(Optional.empty(), LinkState.onAbandon(LOST, "late"));
    }

    @Test
    @Tag("SND-5")
    void shouldEndOnceAndKeepTheFirstReason() {
        assertEquals(Optional.of(LATE), LinkState.onEnd(DIALING, "late"));
        assertEquals(Optional.of(LATE), LinkState.onEnd(UP, "late"));
        assertEquals(Optional.of(LATE), LinkState.onEnd(BROKEN, "late"));
        assertEquals(Optional.empty(), LinkState.onEnd(LOST, "late"));
    }

    @Test
    void shouldRetireOnlyTheNumberThatIsOffered() {
        assertEquals(Optional.of(new LinkState.Dialing(7)), LinkState.onRetired(DIALING, 1, () -> 7));
        assertEquals(Optional.empty(), LinkState.onRetired(DIALING, 2, () -> 7));
        assertEquals(Optional.empty(), LinkState.onRetired(UP, 1, () -> 7));
        assertEquals(Optional.empty(), LinkState.onRetired(BROKEN, 1, () -> 7));
        assertEquals(Optional.empty(), LinkState.onRetired(LOST, 1, () -> 7));
    }

    @Test
    void shouldKnowItsNumberOnceItHasBeenUp() {
        for (LinkState state : new LinkState[] {UP, BROKEN}) {
            assertTrue(state.isNumbered(1));
            assertFalse(state.isNumbered(2));
        }
        assertFalse(DIALING.isNumbered(1));
        assertFalse(LOST.isNumbered(1));
    }
}
