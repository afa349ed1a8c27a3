package io.messageport.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.runtime.link.TransportProvider;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Names and addresses so long that whoever hands them on could not be told them. */
@Tag("T-16")
class LongNamesTest {
    private static final String LONG = "x".repeat(5_000);

    private final FakeTransport transport = new FakeTransport();
    private final Node node = Node.configure(
            c -> c.nodeId("here").bind("here:1").extension(TransportProvider.class, transport));
    private final FakeTransport.FakeLink hostile = transport.connected("hostile");

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void shouldEndTheConnectionOfAPeerThatNamesWhatCannotBeHandedOn() throws Exception {
        for (Object[] message : List.of(
                new Object[] {"find", LONG},
                new Object[] {"find", "a", LONG},
                new Object[] {"at", LONG, "b:1"},
                new Object[] {"deaf", LONG},
                new Object[] {"want", LONG, "b:1"},
                new Object[] {"glob", LONG, "b:1"},
                new Object[] {"here", "b:1", LONG},
                new Object[] {"find", "a", "b", LONG},
                new Object[] {"at", "a", LONG},
                new Object[] {"glob", "a", LONG})) {
            hostile.receive("", message);
            String closed = hostile.closed.poll(20, TimeUnit.SECONDS);
            assertTrue(closed != null && closed.startsWith("malformed node message: "), message[0] + ": " + closed);
        }
    }

    @Test
    @Tag("SEED-2")
    void shouldNotLetAQuestionThatCannotBePutDisturbWhoeverComesUp() throws Exception {
        FakeTransport.FakeLink global = transport.connected("global");
        global.refuses = value -> value.equals(NodeId.of("wanted"));
        global.receive("", "role", "global");
        hostile.receive("", "find", NodeId.of("wanted"));
        FakeTransport.FakeLink later = transport.link(NodeId.of("later"));
        later.refuses = global.refuses;
        later.handler().up();
        later.receive("", "role", "global");
        assertNull(later.closed.poll());
        assertTrue(node.upNodes().contains(later.peer()));
        hostile.receive("", "here", "hostile:1");
        later.receive("", "find", hostile.peer());
        List<Object> answer = List.of("", "at", hostile.peer(), "hostile:1");
        // The databases of the two have something to say to each other meanwhile.
        await().untilAsserted(() -> assertTrue(later.sent.contains(answer), () -> later.sent.toString()));
    }
}
