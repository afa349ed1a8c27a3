package io.messageport.face;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.messageport.MessageMismatchException;
import io.messageport.NodeId;
import io.messageport.PortId;
import io.messageport.Tag;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
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

/** Senders and receivers of different age: components that came later, and values nobody knows yet. */
class EvolutionTest {
    private enum Color {
        RED,
        GREEN
    }

    @Tag("say")
    private record Old(String text) {}

    @Tag("say")
    private record Later(String text, @Default("en") String language, @Default("3") int times) {}

    @Tag("say")
    private record Latest(
            String text,
            Optional<Integer> age,
            List<String> tags,
            Collection<Integer> counts,
            Set<Color> colors,
            Map<String, Integer> marks) {}

    @Tag("all")
    private record All(
            @Default("1") byte a,
            @Default("-2") Short b,
            @Default("3") long c,
            @Default("4") BigInteger d,
            @Default("0.5") float e,
            @Default("-1e9") Double f,
            @Default("true") boolean g,
            @Default("x") char h,
            @Default("") String i,
            @Default("n#p") PortId j,
            @Default("n") NodeId k,
            @Default("2024-01-01T00:00:00Z") Instant l,
            @Default("PT1S") Duration m,
            @Default("00000000-0000-0001-0000-000000000002") UUID n,
            @Default("GREEN") Color o,
            @Default("7") Optional<Integer> p,
            @Default("any") Object q) {}

    private record Inner(String name, @Default("0") int age) {}

    private record Outer(Inner inner, List<Inner> more) {}

    private record BadNumber(@Default("many") int v) {}

    private record BadRange(@Default("300") byte v) {}

    private record BadFlag(@Default("yes") boolean v) {}

    private record BadLetter(@Default("xy") char v) {}

    private record BadColor(@Default("BLUE") Color v) {}

    private record BadList(@Default("a") List<String> v) {}

    private record BadRecord(@Default("a") Old v) {}

    private record BadBytes(@Default("a") byte[] v) {}

    @Test
    void shouldTakeDefaultsWhenSenderIsOlder() {
        assertEquals(new Later("hi", "en", 3), read(Later.class, "say", "hi"));
        assertEquals(new Later("hi", "de", 3), read(Later.class, "say", "hi", "de"));
        assertEquals(new Later("hi", "de", 4), read(Later.class, "say", "hi", "de", 4L));
        assertEquals(0, Face.of(Later.class).extra(new Object[] {"say", "hi"}, 0));
    }

    @Test
    void shouldBeEmptyWhenOptionalOrCollectionIsMissing() {
        assertEquals(
                new Latest("hi", Optional.empty(), List.of(), List.of(), Set.of(), Map.of()),
                read(Latest.class, "say", "hi"));
    }

    @Test
    void shouldTakeNullAsValueWhenItIsThere() {
        assertNull(read(Later.class, "say", "hi", null).language());
        assertNull(read(Latest.class, "say", "hi", null, null).tags());
    }

    @Test
    void shouldParseDefaultsOfEveryType() {
        assertEquals(
                new All(
                        (byte) 1,
                        (short) -2,
                        3,
                        BigInteger.valueOf(4),
                        0.5f,
                        -1e9,
                        true,
                        'x',
                        "",
                        PortId.of("n#p"),
                        NodeId.of("n"),
                        Instant.parse("2024-01-01T00:00:00Z"),
                        Duration.ofSeconds(1),
                        new UUID(1, 2),
                        Color.GREEN,
                        Optional.of(7),
                        "any"),
                read(All.class, "all"));
    }

    @Test
    void shouldLeaveOutAndCountWhatFollowsWhenSenderIsNewer() {
        assertEquals(new Old("hi"), read(Old.class, "say", "hi", "en", 3));
        assertEquals(2, Face.of(Old.class).extra(new Object[] {"say", "hi", "en", 3}, 0));
        assertEquals(1, Face.of(Later.class).extra(new Object[] {"say", "hi", "en", 3, PortId.of("n#reply")}, 0));
    }

    @Test
    void shouldFollowTheSameRulesWhenNested() {
        Object[] values = {"outer", List.of("Eve"), List.of(List.of("Bob", 5), List.of("Joe", 6, "later"))};
        assertEquals(
                new Outer(new Inner("Eve", 0), List.of(new Inner("Bob", 5), new Inner("Joe", 6))),
                Face.of(Outer.class).fromValues(values, 0));
    }

    @Test
    void shouldSayWhichIsMissingWhenItHasNoDefault() {
        String text = assertThrows(MessageMismatchException.class, () -> read(Old.class, "say"))
                .getMessage();
        assertEquals(
                "say.text should be a string, found nothing: the message ends before it, and it has no @Default;"
                        + " message (say)",
                text);
    }

    static Stream<Arguments> badDefaults() {
        return Stream.of(
                arguments(
                        BadNumber.class,
                        "\"many\" is not an integer within 32 bits (For input string: \"many\")"),
                arguments(BadRange.class, "should be an integer within 8 bits, found BigInteger 300"),
                arguments(BadFlag.class, "should be a boolean, found String \"yes\""),
                arguments(BadLetter.class, "should be a string of one character, found String \"xy\""),
                arguments(BadColor.class, "should be one of RED, GREEN (Color), found String \"BLUE\""),
                arguments(BadList.class, "\"a\" is not a list (takes no default text)"),
                arguments(BadRecord.class, "\"a\" is not the list of a Old (takes no default text)"),
                arguments(BadBytes.class, "\"a\" is not a byte array (takes no default text)"));
    }

    @ParameterizedTest
    @MethodSource("badDefaults")
    void shouldRefuseDefaultThatDoesNotFit(Class<?> type, String end) {
        String text = assertThrows(IllegalArgumentException.class, () -> Face.of(type))
                .getMessage();
        String place = "component v (" + type.getRecordComponents()[0].getGenericType().getTypeName() + ") of record "
                + type.getName() + ": its @Default ";
        assertEquals(place + end, text);
    }

    private static <T> T read(Class<T> type, Object... values) {
        return Face.of(type).fromValues(values, 0);
    }
}
