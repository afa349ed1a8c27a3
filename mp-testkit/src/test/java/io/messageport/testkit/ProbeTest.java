package io.messageport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.messageport.Call;
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
    void shouldTakeTheFirstThatFitsAndLeaveTheOthersWhenWaitingForAMatch() {
        Probe probe = Probe.on(node);
        node.send(probe.id(), "a", 1);
        node.send(probe.id(), new Say("b"));
        node.send(probe.id(), "c", 3);
        node.after(Duration.ofMillis(20), probe.id(), "late");
        assertEquals(Message.of(3), probe.awaitMatching("c"));
        assertEquals(Message.of(), probe.awaitMatching("late"));
        assertEquals(new Say("b"), probe.awaitMatching(Say.class));
        assertEquals(Message.of("a", 1), probe.awaitMatching(message -> message.size() == 2));
        probe.expectNone(Duration.ZERO);
    }

    @Test
    void shouldTakeAsManyAsExpectedInWhateverOrderTheyCome() {
        Probe probe = Probe.on(node);
        Port port = node.port();
        probe.watch(port.id());
        port.stop("x");
        probe.awaitMatching(Expected.down(port.id()));
        node.send(probe.id(), new Say("first"));
        node.send(probe.id(), "a", 1);
        node.send(probe.id(), new Say("second"));
        node.send(probe.id(), "next");
        List<Object> given = probe.expectAll(
                Expected.tag("a"), Expected.equalTo(new Say("second")), Expected.type(Say.class));
        assertEquals(List.of(Message.of(1), Message.of("say", "second"), new Say("first")), given);
        probe.expect("next");
    }

    @Test
    void shouldFindTheAssignmentWhenAMessageFitsSeveralExpectations() {
        Probe probe = Probe.on(node);
        node.send(probe.id(), "both", 1);
        node.send(probe.id(), "only the first", 2);
        List<Object> given = probe.expectAll(
                Expected.that("anything", message -> true), Expected.tag("both").and("at all", message -> true));
        assertEquals(List.of(Message.of("only the first", 2), Message.of(1)), given);
    }

    @Test
    void shouldAnswerTheCallTakenLast() throws Exception {
        Probe probe = Probe.on(node);
        Call call = node.call(probe.id(), "ask", 1);
        assertThrows(IllegalStateException.class, () -> probe.reply("too early"));
        probe.expect("ask");
        probe.reply("answer", 2);
        assertEquals(Message.of("answer", 2), call.await());
        node.send(probe.id(), "tell");
        probe.expect("tell");
        assertThrows(IllegalStateException.class, () -> probe.reply("nobody asked"));
    }

    @Test
    void shouldTellOfTheEndOfAPortAsItIsAskedFor() {
        Probe probe = Probe.on(node);
        for (Object[] reason : new Object[][] {{}, {"x", 1}, {"die", "why"}}) {
            Port port = node.port();
            probe.watch(port.id());
            port.stop(reason);
            switch (reason.length) {
                case 0 -> probe.expectDown(port.id(), Reason::isNormal);
                default -> probe.expectDown(port.id(), Reason.of(reason));
            }
            assertThrows(IllegalStateException.class, () -> probe.expectDown(port.id()));
        }
        Port port = node.port();
        probe.watch(port.id());
        port.stop("die", "why");
        assertEquals("why", probe.expectDown(port.id(), Reason.Died.class).text());
    }
}
