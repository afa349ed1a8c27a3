package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.messageport.Node;
import io.messageport.runtime.link.TransportProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Roles that come up while a connection is about to be given up. */
class RolesWhileIdleTest {
    @Test
    @Tag("SEED-2")
    @Tag("DB-1")
    void shouldTellOfARoleWhileTheOtherEndIsAskedToGiveTheConnectionUp() throws Exception {
        FakeTransport transport = new FakeTransport();
        try (Node node = Node.configure(c -> c.nodeId("here").bind("here:1").seed("seed:1")
                .idleLimit(Duration.ofSeconds(1)).extension(TransportProvider.class, transport))) {
            FakeTransport.FakeLink peer = transport.connected("peer");
            assertEquals(List.of("", "here", "here:1"), next(peer));
            assertEquals(List.of("", "idle"), next(peer));
            // It has chosen this node before it was asked, and so will not agree.
            peer.receive("", "mas");
            assertEquals(List.of("", "role", "global"), next(peer));
            peer.receive("", "dbb");
            peer.receive("", "dbh", peer.peer(), 1L, 1L);
            assertEquals(List.of("", "dbq", peer.peer(), 1L, 0L), next(peer));
            peer.receive("", "idle0");
            assertEquals(List.of(peer.peer()), List.copyOf(node.upNodes()));
        }
    }

    private static List<Object> next(FakeTransport.FakeLink link) throws InterruptedException {
        return link.sent.poll(20, TimeUnit.SECONDS);
    }
}
