package io.messageport.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.messageport.CallGroup;
import io.messageport.CallGroupOutcome;
import io.messageport.CallOutcome;
import io.messageport.Message;
import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One question to ports on several nodes. */
@Tag("CAL-2")
@MpTest(nodes = 3)
record CallGroupAcrossNodesTest(Node a, Node b, Node c) {
    private static PortId echo(Node node) {
        Port port = node.port();
        return port.on("ask", message -> port.reply(message.get(0))).id();
    }

    @Test
    void shouldCollectTheRepliesOfEveryNode() throws Exception {
        List<PortId> targets = List.of(echo(a), echo(b), echo(c));
        Map<PortId, Message> replies = c.callAll(targets, "ask", "x").await();
        assertEquals(targets, List.copyOf(replies.keySet()));
        replies.values().forEach(reply -> assertEquals(Message.of("x"), reply));
    }

    @Test
    @Tag("MON-4")
    void shouldEndTooEarlyForAQuorumWhenNodesAreLost() throws Exception {
        PortId silent = b.port().on("ask", message -> {}).id();
        PortId slow = a.port().on("ask", message -> {}).id();
        CallGroup group = c.callQuorum(2, List.of(silent, slow, echo(c)), "ask", 1);
        b.close();
        await().until(() -> c.stateOf(b.id()) != io.messageport.NodeState.UP);
        a.close();
        CallGroupOutcome.TooFew tooFew = assertInstanceOf(
                CallGroupOutcome.TooFew.class, group.outcome().toCompletableFuture().get(20, TimeUnit.SECONDS));
        assertEquals(1, tooFew.replies().size());
        CallOutcome.Down lost = assertInstanceOf(CallOutcome.Down.class, tooFew.outcomes().get(silent));
        assertEquals(silent, lost.target());
    }

    @Test
    @Tag("SND-1")
    void shouldPutAwayTheCallsMadeBeforeTheOneThatCannotBeSent() {
        CountDownLatch gate = new CountDownLatch(1);
        Port local = b.port();
        local.on("ask", message -> {
            gate.await();
            local.reply("too late");
        });
        PortId remote = echo(a);
        String refused = assertThrows(
                IllegalArgumentException.class, () -> b.callAll(List.of(local.id(), remote), "ask", new Object()))
                .getMessage();
        assertEquals(
                "value 1: java.lang.Object cannot cross the network; use a value that Message lists, or a record of"
                        + " such values",
                refused);
        gate.countDown();
        await().until(() -> b.statistics().lateReplies() == 1);
    }
}
