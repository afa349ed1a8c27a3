package io.messageport.transport.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.transport.handshake.Peer;
import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The numbers that links are offered by. */
@Tag("CON-3")
class LinksTest {
    private static final NodeId PEER = NodeId.of("p");

    /** Its retirement made the next socket look like that of another link, and a link with messages on it was ended. */
    @Test
    void shouldKeepTheNumberWhenOneOfTwoSocketsEndsWithoutAVerdict() {
        try (TestNode node = new TestNode("n")) {
            Links links = links(node);
            long number = links.offerFor(PEER, null).id();
            assertEquals(number, links.offerFor(PEER, null).id());
            links.offerEnded(PEER, number);
            assertEquals(number, links.offerFor(PEER, null).id());
            PeerLink link = links.obtain(PEER).link();
            assertEquals(new LinkState.Dialing(number), link.state());
            links.offerEnded(PEER, number);
            assertEquals(number, links.offerFor(PEER, null).id());
        }
    }

    @Test
    void shouldRetireTheNumberWhenTheLastSocketEndsWithoutAVerdict() {
        try (TestNode node = new TestNode("n")) {
            Links links = links(node);
            PeerLink link = links.obtain(PEER).link();
            long number = links.offerFor(PEER, null).id();
            assertEquals(new LinkState.Dialing(number), link.state());
            links.offerEnded(PEER, number);
            assertNotEquals(number, links.offerFor(PEER, null).id());
        }
    }

    private static Links links(TestNode node) {
        NodeConfig config = NodeConfig.builder().secret(TestNode.SECRET).build();
        return new Links(new Host(new Peer(node.id, 1, 4096), config, node.clock, node, new Threads("n"), new Scratch(),
                new Chunks(),
                new SecureRandom()));
    }
}
