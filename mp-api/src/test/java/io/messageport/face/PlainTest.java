package io.messageport.face;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.messageport.NodeId;
import io.messageport.PortId;
import io.messageport.Reason;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values outside of records: what {@link Face#plain} makes of them, leaves alone and refuses. */
class PlainTest {
    private enum Color {
        RED
    }

    private record Dot(int x, Optional<Color> color) {}

    private record Path1(List<Dot> dots) {}

    private record Closed(Thread thread) {}

    static Stream<Object> plainAlready() {
        return Stream.of(
                true,
                (byte) 1,
                (short) 1,
                1,
                1L,
                BigInteger.ONE,
                1f,
                1d,
                "x",
                new byte[] {1},
                PortId.of("n#p"),
                NodeId.of("n"),
                Instant.EPOCH,
                Duration.ZERO,
                new UUID(1, 2),
                List.of(),
                new ArrayList<>(Arrays.asList(1, null, List.of("x", Map.of("k", List.of())))),
                Map.of(1, "x", "k", Map.of()));
    }

    @ParameterizedTest
    @MethodSource("plainAlready")
    void shouldGiveSameInstanceWhenAlreadyPlain(Object value) {
        assertSame(value, Face.plain(value));
    }

    static Stream<Arguments> conversions() {
        return Stream.of(
                arguments('x', "x"),
                arguments(Color.RED, "RED"),
                arguments(Optional.of(Color.RED), "RED"),
                arguments(Optional.of(Optional.empty()), null),
                arguments(new Dot(1, Optional.of(Color.RED)), List.of("dot", 1, "RED")),
                arguments(
                        new Path1(List.of(new Dot(1, Optional.empty()))),
                        List.of("path1", List.of(Arrays.asList(1, null)))),
                arguments(List.of("draw", new Dot(1, Optional.of(Color.RED))),
                        List.of("draw", List.of("dot", 1, "RED"))),
                arguments(Set.of('x'), List.of("x")),
                arguments(new ArrayDeque<>(List.of(1, 2)), List.of(1, 2)),
                arguments(new int[] {1, 2}, List.of(1, 2)),
                arguments(new char[] {'a'}, List.of("a")),
                arguments(new String[] {"a", null}, Arrays.asList("a", null)),
                arguments(new Color[][] {{Color.RED}, {}}, List.of(List.of("RED"), List.of())),
                arguments(Map.of(Color.RED, Set.of(1)), Map.of("RED", List.of(1))),
                arguments(Reason.normal(), List.of()),
                arguments(Reason.of("die", "x"), List.of("die", "x")),
                arguments(Reason.of(Color.RED), List.of("RED")),
                arguments(new Reason[] {Reason.of("x")}, List.of(List.of("x"))));
    }

    @ParameterizedTest
    @MethodSource("conversions")
    void shouldConvertWhatIsNotPlain(Object value, Object plain) {
        assertEquals(plain, Face.plain(value));
        assertSame(Face.plain(plain), plain);
    }

    @Test
    void shouldLeaveNullAlone() {
        assertNull(Face.plain(null));
    }

    @Test
    void shouldKeepUntouchedPartsWhenCopying() {
        List<Object> untouched = List.of(1, 2);
        List<?> copy = (List<?>) Face.plain(List.of(untouched, Color.RED));
        assertSame(untouched, copy.get(0));
    }

    static Stream<Arguments> refusals() {
        Map<Object, Object> colliding = new LinkedHashMap<>();
        colliding.put(Color.RED, 1);
        colliding.put("RED", 2);
        String works = ", which no message can carry: " + Derivation.WORKS;
        return Stream.of(
                arguments(new AtomicInteger(), "value is a java.util.concurrent.atomic.AtomicInteger" + works),
                arguments(List.of(1, Map.of("k", List.of(new Object()))),
                        "value[1][\"k\"][0] is a java.lang.Object" + works),
                arguments(Map.of(5, new AtomicInteger()),
                        "value[5] is a java.util.concurrent.atomic.AtomicInteger" + works),
                arguments(Map.of(new AtomicInteger(), 5),
                        "value.keys[0] is a java.util.concurrent.atomic.AtomicInteger" + works),
                arguments(new Object[] {Optional.of(new AtomicInteger())},
                        "value[0] is a java.util.concurrent.atomic.AtomicInteger" + works),
                arguments(
                        List.of(new Closed(null)),
                        "value[0] is a record that no message can carry: component thread (java.lang.Thread) of record"
                                + " io.messageport.face.PlainTest$Closed holds a java.lang.Thread" + works),
                arguments(colliding, "value has keys that become equal: a map of 2 {RED=1, RED=2}"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void shouldNamePlaceWhenValueCannotTravel(Object value, String text) {
        assertEquals(
                text,
                assertThrows(IllegalArgumentException.class, () -> Face.plain(value))
                        .getMessage());
    }

    @Test
    void shouldRefuseListThatContainsItself() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        assertEquals(
                "value" + "[0]".repeat(512) + " is nested more than 512 deep, or contains itself",
                assertThrows(IllegalArgumentException.class, () -> Face.plain(list)).getMessage());
    }
}
