package io.messageport.transport.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a link that is ended in order has still to say, step by step. */
@Tag("CON-5")
@Tag("SND-5")
class LastWordsTest {
    /** It had agreed to go on, and forgot to listen where; so what waited was dropped after a second. */
    @Test
    void shouldSendWhatWaitsWhenTheLinkIsEndedBeforeThePeerSaysWhereToGoOn() throws Exception {
        LinkWalk walk = new LinkWalk(LinkWalk.Kind.ANYTHING, 1, Plant.NONE);
        walk.rest();
        WalkSide a = walk.side(0);
        WalkSide z = walk.side(1);
        WalkInbox there = z.present(a.id);
        PeerLink link = a.present(z.id).link;
        a.socketOf(link).wire.cut();
        walk.turns();
        assertInstanceOf(LinkState.Broken.class, link.state());
        for (int i = 0; i < 10; i++) {
            a.send(z.id);
        }
        walk.dial(0);
        while (!(link.state() instanceof LinkState.Up)) {
            walk.arrivesAll();
            walk.turns();
        }
        // The decider has accepted, and has not heard where to go on.
        assertFalse(a.socketOf(link).isTalking());
        assertEquals(0, there.received);
        link.close("home");
        for (int i = 0; i < 10; i++) {
            walk.arrivesAll();
            walk.turns();
            a.threads.write();
            z.threads.write();
        }
        assertEquals(10, there.received);
        assertTrue(a.threads.hasLosses() && z.threads.hasLosses(), "both know that it has ended");
        z.threads.tell();
        assertTrue(there.isLost());
    }
}
