package io.messageport.face;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.messageport.MessageMismatchException;
import io.messageport.NodeId;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.Tag;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What does not fit, and the text that says so. */
class MismatchTest {
    private static final BigInteger HUGE = BigInteger.ONE.shiftLeft(63);

    private enum Color {
        RED,
        GREEN
    }

    @Tag("t")
    private record Tiny(byte v) {}

    @Tag("t")
    private record Small(short v) {}

    @Tag("t")
    private record Whole(int v) {}

    @Tag("t")
    private record Boxed(Integer v) {}

    @Tag("t")
    private record Wide(long v) {}

    @Tag("t")
    private record Big(BigInteger v) {}

    @Tag("t")
    private record Narrow(float v) {}

    @Tag("t")
    private record Real(double v) {}

    @Tag("t")
    private record Flag(boolean v) {}

    @Tag("t")
    private record Letter(char v) {}

    @Tag("t")
    private record Text(String v) {}

    @Tag("t")
    private record Bytes(byte[] v) {}

    @Tag("t")
    private record Port1(PortId v) {}

    @Tag("t")
    private record Node1(NodeId v) {}

    @Tag("t")
    private record Time(Instant v) {}

    @Tag("t")
    private record Span(Duration v) {}

    @Tag("t")
    private record Unique(UUID v) {}

    @Tag("t")
    private record Why(Reason v) {}

    @Tag("t")
    private record Hue(Color v) {}

    @Tag("t")
    private record Maybe(Optional<Color> v) {}

    @Tag("t")
    private record Ints(List<Integer> v) {}

    @Tag("t")
    private record Hues(Set<Color> v) {}

    @Tag("t")
    private record Array1(int[] v) {}

    @Tag("t")
    private record Index(Map<Integer, Boolean> v) {}

    private record Author(String name, List<String> nicks) {}

    private sealed interface Figure {}

    private record Circle(double radius) implements Figure {}

    private record Say(Author author, Map<String, List<Figure>> figures) {}

    @Tag("t")
    private record Nested(Author v) {}

    @Tag("t")
    private record Drawing(Figure v) {}

    private record Age(int years) {
        private Age {
            if (years < 0) {
                throw new IllegalArgumentException("nobody is " + years + " years old");
            }
        }
    }

    private record Person(String name, Age age) {}

    private record Silent(String text) {
        private Silent {
            if (text.isEmpty()) {
                throw new IllegalStateException();
            }
        }
    }

    static Stream<Arguments> numbers() {
        return Stream.of(
                arguments(Tiny.class, 128, "an integer within 8 bits, found Integer 128"),
                arguments(Tiny.class, -129L, "an integer within 8 bits, found Long -129"),
                arguments(Tiny.class, null, "an integer within 8 bits, found null"),
                arguments(Small.class, 32768, "an integer within 16 bits, found Integer 32768"),
                arguments(Whole.class, 1L << 31, "an integer within 32 bits, found Long 2147483648"),
                arguments(Whole.class, 1.0, "an integer within 32 bits, found Double 1.0"),
                arguments(Whole.class, "1", "an integer within 32 bits, found String \"1\""),
                arguments(Boxed.class, HUGE, "an integer within 32 bits, found BigInteger " + HUGE),
                arguments(Wide.class, HUGE, "an integer within 64 bits, found BigInteger " + HUGE),
                arguments(Wide.class, Optional.empty(), "an integer within 64 bits, found null"),
                arguments(Big.class, 1f, "an integer, found Float 1.0"),
                arguments(Narrow.class, 1e300, "a number that a float can hold, found Double 1.0E300"),
                arguments(Narrow.class, 16_777_217, "a number that a float can hold, found Integer 16777217"),
                arguments(Narrow.class, "1", "a number that a float can hold, found String \"1\""),
                arguments(Real.class, Long.MAX_VALUE, "a number that a double can hold, found Long " + Long.MAX_VALUE),
                arguments(Real.class, (1L << 53) + 1, "a number that a double can hold, found Long 9007199254740993"),
                arguments(Real.class, HUGE.add(BigInteger.ONE), "a number that a double can hold, found BigInteger "
                        + HUGE.add(BigInteger.ONE)),
                arguments(Real.class, BigInteger.ONE.shiftLeft(2000),
                        "a number that a double can hold, found BigInteger "
                                + BigInteger.ONE.shiftLeft(2000).toString().substring(0, 40) + "…"));
    }

    static Stream<Arguments> others() {
        return Stream.of(
                arguments(Flag.class, 1, "a boolean, found Integer 1"),
                arguments(Flag.class, null, "a boolean, found null"),
                arguments(Letter.class, "ab", "a string of one character, found String \"ab\""),
                arguments(Letter.class, 97, "a string of one character, found Integer 97"),
                arguments(Text.class, 7, "a string, found Integer 7"),
                arguments(Text.class, List.of(1, 2), "a string, found a list of 2 [1, 2]"),
                arguments(Text.class, Map.of("a", 1), "a string, found a map of 1 {a=1}"),
                arguments(Text.class, new byte[3], "a string, found 3 bytes"),
                arguments(Bytes.class, List.of(1), "a byte array, found a list of 1 [1]"),
                arguments(Bytes.class, "x".repeat(50), "a byte array, found String \"" + "x".repeat(40) + "…\""),
                arguments(Port1.class, 7, "a port ID, found Integer 7"),
                arguments(Port1.class, "a b#1", "a port ID, found String \"a b#1\" (illegal character ' ' at index 1 of"
                        + " node ID \"a b\": use letters, digits and _ - . : /)"),
                arguments(Node1.class, "", "a node ID, found String \"\" (illegal node ID \"\": it may be neither empty"
                        + " nor \"0\")"),
                arguments(Time.class, "noon", "an instant, found String \"noon\" (Text 'noon' could not be parsed at"
                        + " index 0)"),
                arguments(Span.class, 5, "a duration, found Integer 5"),
                arguments(Unique.class, "x", "a UUID, found String \"x\" (Invalid UUID string: x)"),
                arguments(Why.class, "x", "a reason's list, found String \"x\""),
                arguments(Hue.class, "BLUE", "one of RED, GREEN (Color), found String \"BLUE\""),
                arguments(Hue.class, 0, "one of RED, GREEN (Color), found Integer 0"),
                arguments(Maybe.class, "BLUE", "one of RED, GREEN (Color), found String \"BLUE\""),
                arguments(Ints.class, 1, "a list, found Integer 1"),
                arguments(Hues.class, Map.of(), "a list, found a map of 0 {}"),
                arguments(Array1.class, "x", "a list, found String \"x\""),
                arguments(Index.class, List.of(), "a map, found a list of 0 []"),
                arguments(Nested.class, 1, "the list of a Author, found Integer 1"),
                arguments(Drawing.class, List.of("square", 1), "a list that starts with one of the tags \"circle\""
                        + " (Figure), found a list of 2 [square, 1]"),
                arguments(Drawing.class, List.of(),
                        "a list that starts with one of the tags \"circle\" (Figure), found a"
                                + " list of 0 []"),
                arguments(Text.class, Thread.State.class, "a string, found Class class java.lang.Thread$State"));
    }

    @ParameterizedTest
    @MethodSource({"numbers", "others"})
    @org.junit.jupiter.api.Tag("RCV-3")
    void shouldSayWhatWasExpectedAndFound(Class<?> type, Object value, String text) {
        String message = mismatch(type, "t", value).getMessage();
        assertEquals("t.v should be " + text, message.substring(0, message.indexOf("; message (t, ")));
    }

    static Stream<Arguments> places() {
        return Stream.of(
                arguments(Ints.class, Arrays.asList(1, 2, "x"), "t.v[2] should be an integer within 32 bits"),
                arguments(Array1.class, Arrays.asList(1, null),
                        "t.v[1] should be an integer within 32 bits, found null"),
                arguments(Hues.class, List.of("BLUE"), "t.v[0] should be one of RED, GREEN (Color)"),
                arguments(Index.class, ordered(1, true, "x", true), "t.v.keys[1] should be an integer within 32 bits"),
                arguments(Index.class, ordered(1, true, 2, "x"), "t.v[2] should be a boolean, found String"),
                arguments(Index.class, ordered(1, true, 1L, false), "t.v has keys that become equal: a map of 2"),
                arguments(Nested.class, List.of("a", List.of("b", 7)),
                        "t.v.nicks[1] should be a string, found Integer 7"),
                arguments(Nested.class, List.of(),
                        "t.v.name should be a string, found nothing: the message ends before it,"
                                + " and it has no @Default"),
                arguments(Drawing.class, List.of("circle", "x"),
                        "t.v.radius should be a number that a double can hold"));
    }

    @ParameterizedTest
    @MethodSource("places")
    void shouldTellThePlaceWithinTheComponent(Class<?> type, Object value, String start) {
        String message = mismatch(type, "t", value).getMessage();
        assertEquals(start, message.substring(0, Math.min(start.length(), message.length())));
    }

    @Test
    void shouldTellWholePathWhenNestedDeeply() {
        Object[] values =
                {"say", List.of("a", List.of()), Map.of("k", List.of(List.of("circle", 1), List.of("circle", "r")))};
        assertEquals(
                "say.figures[\"k\"][1].radius should be a number that a double can hold, found String \"r\"; message"
                        + " (say, [a, []], {k=[[circle, 1], [circle, r]]})",
                mismatch(Say.class, values).getMessage());
    }

    @Test
    void shouldShowMessageFromTheTagOn() {
        Object[] values = {"before", "t", 1};
        String text = assertThrows(MessageMismatchException.class, () -> Face.of(Text.class).fromValues(values, 1))
                .getMessage();
        assertEquals("t.v should be a string, found Integer 1; message (t, 1)", text);
    }

    @Test
    void shouldTellWhatTheRecordItselfRefuses() {
        MessageMismatchException refused = mismatch(Age.class, "age", -1L);
        assertEquals("age does not fit the record Age: nobody is -1 years old; message (age, -1)",
                refused.getMessage());
        assertInstanceOf(IllegalArgumentException.class, refused.getCause());
        assertEquals("nobody is -1 years old", refused.getCause().getMessage());
        assertEquals(
                "person.age does not fit the record Age: nobody is -1 years old; message (person, Eve, [-1])",
                mismatch(Person.class, "person", "Eve", List.of(-1)).getMessage());
        assertEquals(
                "silent does not fit the record Silent: java.lang.IllegalStateException; message (silent, )",
                mismatch(Silent.class, "silent", "").getMessage());
    }

    @Test
    void shouldKeepCauseWhenTextCannotBeParsed() {
        assertInstanceOf(
                java.time.format.DateTimeParseException.class,
                mismatch(Time.class, "t", "noon").getCause());
        assertSame(null, mismatch(Time.class, "t", 1).getCause());
    }

    private static Map<Object, Object> ordered(Object... pairs) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static MessageMismatchException mismatch(Class<?> type, Object... values) {
        return assertThrows(MessageMismatchException.class, () -> Face.of(type).fromValues(values, 0));
    }
}
