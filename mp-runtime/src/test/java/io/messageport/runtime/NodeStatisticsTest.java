package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.messageport.Call;
import io.messageport.CallOutcome;
import io.messageport.NodeStatistics;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Tag;
import io.messageport.face.Default;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a node counts. */
class NodeStatisticsTest extends WithNode {
    @Tag("say")
    record Old(String text) {}

    @Tag("say")
    record Later(String text, @Default("en") String language, @Default("1") int times) {}

    private void awaitCounts(long deadLetters, long lateReplies, long unknownValues) {
        Awaitility.await().until(
                node::statistics, new NodeStatistics(deadLetters, lateReplies, unknownValues, 0)::equals);
    }

    @Test
    void shouldCountNothingWhenEverybodyUnderstands() throws Exception {
        Port port = node.port().on(Old.class, seen::add);
        node.send(port.id(), "say", "hi");
        assertEquals(new Old("hi"), next());
        awaitCounts(0, 0, 0);
    }

    @Test
    void shouldCountWhatNewerSendersAddAndLeaveItOut() throws Exception {
        PortId old = node.port().on(Old.class, seen::add).id();
        node.send(old, new Later("hi", "de", 3));
        assertEquals(new Old("hi"), next());
        awaitCounts(0, 0, 2);
        PortId threaded = node.thread(self -> seen.add(self.receive(Old.class))).id();
        node.send(threaded, "say", "ho", "fr");
        assertEquals(new Old("ho"), next());
        awaitCounts(0, 0, 3);
    }

    @Test
    void shouldTakeDefaultsAndCountNothingWhenTheSenderIsOlder() throws Exception {
        PortId later = node.port().on(Later.class, seen::add).id();
        node.send(later, new Old("hi"));
        assertEquals(new Later("hi", "en", 1), next());
        awaitCounts(0, 0, 0);
    }

    @Test
    @org.junit.jupiter.api.Tag("CAL-1")
    void shouldNotCountTheReplyPortOfACallAsUnknown() throws Exception {
        Port port = node.port();
        port.on(Old.class, old -> port.reply(old.text()));
        assertEquals("hi", node.call(port.id(), new Old("hi")).await().string(0));
        awaitCounts(0, 0, 0);
        assertEquals("hi", node.call(port.id(), new Later("hi", "de", 3)).await().string(0));
        awaitCounts(0, 0, 2);
    }

    @Test
    @org.junit.jupiter.api.Tag("SND-2")
    @org.junit.jupiter.api.Tag("CAL-2")
    void shouldCountLateRepliesApartFromDeadLetters() throws Exception {
        node.send(PortId.of(node.id() + "#nobody"), "x");
        awaitCounts(1, 0, 0);
        Port twice = node.port();
        twice.on("ask", m -> {
            twice.reply(1);
            twice.reply(2);
        });
        assertEquals(1, node.call(twice.id(), "ask").await().get(0));
        awaitCounts(1, 1, 0);
        Port slow = node.port();
        slow.on("ask", m -> seen.add(m.replyTo()));
        Call call = node.call(Duration.ofMillis(1), slow.id(), "ask");
        PortId reply = (PortId) next();
        CallOutcome unused = call.outcome().toCompletableFuture().get();
        node.send(reply, "too late");
        awaitCounts(1, 2, 0);
    }
}
