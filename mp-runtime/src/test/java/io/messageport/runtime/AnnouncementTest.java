package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.NodeState;
import io.messageport.runtime.link.Transport;
import io.messageport.runtime.link.Transport.Dialed;
import io.messageport.runtime.link.TransportProvider;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What peers are told about where nodes listen, and which of them are up. */
class AnnouncementTest {
    private final FakeTransport transport = new FakeTransport();

    private Node start(TransportProvider provider) {
        return Node.configure(
                c -> c.nodeId("here").bind("here:1").seed("seed:1").extension(TransportProvider.class, provider));
    }

    private static List<Object> answer(FakeTransport.FakeLink asking, String wanted) throws InterruptedException {
        asking.sent.clear();
        asking.receive("", "find", NodeId.of(wanted));
        return asking.sent.poll(10, TimeUnit.SECONDS);
    }

    @Test
    @Tag("CFG-2")
    void shouldTellItsAddressesWhenAPeerConnectedBeforeTheyWereKnown() {
        TransportProvider early = (self, incarnation, config, clock, events) -> {
            Transport inner = transport.open(self, incarnation, config, clock, events);
            return new WrappedTransport(inner) {
                @Override
                public List<String> listen(List<String> binds) {
                    FakeTransport.FakeLink link = transport.connected("peer");
                    assertEquals(List.of("", "here"), link.sent.peek());
                    return binds;
                }
            };
        };
        try (Node node = start(early)) {
            assertEquals(List.of("here:1"), node.addresses());
            List<List<Object>> told = List.copyOf(transport.links.get(NodeId.of("peer")).sent);
            assertEquals(List.of("", "here", "here:1"), told.get(told.size() - 1));
        }
    }

    @Test
    @Tag("SEED-2")
    void shouldForgetFormerAddressesWhenANodeAnnouncesOthers() throws Exception {
        try (Node node = start(transport)) {
            FakeTransport.FakeLink link = transport.connected("mover");
            transport.dials.remove("seed:1").complete(new Dialed.Connected(NodeId.of("mover")));
            for (int i = 0; i < 200; i++) {
                link.receive("", "here", "host:" + i);
            }
            FakeTransport.FakeLink other = transport.connected("other");
            List<Object> expected = List.of("", "at", NodeId.of("mover"), "seed:1", "host:199");
            assertEquals(expected, answer(other, "mover"), "where it was reached comes first");
            link.lose("gone");
            assertEquals(expected, answer(other, "mover"), "history");
            assertEquals(NodeState.DOWN, node.stateOf(NodeId.of("mover")));
        }
    }

    @Test
    @Tag("MON-9")
    void shouldStayUpWhenTheLossOfAnEarlierLinkIsToldLate() {
        try (Node node = start(transport)) {
            NodeId peer = NodeId.of("peer");
            FakeTransport.FakeLink former = transport.connected("peer");
            transport.links.remove(peer);
            transport.connected("peer");
            former.lose("late news");
            assertEquals(NodeState.UP, node.stateOf(peer));
            assertTrue(node.upNodes().contains(peer));
        }
    }
}
