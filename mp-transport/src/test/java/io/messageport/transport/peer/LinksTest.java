package io.messageport.transport.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.transport.handshake.Peer;
import io.messageport.transport.handshake.Role;
import io.messageport.transport.handshake.Step;
import java.security.SecureRandom;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The numbers that links are offered by. */
@Tag("CON-3")
class LinksTest {
    private static final NodeId PEER = NodeId.of("p");
    private static final Connection ONE = socket();
    private static final Connection OTHER = socket();
    private static final Connection THIRD = socket();

    /** Its retirement made the next socket look like that of another link, and a link with messages on it was ended. */
    @Test
    void shouldKeepTheNumberWhenOneOfTwoSocketsEndsWithoutAVerdict() {
        try (TestNode node = new TestNode("n")) {
            Links links = links(node);
            long number = links.offerFor(PEER, ONE).id();
            assertEquals(number, links.offerFor(PEER, OTHER).id());
            links.offerEnded(PEER, ONE);
            assertEquals(number, links.offerFor(PEER, THIRD).id());
            PeerLink link = links.obtain(PEER).link();
            assertEquals(new LinkState.Dialing(number), link.state());
            links.offerEnded(PEER, OTHER);
            assertEquals(number, links.offerFor(PEER, ONE).id());
        }
    }

    @Test
    void shouldRetireTheNumberWhenTheLastSocketEndsWithoutAVerdict() {
        try (TestNode node = new TestNode("n")) {
            Links links = links(node);
            PeerLink link = links.obtain(PEER).link();
            long number = links.offerFor(PEER, ONE).id();
            assertEquals(new LinkState.Dialing(number), link.state());
            links.offerEnded(PEER, ONE);
            assertNotEquals(number, links.offerFor(PEER, OTHER).id());
        }
    }

    /** The later of two acceptances was heard first; then the earlier one brought a dead link up, with its messages. */
    @Test
    @Tag("SND-5")
    void shouldTakeOneAcceptanceOfANumberAndNoOther() {
        try (TestNode node = new TestNode("n")) {
            Links links = links(node);
            Peer peer = new Peer(PEER, 5, 4096);
            PeerLink link = links.obtain(PEER).link();
            long number = links.offerFor(PEER, ONE).id();
            assertEquals(number, links.offerFor(PEER, OTHER).id());
            LinkState.Up up = new LinkState.Up(number, 2, 5);
            assertEquals(new LinkState.Verdict.Take(up), links.accepted(link, peer, number, accepts(peer, 2), OTHER));
            assertEquals(new LinkState.Verdict.Gone(), links.accepted(link, peer, number, accepts(peer, 1), ONE));
            assertEquals(up, link.state());
        }
    }

    private static Step.Accepted accepts(Peer peer, long remoteId) {
        return new Step.Accepted(peer, remoteId, OptionalLong.empty());
    }

    /** Nobody reads from it or writes to it. */
    private static Connection socket() {
        return new Connection(null, null, "x", Role.DIALER, 1024);
    }

    private static Links links(TestNode node) {
        NodeConfig config = NodeConfig.builder().secret(TestNode.SECRET).build();
        return new Links(new Host(new Peer(node.id, 1, 4096), config, node.clock, node, new Threads("n"), new Scratch(),
                new Chunks(),
                new SecureRandom()));
    }
}
