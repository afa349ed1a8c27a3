package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Call;
import io.messageport.CallException;
import io.messageport.CallOutcome;
import io.messageport.Message;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls within a node: exactly one outcome each. */
class CallTest extends WithNode {
    record Get(String key) {}

    private final PortId store = node.open(Store::new).id();

    static final class Store extends Port {
        Store() {
            on("echo", m -> send(m.replyTo(), m.get(0)));
            on("nothing", m -> reply());
            on(Get.class, get -> reply("value of " + get.key()));
            on("never", m -> {});
            on("die", m -> stop("as asked"));
            on("twice", m -> {
                reply(1);
                reply(2);
            });
        }
    }

    @Test
    @Tag("CAL-1")
    void shouldReturnReplyWhenCalleeAnswers() throws Exception {
        assertEquals(Message.of("hello"), node.call(store, "echo", "hello").await());
        assertTrue(node.call(store, "nothing").await().isEmpty());
        assertEquals("value of k", node.call(store, new Get("k")).await().string(0));
    }

    @Test
    @Tag("CAL-1")
    void shouldLiveOnlyAsLongAsTheCallIsOpen() throws Exception {
        Call call = node.call(store, "twice");
        var down = node.whenDown(call.replyPort()).toCompletableFuture();
        assertEquals(Message.of(1), call.await());
        Reason reason = down.get();
        assertTrue(reason.isNormal() || reason instanceof Reason.NoSuchPort, reason.toString());
    }

    @Test
    @Tag("CAL-2")
    void shouldTimeOutWithTargetTagAndTimeWhenNobodyAnswers() {
        Call call = node.call(Duration.ofMillis(50), store, "never", 1);
        CallException failure = assertThrows(CallException.class, call::await);
        CallOutcome.Timeout timeout = assertInstanceOf(CallOutcome.Timeout.class, failure.outcome());
        assertEquals("never", timeout.tag());
        assertTrue(failure.getMessage().contains(store.toString()), failure.getMessage());
        assertTrue(failure.getMessage().contains("\"never\""), failure.getMessage());
        assertTrue(failure.getMessage().matches("(?s).*within \\d+ ms.*"), failure.getMessage());
        assertTrue(timeout.elapsed().toMillis() >= 50, timeout.toString());
    }

    @Test
    @Tag("CAL-2")
    void shouldFailWithReasonWhenCalleeDies() {
        CallException failure =
                assertThrows(CallException.class, () -> node.call(store, "die").await());
        CallOutcome.Down down = assertInstanceOf(CallOutcome.Down.class, failure.outcome());
        assertEquals(Reason.of("as asked"), down.reason());
    }

    @Test
    @Tag("CAL-2")
    void shouldFailWhenCalleeDoesNotExist() {
        PortId nobody = PortId.of(node.id() + "#nobody");
        CallException failure =
                assertThrows(CallException.class, () -> node.call(nobody, "x").await());
        assertInstanceOf(Reason.NoSuchPort.class, ((CallOutcome.Down) failure.outcome()).reason());
    }

    @Test
    @Tag("CAL-2")
    void shouldCompleteExactlyOnceWhenReplyDeathAndTimeoutRace() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            Port callee = node.port().on("ask", m -> {
                node.send(m.replyTo(), "answer");
                throw new IllegalStateException("and die");
            });
            node.monitor(callee.id(), reason -> {});
            Call call = node.call(Duration.ofNanos(1 + i * 50L), callee.id(), "ask");
            call.then(seen::add);
            Object first = next();
            assertInstanceOf(CallOutcome.class, first);
        }
        settle(node.port().otherwise(m -> {}));
        assertTrue(seen.isEmpty(), () -> "a second outcome: " + seen);
    }

    @Test
    @Tag("CAL-1")
    void shouldRunThenInTheCallersContext() throws Exception {
        Port caller = node.port().otherwise(m -> {});
        caller.call(store, "echo", 1).then(outcome -> seen.add(Port.self()));
        assertEquals(caller.id(), next());
    }

    @Test
    @Tag("CAL-2")
    void shouldEndTheCallWhenTheCallerDies() throws Exception {
        Port caller = node.port().otherwise(m -> {});
        Call call = caller.call(store, "never");
        node.kill(caller.id());
        CallException failure = assertThrows(CallException.class, call::await);
        assertTrue(failure.getMessage().contains("caller_died"), failure.getMessage());
    }

    @Test
    void shouldSayWhatIsMissingWhenThereIsNothingToReplyTo() throws Exception {
        Port port = node.open(Store::new);
        IllegalStateException outside = assertThrows(IllegalStateException.class, () -> port.reply("x"));
        assertTrue(outside.getMessage().contains("no message to reply to"), outside.getMessage());
        var death = node.whenDown(port.id()).toCompletableFuture();
        node.send(port.id(), "nothing");
        assertTrue(death.get().toString().contains("does not end with a port ID"), death.get().toString());
        assertThrows(IllegalArgumentException.class, () -> node.call(Duration.ZERO, store, "x"));
    }

    @Test
    void shouldAskWithAnArrayOfStrings() throws Exception {
        assertEquals(Message.of("x"), node.call(store, (Object[]) new String[] {"echo", "x"}).await());
    }
}
