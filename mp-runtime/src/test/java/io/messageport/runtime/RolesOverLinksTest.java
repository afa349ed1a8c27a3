package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Message;
import io.messageport.MessageMismatchException;
import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.runtime.link.Transport.Dialed;
import io.messageport.runtime.link.TransportProvider;
import io.messageport.runtime.network.RoleListener;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The verbs of roles on the wire, and what the database is told. */
@Tag("DB-1")
class RolesOverLinksTest {
    private final FakeTransport transport = new FakeTransport();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final Node node = Node.configure(c -> c.nodeId("here")
            .bind("here:1")
            .seed("seed:1")
            .extension(RoleListener.class, new Noting())
            .extension(TransportProvider.class, transport));

    @AfterEach
    void close() {
        node.close();
    }

    private final class Noting implements RoleListener {
        @Override
        public void listening(List<String> addresses) {
            told.add("listening on " + addresses);
        }

        @Override
        public void promoted() {
            told.add("promoted");
        }

        @Override
        public void masterUp(NodeId master) {
            told.add("master " + master);
        }

        @Override
        public void masterLost(NodeId master) {
            told.add("no master " + master);
        }

        @Override
        public void globalUp(NodeId global) {
            told.add("global " + global);
        }

        @Override
        public void globalLost(NodeId global) {
            told.add("no global " + global);
        }

        @Override
        public void slaveUp(NodeId slave) {
            told.add("slave " + slave);
        }

        @Override
        public void slaveLost(NodeId slave) {
            told.add("no slave " + slave);
        }

        @Override
        public void received(NodeId from, Message message) {
            if (message.size() == 1) {
                throw new MessageMismatchException("too short");
            }
            told.add(from + " " + message.values());
        }
    }

    private String next() throws InterruptedException {
        return told.poll(20, TimeUnit.SECONDS);
    }

    private static List<Object> sent(FakeTransport.FakeLink link) throws InterruptedException {
        return link.sent.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldChooseItsSeedAndBecomeGlobalWhenItIsASeedItself() throws Exception {
        FakeTransport.FakeLink seed = transport.connected("seed");
        transport.dials.remove("seed:1").complete(new Dialed.Connected(NodeId.of("seed")));
        assertEquals(List.of("", "here", "here:1"), sent(seed));
        assertEquals(List.of("", "mas"), sent(seed));
        assertEquals("listening on [here:1]", next());
        assertEquals("master seed", next());
        seed.receive("", "role", "global");
        seed.receive("", "dbx", 1);
        assertEquals("seed [dbx, 1]", next());

        FakeTransport.FakeLink peer = transport.connected("peer");
        assertEquals(List.of("", "here", "here:1"), sent(peer));
        peer.receive("", "mas");
        assertEquals(List.of("", "mas0"), sent(seed));
        assertEquals(List.of("", "role", "global"), sent(seed));
        assertEquals(List.of("", "role", "global"), sent(peer));
        assertEquals("no master seed", next());
        assertEquals("promoted", next());
        assertEquals("global seed", next());
        assertEquals("slave peer", next());

        seed.receive("", "glob", NodeId.of("third"), "third:1");
        assertTrue(transport.links.containsKey(NodeId.of("third")), "a global node it knows of is connected to");
        peer.lose("crash");
        assertEquals("no slave peer", next());
        seed.lose("crash");
        assertEquals("no global seed", next());
        assertNull(told.poll());
    }

    @Test
    void shouldEndTheConnectionWhenAMessageForTheDatabaseIsMalformed() throws Exception {
        FakeTransport.FakeLink peer = transport.connected("peer");
        peer.receive("", "dbx");
        assertEquals("malformed node message: too short", peer.closed.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void shouldNotGoToGlobalNodesWhenItIsNone() {
        FakeTransport.FakeLink peer = transport.connected("peer");
        peer.receive("", "glob", NodeId.of("third"), "third:1");
        assertTrue(!transport.links.containsKey(NodeId.of("third")), "links of " + transport.links.keySet());
    }
}
