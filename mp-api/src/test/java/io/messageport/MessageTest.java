package io.messageport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.messageport.spi.Access;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Accessors, views and equality of messages. */
class MessageTest {
    private static final PortId PORT = PortId.of("n#p");
    private static final byte[] BYTES = {1, 2, 3};

    private static Arguments row(BiFunction<Message, Integer, Object> accessor, Object value, Object expected) {
        return arguments(accessor, value, expected);
    }

    static Stream<Arguments> right() {
        return Stream.of(
                row(Message::get, null, null),
                row(Message::get, 1, 1),
                row(Message::string, "x", "x"),
                row(Message::bool, true, true),
                row(Message::intValue, (byte) 5, 5),
                row(Message::intValue, (short) 5, 5),
                row(Message::intValue, 5, 5),
                row(Message::intValue, (long) Integer.MIN_VALUE, Integer.MIN_VALUE),
                row(Message::intValue, BigInteger.TWO, 2),
                row(Message::longValue, (byte) -5, -5L),
                row(Message::longValue, (short) -5, -5L),
                row(Message::longValue, -5, -5L),
                row(Message::longValue, Long.MAX_VALUE, Long.MAX_VALUE),
                row(Message::longValue, BigInteger.valueOf(Long.MIN_VALUE), Long.MIN_VALUE),
                row(Message::doubleValue, 1.5, 1.5),
                row(Message::doubleValue, 1.5f, 1.5),
                row(Message::doubleValue, 3L, 3.0),
                row(Message::bytes, BYTES, BYTES),
                row(Message::port, PORT, PORT),
                row(Message::port, "n#p", PORT),
                row(Message::node, NodeId.of("n"), NodeId.of("n")),
                row(Message::node, "n", NodeId.of("n")),
                row(Message::instant, Instant.EPOCH, Instant.EPOCH),
                row(Message::duration, Duration.ZERO, Duration.ZERO),
                row(Message::uuid, new UUID(1, 2), new UUID(1, 2)),
                row(Message::list, List.of(1), List.of(1)),
                row(Message::map, Map.of(1, 2), Map.of(1, 2)));
    }

    @ParameterizedTest
    @MethodSource("right")
    void shouldGiveValueWhenItFits(BiFunction<Message, Integer, Object> accessor, Object value, Object expected) {
        assertEquals(expected, accessor.apply(Message.of("tag", value), 1));
        assertEquals(expected, accessor.apply(view(2, "gone", "tag", value), 0));
    }

    static Stream<Arguments> wrong() {
        BigInteger huge = BigInteger.ONE.shiftLeft(63);
        return Stream.of(
                row(Message::string, 1, "a string, found Integer 1"),
                row(Message::string, null, "a string, found null"),
                row(Message::bool, "true", "a boolean, found String true"),
                row(Message::intValue, 1L << 31, "an integer within 32 bits, found Long 2147483648"),
                row(Message::intValue, huge, "an integer within 32 bits, found BigInteger " + huge),
                row(Message::intValue, "1", "an integer within 32 bits, found String 1"),
                row(Message::longValue, huge, "an integer within 64 bits, found BigInteger " + huge),
                row(Message::longValue, 1.0, "an integer within 64 bits, found Double 1.0"),
                row(Message::longValue, null, "an integer within 64 bits, found null"),
                row(Message::doubleValue, "1", "a number, found String 1"),
                row(Message::bytes, "x", "a byte array, found String x"),
                row(Message::string, BYTES, "a string, found byte[] 3 bytes"),
                row(Message::port, 1, "a port ID, found Integer 1"),
                row(Message::port, "%", "a port ID, found \"%\" (illegal character '%' at index 0 of node ID \"%\": use"
                        + " letters, digits and _ - . : /)"),
                row(Message::node, PORT, "a node ID, found PortId n#p"),
                row(Message::node, "0",
                        "a node ID, found \"0\" (illegal node ID \"0\": it may be neither empty nor \"0\")"),
                row(Message::instant, "noon", "an instant, found String noon"),
                row(Message::duration, 1, "a duration, found Integer 1"),
                row(Message::uuid, "x", "a UUID, found String x"),
                row(Message::list, Map.of(), "a list, found MapN {}"),
                row(Message::map, "x".repeat(41), "a map, found String " + "x".repeat(40) + "…"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void shouldSayWhatWasExpectedAndFound(BiFunction<Message, Integer, Object> accessor, Object value, String text) {
        Message message = Message.of("tag", value);
        MessageMismatchException mismatch =
                assertThrows(MessageMismatchException.class, () -> accessor.apply(message, 1));
        assertEquals("value 1 of the message should be " + text + "; message " + message, mismatch.getMessage());
    }

    /** Every accessor, what it wants, and a value that none but {@code get} takes. */
    static Stream<Arguments> accessors() {
        return Stream.of(
                named(Message::get, "a value"),
                named(Message::string, "a string"),
                named(Message::bool, "a boolean"),
                named(Message::intValue, "an integer within 32 bits"),
                named(Message::longValue, "an integer within 64 bits"),
                named(Message::doubleValue, "a number"),
                named(Message::bytes, "a byte array"),
                named(Message::port, "a port ID"),
                named(Message::node, "a node ID"),
                named(Message::instant, "an instant"),
                named(Message::duration, "a duration"),
                named(Message::uuid, "a UUID"),
                named(Message::list, "a list"),
                named(Message::map, "a map"));
    }

    private static Arguments named(BiFunction<Message, Integer, Object> accessor, String expected) {
        return arguments(accessor, expected);
    }

    @ParameterizedTest
    @MethodSource("accessors")
    void shouldSayHowManyThereAreWhenIndexIsWrong(BiFunction<Message, Integer, Object> accessor, String expected) {
        Message message = view(1, "tag", "a", "b");
        for (int index : new int[] {2, 3, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertEquals(
                    "value " + index + " of the message should be " + expected
                            + ", found only 2 value(s); message (a, b)",
                    mismatch(accessor, message, index));
        }
    }

    @ParameterizedTest
    @MethodSource("accessors")
    void shouldSayWhatIsThereWhenItIsNullOrOfAnotherType(
            BiFunction<Message, Integer, Object> accessor, String expected) {
        if (expected.equals("a value")) {
            return;
        }
        String start = "value 0 of the message should be " + expected + ", found ";
        assertEquals(start + "null; message (null)", mismatch(accessor, Message.of((Object) null), 0));
        assertEquals(start + "Character c; message (c)", mismatch(accessor, Message.of('c'), 0));
    }

    @Test
    void shouldSayHowManyThereAreWhenRestBeginsBehindTheEnd() {
        Message message = view(1, "tag", "a", "b");
        String text = " of the message should be a value, found only 2 value(s); message (a, b)";
        assertEquals("value 3" + text, mismatch(() -> message.valuesFrom(3)));
        assertEquals("value -1" + text, mismatch(() -> message.valuesFrom(-1)));
    }

    @Test
    void shouldGiveReplyPortWhenItIsLast() {
        assertEquals(PORT, Message.of("ask", 1, PORT).replyTo());
        assertEquals(
                "value 1 of the message should be a port ID, found Integer 1; message (ask, 1)",
                mismatch(() -> Message.of("ask", 1).replyTo()));
        assertEquals("the message should end with a reply port, but is empty", mismatch(() -> Message.of().replyTo()));
    }

    @Test
    @org.junit.jupiter.api.Tag("RCV-3")
    void shouldHaveTagWhenFirstValueIsStringOrPort() {
        assertEquals("x", Message.of("x", 1).tag());
        assertEquals(PORT, Message.of(PORT, 1).tag());
        assertNull(Message.of(1, "x").tag());
        assertNull(Message.of((Object) null).tag());
        assertNull(Message.of().tag());
        assertTrue(Message.of().isEmpty());
    }

    @Test
    void shouldSeeValuesFromItsOffsetOn() {
        Message view = view(1, "tag", "a", null);
        assertEquals(2, view.size());
        assertEquals(Arrays.asList("a", null), view.values());
        assertEquals(Arrays.asList((Object) null), view.valuesFrom(1));
        assertEquals(List.of(), view.valuesFrom(2));
        assertThrows(UnsupportedOperationException.class, () -> view.values().set(0, "x"));
        assertArrayEquals(new Object[] {"a", null}, Access.messages().array(view));
        assertEquals("(a, null)", view.toString());
        assertTrue(view(1, "tag").isEmpty());
    }

    @Test
    void shouldCopyItsArray() {
        Object[] values = {"a"};
        Message message = Message.of(values);
        values[0] = "b";
        assertEquals("a", message.string(0));
        assertSame(BYTES, Message.of((Object) BYTES).bytes(0));
    }

    @Test
    void shouldBeEqualWhenValuesAre() {
        Message message = Message.of("a", new byte[] {1}, null);
        Message same = view(2, "x", "y", "a", new byte[] {1}, null);
        assertEquals(message, same);
        assertEquals(message.hashCode(), same.hashCode());
        assertNotEquals(message, Message.of("a", new byte[] {2}, null));
        assertNotEquals(message, Message.of("a"));
        assertNotEquals(message, "a");
    }

    private static Message view(int from, Object... values) {
        return Access.messages().view(values, from);
    }

    private static String mismatch(BiFunction<Message, Integer, Object> accessor, Message message, int index) {
        return mismatch(() -> {
            Object unused = accessor.apply(message, index);
        });
    }

    private static String mismatch(Runnable code) {
        return assertThrows(MessageMismatchException.class, code::run).getMessage();
    }
}
