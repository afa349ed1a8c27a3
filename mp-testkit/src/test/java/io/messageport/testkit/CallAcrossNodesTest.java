package io.messageport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Call;
import io.messageport.CallException;
import io.messageport.CallOutcome;
import io.messageport.Message;
import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@MpTest(nodes = 2)
record CallAcrossNodesTest(TestNodes nodes, Node a, Node b) {
    private static CallOutcome outcome(Call call) throws Exception {
        return call.outcome().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    @Tag("CAL-1")
    void shouldGiveTheReplyWhenTheRemotePortAnswers() throws Exception {
        Port callee = a.port();
        callee.on("double", message -> callee.reply("is", 2 * message.intValue(0)));
        assertEquals(Message.of("is", 42L), b.call(callee.id(), "double", 21).await());
    }

    @Test
    @Tag("CAL-1")
    void shouldGiveAnEmptyReplyWhenTheRemotePortAnswersNothing() throws Exception {
        Port callee = a.port();
        callee.on("ask", message -> callee.reply());
        assertTrue(b.call(callee.id(), "ask").await().isEmpty());
    }

    @Test
    @Tag("CAL-2")
    void shouldSayDownWithTheReasonWhenTheCalleeDies() throws Exception {
        Port callee = a.port();
        callee.on("ask", message -> callee.stop("too", "hard"));
        CallOutcome.Down down = assertInstanceOf(CallOutcome.Down.class, outcome(b.call(callee.id(), "ask")));
        assertEquals(Reason.of("too", "hard"), down.reason());
        assertEquals(callee.id(), down.target());
        assertEquals("ask", down.tag());
    }

    @Test
    @Tag("CAL-2")
    void shouldSayDownWhenTheCalleeDoesNotExist() throws Exception {
        PortId nobody = new PortId(a.id(), "nobody");
        CallOutcome.Down down = assertInstanceOf(CallOutcome.Down.class, outcome(b.call(nobody, "ask")));
        assertEquals(Reason.NoSuchPort.monitored(nobody), down.reason());
    }

    @Test
    @Tag("CAL-2")
    void shouldSayTimeoutOnceWhenTheCalleeIsSilentAndAnswersLate() throws Exception {
        Probe silent = Probe.on(a);
        AtomicInteger ended = new AtomicInteger();
        Call call = b.call(Duration.ofMillis(200), silent.id(), "ask", 1).then(outcome -> ended.incrementAndGet());
        CallException failure = assertThrows(CallException.class, call::await);
        CallOutcome.Timeout timeout = assertInstanceOf(CallOutcome.Timeout.class, failure.outcome());
        assertTrue(timeout.elapsed().compareTo(Duration.ofMillis(200)) >= 0, timeout::toString);
        assertTrue(failure.getMessage().contains(silent.id() + " to \"ask\""), failure::getMessage);

        silent.expect("ask");
        silent.reply("late");
        Probe after = Probe.on(b);
        silent.send(after.id(), "behind the late reply");
        after.expect("behind the late reply");
        assertEquals(1, ended.get());
    }

    @Test
    @Tag("CAL-2")
    void shouldSayDownWhenTheNodeOfTheCalleeIsLost() throws Exception {
        Node c = nodes.start("c", a, b);
        Probe silent = Probe.on(c);
        Call call = b.call(silent.id(), "ask");
        silent.expect("ask");
        c.close();
        assertInstanceOf(CallOutcome.Down.class, outcome(call));
    }

    @Test
    @Tag("CAL-2")
    void shouldSayDownWhenTheNodeOfTheCalleeIsUnknown() throws Exception {
        CallOutcome.Down down =
                assertInstanceOf(CallOutcome.Down.class, outcome(b.call(PortId.of("nowhere#x"), "ask")));
        assertInstanceOf(Reason.TransportError.class, down.reason());
    }
}
