package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.PortId;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Opening ports on a node, and the node's own life. */
class LocalNodeTest {
    private final Node node = Node.configure(c -> c.nodeId("local/%u"));
    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        node.close();
    }

    private Object next() throws InterruptedException {
        return seen.poll(10, TimeUnit.SECONDS);
    }

    @Test
    @Tag("SND-1")
    void shouldDeliverInOrderWhenOneThreadSends() throws Exception {
        PortId port = node.port().on("n", m -> seen.add(m.intValue(0))).id();
        for (int i = 0; i < 1000; i++) {
            node.send(port, "n", i);
        }
        for (int i = 0; i < 1000; i++) {
            assertEquals(i, next());
        }
    }

    @Test
    @Tag("ID-5")
    void shouldRefuseNameWhenLivePortHasIt() throws Exception {
        PortId chat = node.port("chat").on("x", m -> seen.add("x")).id();
        assertEquals(node.id() + "#chat", chat.toString());
        IllegalStateException taken = assertThrows(IllegalStateException.class, () -> node.port("chat"));
        assertTrue(taken.getMessage().contains("\"chat\""), taken.getMessage());
        node.monitor(chat, reason -> seen.add(reason));
        node.kill(chat);
        assertTrue(((io.messageport.Reason) next()).isNormal());
        assertTrue(node.port("chat").isAlive());
    }

    @Test
    void shouldLetTwoNodesLiveInOneJvm() throws Exception {
        try (Node other = Node.configure(c -> c.nodeId("other/%u"))) {
            PortId there = other.port().on("x", m -> seen.add("other")).id();
            PortId here = node.port().on("x", m -> seen.add("here")).id();
            node.send(here, "x");
            assertEquals("here", next());
            other.send(there, "x");
            assertEquals("other", next());
            assertFalse(node.isLocal(there));
        }
    }

    @Test
    void shouldRefuseVerbsWhenClosed() {
        node.close();
        IllegalStateException closed = assertThrows(IllegalStateException.class, node::port);
        assertTrue(closed.getMessage().contains("is closed"), closed.getMessage());
    }
}
