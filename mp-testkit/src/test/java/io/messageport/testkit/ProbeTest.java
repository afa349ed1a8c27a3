package io.messageport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Message;
import io.messageport.Node;
import io.messageport.Port;
import io.messageport.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ProbeTest {
    @AutoClose
    private final Node node = Node.configure(c -> c.nodeId("local"));

    record Say(String text) {}

    @Test
    void shouldGiveWhatArrivedInOrderWhenItIsExpected() {
        Probe probe = Probe.on(node);
        Port port = node.port();
        node.send(probe.id(), "a", 1);
        node.send(probe.id(), new Say("b"));
        node.send(probe.id());
        assertEquals(Message.of(1), probe.expect("a"));
        assertEquals(new Say("b"), probe.expect(Say.class));
        assertEquals(Message.of(), probe.next());
        probe.watch(port.id());
        port.stop("x");
        assertEquals(Reason.of("x"), probe.expectDown(port.id()));
        probe.expectNone(Duration.ofMillis(1));
        assertEquals(4, probe.arrived().size());
    }

    @Test
    void shouldShowAllThatArrivedWhenSomethingElseCameOrNothing() {
        Probe probe = Probe.on(node, Duration.ofMillis(300));
        node.send(probe.id(), "a", 1);
        node.send(probe.id(), "b");
        node.send(probe.id(), "c");
        probe.expect("a");
        String wrongTag = assertThrows(AssertionError.class, () -> probe.expect("c")).getMessage();
        assertEquals(
                "expected a message \"c\" next, but got (b); arrived in all, oldest first:\n  (a, 1)\n  (b)\n  (c)",
                wrongTag);
        assertThrows(AssertionError.class, () -> probe.expectNone(Duration.ofMillis(1)));
        String nothing = assertThrows(AssertionError.class, probe::next).getMessage();
        assertTrue(nothing.startsWith("expected any message, but nothing more came before the probe's deadline"),
                nothing);
        assertThrows(AssertionError.class, () -> probe.expectDown(probe.id()));
    }

    /** Talks, and ends by itself or with its parent. */
    static final class Talker {
        private Talker() {}

        public static void main(String... args) throws InterruptedException {
            ForkedNode.endWithParent();
            ForkedNode.say("first " + System.getenv("MESSAGEPORT_SECRET"));
            ForkedNode.say("second");
            if (args.length > 0) {
                Thread.currentThread().join();
            }
        }
    }

    @Test
    void shouldShowTheOutputWhenAForkedProcessEndsWithoutTheLine() throws Exception {
        try (TestNodes nodes = new TestNodes()) {
            ForkedNode talker = nodes.fork(Talker.class);
            assertEquals(nodes.secret(), talker.awaitLine("first "));
            String failure = assertThrows(AssertionError.class, () -> talker.awaitLine("third")).getMessage();
            assertTrue(failure.startsWith("Talker ended without a line \"third…\"; it said:\n  first "), failure);
            assertEquals(List.of("second", "(end of output)"), talker.output().subList(1, 3));
        }
    }

    @Test
    void shouldEndTheForkedProcessWhenTheTestEnds() throws Exception {
        ForkedNode talker;
        try (TestNodes nodes = new TestNodes()) {
            talker = nodes.fork(Talker.class, "for ever");
            talker.awaitLine("second");
            assertTrue(ProcessHandle.of(talker.pid()).orElseThrow().isAlive());
            talker.stop();
        }
        assertTrue(ProcessHandle.of(talker.pid()).map(process -> !process.isAlive()).orElse(true));
    }
}
