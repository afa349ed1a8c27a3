package io.messageport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reasons and their lists. */
class ReasonTest {
    private static final PortId PORT = PortId.of("n#p");

    static Stream<Arguments> kinds() {
        return Stream.of(
                arguments(Reason.normal(), List.of(), "normal"),
                arguments(new Reason.Died("boom"), List.of("die", "boom"), "die: boom"),
                arguments(new Reason.Unhandled("no x"), List.of("unhandled_message", "no x"),
                        "unhandled_message: no x"),
                arguments(
                        Reason.NoSuchPort.monitored(PORT),
                        List.of("no_such_port", "cannot monitor nonexistent port", PORT),
                        "no_such_port: cannot monitor nonexistent port: n#p"),
                arguments(
                        new Reason.TransportError("n", "timeout"),
                        List.of("transport_error", "n", "timeout"),
                        "transport_error: n: timeout"),
                arguments(new Reason.MailboxOverflow(5), List.of("mailbox_overflow", 5L), "mailbox_overflow: 5"),
                arguments(Reason.of("bye", 1, null), Arrays.asList("bye", 1, null), "bye: 1: null"),
                arguments(Reason.of((Object) null), Arrays.asList((Object) null), "null"),
                arguments(
                        Reason.of("deep", List.of(1, Map.of("k", List.of()))),
                        List.of("deep", List.of(1, Map.of("k", List.of()))),
                        "deep: [1, {k=[]}]"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldComeBackFromItsList(Reason reason, List<Object> values, String text) {
        assertEquals(values, reason.values());
        assertEquals(reason, Reason.of(reason.values()));
        assertEquals(reason, Reason.of(values.toArray()));
        assertEquals(reason.hashCode(), Reason.of(values).hashCode());
        assertEquals(text, reason.toString());
        assertEquals(values.isEmpty(), reason.isNormal());
        assertThrows(UnsupportedOperationException.class, () -> reason.values().add("x"));
    }

    static Stream<List<Object>> nearMisses() {
        return Stream.of(
                List.of("die"),
                List.of("die", 1),
                List.of("die", "x", "y"),
                Arrays.asList("die", null),
                List.of("unhandled_message", PORT),
                List.of("no_such_port", "x", "n#p"),
                List.of("transport_error", NodeId.of("n"), "x"),
                List.of("mailbox_overflow", "5"),
                List.of("mailbox_overflow", 5.5),
                List.of(1, 2));
    }

    @ParameterizedTest
    @MethodSource("nearMisses")
    void shouldBeCustomWhenListIsNotQuiteThatOfAKind(List<Object> values) {
        Reason reason = Reason.of(values);
        assertInstanceOf(Reason.Custom.class, reason);
        assertEquals(values, reason.values());
        assertFalse(reason.isNormal());
    }

    @Test
    void shouldTakeDepthOfAnyIntegerWidth() {
        for (Object depth : new Object[] {(byte) 5, (short) 5, 5, 5L}) {
            assertEquals(new Reason.MailboxOverflow(5), Reason.of("mailbox_overflow", depth));
        }
    }

    @Test
    void shouldBeEqualWhenBytesAre() {
        Reason one = Reason.of("x", new byte[] {1, 2});
        Reason other = Reason.of("x", new byte[] {1, 2});
        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
        assertNotEquals(one, Reason.of("x", new byte[] {1, 3}));
        assertEquals("x: 2 bytes", one.toString());
    }

    @Test
    void shouldNotChangeWhenItsSourceDoes() {
        List<Object> source = new ArrayList<>(List.of("x", 1));
        Object[] array = {"x", 1};
        Reason ofList = Reason.of(source);
        Reason ofArray = Reason.of(array);
        source.clear();
        array[0] = "y";
        assertEquals(List.of("x", 1), ofList.values());
        assertEquals(List.of("x", 1), ofArray.values());
    }

    @Test
    void shouldBeOneInstanceWhenNormal() {
        assertSame(Reason.normal(), Reason.of());
        assertSame(Reason.normal(), Reason.of(List.of()));
        assertTrue(Reason.normal().isNormal());
    }

    @Test
    void shouldRefuseCustomReasonWithTheListOfAnotherKind() {
        assertEquals(
                "the list (die: x) is the reason Died: make reasons of lists with Reason.of",
                assertThrows(IllegalArgumentException.class, () -> new Reason.Custom(List.of("die", "x")))
                        .getMessage());
        assertEquals(
                "the list () is the reason Normal: make reasons of lists with Reason.of",
                assertThrows(IllegalArgumentException.class, () -> new Reason.Custom(List.of())).getMessage());
    }

    @Test
    @org.junit.jupiter.api.Tag("RCV-6")
    void shouldStripTrailingLineEndsOfWhatWasThrown() {
        assertEquals(
                new Reason.Died("java.lang.IllegalStateException: a\nb"),
                Reason.Died.of(new IllegalStateException("a\nb\r\n\n")));
        assertEquals(new Reason.Died("java.lang.StackOverflowError"), Reason.Died.of(new StackOverflowError()));
    }
}
