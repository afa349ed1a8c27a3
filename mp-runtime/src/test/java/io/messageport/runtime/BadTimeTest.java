package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.messageport.Action;
import io.messageport.Message;
import io.messageport.Port;
import io.messageport.PortId;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every verb that takes a time, with the times that it cannot take; they are refused whatever state the port is in. */
@Tag("AFT-1")
class BadTimeTest extends WithNode {
    record Say(String text) {}

    /** A verb that takes a time. */
    @FunctionalInterface
    interface Timed {
        void at(BadTimeTest test, Duration time) throws Exception;
    }

    private static final Action NOTHING = () -> {};

    private final Port port = node.port().ignoreUnmatched();
    private final PortId id = port.id();

    private static Arguments row(String name, String what, Timed verb) {
        return arguments(name, what, verb);
    }

    static Stream<Arguments> mayBeNothing() {
        Predicate<Message> any = message -> true;
        return Stream.of(
                row("receive(time)", "a timeout", (t, time) -> t.port.receive(time)),
                row("receive(tag, time)", "a timeout", (t, time) -> t.port.receive("x", time)),
                row("receive(test, time)", "a timeout", (t, time) -> t.port.receive(any, time)),
                row("receive(type, time)", "a timeout", (t, time) -> t.port.receive(Say.class, time)),
                row("receive(type, test, time)", "a timeout",
                        (t, time) -> t.port.receive(Say.class, say -> true, time)),
                row("port.after(action)", "a delay", (t, time) -> t.port.after(time, NOTHING)),
                row("port.after(message)", "a delay", (t, time) -> t.port.after(time, t.id, "x")),
                row("node.after(action)", "a delay", (t, time) -> t.node.after(time, NOTHING)),
                row("node.after(message)", "a delay", (t, time) -> t.node.after(time, t.id, "x")));
    }

    static Stream<Arguments> longerThanNothing() {
        String timeout = "a call's timeout";
        return Stream.of(
                row("every", "an interval", (t, time) -> t.port.every(time, NOTHING)),
                row("port.call", timeout, (t, time) -> t.port.call(time, t.id, "x")),
                row("port.callAll", timeout, (t, time) -> t.port.callAll(time, List.of(t.id), "x")),
                row("port.callAny", timeout, (t, time) -> t.port.callAny(time, List.of(t.id), "x")),
                row("port.callQuorum", timeout, (t, time) -> t.port.callQuorum(1, time, List.of(t.id), "x")),
                row("node.call", timeout, (t, time) -> t.node.call(time, t.id, "x")),
                row("node.callAll", timeout, (t, time) -> t.node.callAll(time, List.of(t.id), "x")),
                row("node.callAny", timeout, (t, time) -> t.node.callAny(time, List.of(t.id), "x")),
                row("node.callQuorum", timeout, (t, time) -> t.node.callQuorum(1, time, List.of(t.id), "x")));
    }

    private void refused(String text, Timed verb, Duration time) {
        assertEquals(text, assertThrows(IllegalArgumentException.class, () -> verb.at(this, time)).getMessage());
    }

    private void refusedAtBothEnds(String what, Timed verb) {
        refused(what + " must be less than 292 years, not PT2562047788015215H30M7S", verb,
                Duration.ofSeconds(Long.MAX_VALUE));
        refused(what + " must be less than 292 years, not PT2562047H47M16.854775808S", verb,
                Duration.ofNanos(Long.MAX_VALUE).plusNanos(1));
        assertEquals(what + " must be given, not null",
                assertThrows(NullPointerException.class, () -> verb.at(this, null)).getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mayBeNothing")
    void shouldRefuseNegativeAndTooLongTimesWhereNothingIsATime(String name, String what, Timed verb) {
        refused(what + " must not be negative, but is PT-0.000000001S", verb, Duration.ofNanos(-1));
        refused(what + " must not be negative, but is PT-2562047788015215H-30M-8S", verb,
                Duration.ofSeconds(Long.MIN_VALUE));
        refusedAtBothEnds(what, verb);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("longerThanNothing")
    void shouldRefuseNothingWhereATimeMustBeLonger(String name, String what, Timed verb) {
        refused(what + " must be longer than nothing, not PT0S", verb, Duration.ZERO);
        refused(what + " must be longer than nothing, not PT-1S", verb, Duration.ofSeconds(-1));
        refusedAtBothEnds(what, verb);
    }

    @Test
    void shouldTakeTheLongestTimeThatAClockCanKeep() throws Exception {
        Duration longest = Duration.ofNanos(Long.MAX_VALUE);
        node.after(longest, NOTHING).close();
        port.after(longest, NOTHING).close();
        port.every(longest, NOTHING).close();
        port.call(longest, id, "x").close();
        PortId receiving = node.thread(self -> seen.add(self.receive(longest).orElseThrow().get(0))).id();
        node.send(receiving, "came");
        assertEquals("came", next());
    }
}
