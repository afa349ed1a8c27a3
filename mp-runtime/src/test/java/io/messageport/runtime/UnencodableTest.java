package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Monitor;
import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.TransportProvider;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What cannot cross the network, or not on this link any more. */
class UnencodableTest {
    private final FakeTransport transport = new FakeTransport();
    private final Node node =
            Node.configure(c -> c.nodeId("here").bind("here:1").extension(TransportProvider.class, transport));
    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    private final FakeTransport.FakeLink link = transport.connected("peer");

    UnencodableTest() {
        link.sent.clear();
    }

    /** Its text cannot be had. */
    private static final class Speechless {
        @Override
        public String toString() {
            throw new IllegalStateException("no words");
        }
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        T taken = queue.poll(10, TimeUnit.SECONDS);
        assertNotNull(taken);
        return taken;
    }

    private void killWatched(Object... reason) {
        Port port = node.port("watched").ignoreUnmatched();
        link.receive("", "mon1", "watched");
        node.monitor(port.id(), died -> seen.add("local monitor"));
        node.kill(port.id(), reason);
    }

    @Test
    @Tag("MON-6")
    @Tag("MON-7")
    void shouldTellPeerAndFireOtherMonitorsWhenTheReasonHasNoText() throws Exception {
        link.refuses = value -> value instanceof Thread || value instanceof Speechless;
        killWatched("why", new Speechless());
        assertEquals(List.of("", "kil0", "watched", "why", Speechless.class.getName()), take(link.sent));
        assertEquals("local monitor", take(seen));
    }

    @Test
    @Tag("MON-6")
    @Tag("MON-7")
    void shouldTellPeerThatThePortDiedWhenNotEvenTheTextOfTheReasonCrosses() throws Exception {
        link.refuses = value -> value.toString().contains("why");
        killWatched("why");
        List<Object> told = take(link.sent);
        assertEquals(List.of("", "kil0", "watched", "unencodable_reason"), told.subList(0, 4));
        assertEquals("local monitor", take(seen));
    }

    @Test
    @Tag("MON-6")
    void shouldSendMon1AgainWhenTheFirstCouldNotBeSent() throws Exception {
        PortId far = PortId.of("peer#far");
        link.refuses = value -> value.equals("far");
        assertThrows(IllegalArgumentException.class, () -> node.monitor(far, seen::add));
        link.refuses = value -> false;
        node.monitor(far, seen::add);
        assertEquals(List.of("", "mon1", "far"), take(link.sent));
        link.receive("", "kil0", "far", "why");
        assertEquals(Reason.of("why"), take(seen));
        assertTrue(seen.isEmpty(), "the watch that could not be sent is not kept");
    }

    @Test
    @Tag("KIL-3")
    void shouldKillOverTheSuccessorWhenTheLinkIsLostMeanwhile() throws Exception {
        FakeTransport inner = new FakeTransport();
        boolean[] late = {true};
        TransportProvider provider = (self, incarnation, config, clock,
                events) -> new WrappedTransport(inner.open(self, incarnation, config, clock, events)) {
                    @Override
                    public Link link(io.messageport.NodeId peer) {
                        FakeTransport.FakeLink given = inner.link(peer);
                        if (late[0]) {
                            late[0] = false;
                            given.lose("just now");
                        }
                        return given;
                    }
                };
        try (Node sender = Node.configure(c -> c.nodeId("there").extension(TransportProvider.class, provider))) {
            sender.kill(PortId.of("peer#far"), "why");
            assertEquals(
                    List.of("", "kil", "far", "why"), take(inner.link(io.messageport.NodeId.of("peer")).sent));
        }
    }

    @Test
    @Tag("MON-1")
    void shouldEndTheRegistrationAtThePeerWhenTheLocalDependentDies() throws Exception {
        PortId far = PortId.of("peer#far");
        Port dependent = node.port().ignoreUnmatched();
        Monitor linked = node.link(far, dependent.id());
        assertEquals(List.of("", "mon1", "far"), take(link.sent));
        node.monitor(far, dependent.id(), "down");
        node.kill(dependent.id());
        assertEquals(List.of("", "mon0", "far"), take(link.sent));
        assertEquals(false, linked.cancel());
        node.link(far, dependent.id());
        node.monitor(far, dependent.id(), "down");
        assertTrue(link.sent.isEmpty(), "a dead port depends on nothing");
    }
}
