package io.messageport.transport.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.messageport.NodeId;
import io.messageport.transport.handshake.Peer;
import io.messageport.transport.peer.LinkState.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every state against every event, without sockets. */
@Tag("CON-3")
class LinkStateTest {
    private static final Peer PEER = new Peer(NodeId.of("p"), 5, 4096);
    private static final LinkState DIALING = new LinkState.Dialing(1);
    private static final LinkState UP = new LinkState.Up(1, 2, 5);
    private static final LinkState UP_OLD_LIFE = new LinkState.Up(1, 2, 4);
    private static final LinkState LOST = new LinkState.Lost("x");

    @Test
    void shouldAnswerEveryOffer() {
        assertEquals(new Verdict.Take(new LinkState.Up(1, 2, 5)), LinkState.onOffer(DIALING, PEER, 2));
        assertEquals(new Verdict.Duplicate(), LinkState.onOffer(UP, PEER, 2));
        assertEquals(new Verdict.Switch(), LinkState.onOffer(UP, PEER, 3));
        assertEquals(new Verdict.Probe(), LinkState.onOffer(UP_OLD_LIFE, PEER, 2));
        assertEquals(new Verdict.Probe(), LinkState.onOffer(UP_OLD_LIFE, PEER, 3));
        assertEquals(new Verdict.Successor(), LinkState.onOffer(LOST, PEER, 2));
    }

    @Test
    void shouldAnswerEveryAcceptance() {
        assertEquals(new Verdict.Take(new LinkState.Up(9, 2, 5)), LinkState.onAccept(DIALING, PEER, 9, 2));
        assertEquals(new Verdict.Duplicate(), LinkState.onAccept(UP, PEER, 9, 2));
        assertEquals(new Verdict.Switch(), LinkState.onAccept(UP, PEER, 9, 3));
        assertEquals(new Verdict.Probe(), LinkState.onAccept(UP_OLD_LIFE, PEER, 9, 2));
        assertEquals(new Verdict.Successor(), LinkState.onAccept(LOST, PEER, 9, 2));
    }
}
