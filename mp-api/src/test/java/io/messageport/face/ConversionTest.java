package io.messageport.face;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.messageport.NodeId;
import io.messageport.PortId;
import io.messageport.Reason;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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

/** Each type a component can have: what travels, and what comes back from it and from what the network makes of it. */
class ConversionTest {
    private static final PortId PORT = PortId.of("n1/a#x#1");
    private static final UUID ID = UUID.fromString("00000000-0000-0001-0000-000000000002");
    private static final Instant TIME = Instant.parse("2024-02-29T12:00:00.5Z");
    private static final BigInteger HUGE = BigInteger.ONE.shiftLeft(63);

    private enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "verdant";
            }
        }
    }

    private record Name(String first, String last) {}

    private record Bytes(byte[] v) {}

    private record Flag(boolean v) {}

    private record BoxedFlag(Boolean v) {}

    private record Tiny(byte v) {}

    private record Small(Short v) {}

    private record Whole(int v) {}

    private record Long1(long v) {}

    private record Big(BigInteger v) {}

    private record Narrow(float v) {}

    private record Wide(double v) {}

    private record Letter(char v) {}

    private record BoxedLetter(Character v) {}

    private record Text(String v) {}

    private record Port1(PortId v) {}

    private record Node1(NodeId v) {}

    private record Time(Instant v) {}

    private record Span(Duration v) {}

    private record Unique(UUID v) {}

    private record Why(Reason v) {}

    private record Hue(Color v) {}

    private record Maybe(Optional<Color> v) {}

    private record Texts(List<String> v) {}

    private record Ints(List<Integer> v) {}

    private record Hues(Set<Color> v) {}

    private record Some(Collection<? extends Color> v) {}

    private record Supers(List<? super Color> v) {}

    private record Raw(@SuppressWarnings("rawtypes") List v) {}

    private record Index(Map<Color, List<Name>> v) {}

    private record Plain1(Map<String, Integer> v) {}

    private record Names(List<Optional<Name>> v) {}

    private record Anything(Object v) {}

    private record Ints1(int[] v) {}

    private record Chars(char[] v) {}

    private record Grid(double[][] v) {}

    private record Hues1(Color[] v) {}

    private record Lists(List<Integer>[] v) {}

    private record Objects1(Object[] v) {}

    static Stream<Arguments> scalars() {
        return Stream.of(
                arguments(new Flag(true), true, true),
                arguments(new BoxedFlag(null), null, null),
                arguments(new Tiny((byte) -7), (byte) -7, -7L),
                arguments(new Small((short) 300), (short) 300, 300L),
                arguments(new Small(null), null, null),
                arguments(new Whole(70_000), 70_000, 70_000L),
                arguments(new Long1(1L << 40), 1L << 40, BigInteger.ONE.shiftLeft(40)),
                arguments(new Big(BigInteger.TEN), BigInteger.TEN, 10L),
                arguments(new Big(HUGE), HUGE, HUGE),
                arguments(new Narrow(0.5f), 0.5f, 0.5d),
                arguments(new Narrow(Float.NaN), Float.NaN, Double.NaN),
                arguments(new Narrow(Float.NEGATIVE_INFINITY), Float.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY),
                arguments(new Narrow(16_777_216f), 16_777_216f, 16_777_216L),
                arguments(new Narrow(0x1p70f), 0x1p70f, BigInteger.ONE.shiftLeft(70)),
                arguments(new Wide(0.25), 0.25, 0.25f),
                arguments(new Wide(1e15), 1e15, 1_000_000_000_000_000L),
                arguments(new Wide(0x1p63), 0x1p63, HUGE),
                arguments(new Letter('ß'), "ß", "ß"),
                arguments(new BoxedLetter(null), null, null),
                arguments(new Text("x"), "x", "x"),
                arguments(new Text(null), null, null),
                arguments(new Port1(PORT), PORT, "n1/a#x#1"),
                arguments(new Node1(NodeId.of("n1/a")), NodeId.of("n1/a"), "n1/a"),
                arguments(new Time(TIME), TIME, "2024-02-29T12:00:00.5Z"),
                arguments(new Span(Duration.ofMillis(1500)), Duration.ofMillis(1500), "PT1.5S"),
                arguments(new Unique(ID), ID, "00000000-0000-0001-0000-000000000002"),
                arguments(new Why(Reason.normal()), List.of(), List.of()),
                arguments(new Why(Reason.of("die", "x")), List.of("die", "x"), List.of("die", "x")));
    }

    static Stream<Arguments> composed() {
        return Stream.of(
                arguments(new Hue(Color.GREEN), "GREEN", "GREEN"),
                arguments(new Maybe(Optional.empty()), null, null),
                arguments(new Maybe(Optional.of(Color.RED)), "RED", "RED"),
                arguments(new Texts(List.of("a")), List.of("a"), List.of("a")),
                arguments(new Texts(null), null, null),
                arguments(new Ints(Arrays.asList(1, null, 2)), Arrays.asList(1, null, 2), Arrays.asList(1L, null, 2L)),
                arguments(new Hues(Set.of(Color.RED)), List.of("RED"), List.of("RED", "RED")),
                arguments(new Some(List.of(Color.RED)), List.of("RED"), List.of("RED")),
                arguments(new Supers(List.of("RED", 1)), List.of("RED", 1), List.of("RED", 1)),
                arguments(new Raw(List.of("a", 1)), List.of("a", 1), List.of("a", 1)),
                arguments(
                        new Index(Map.of(Color.RED, List.of(new Name("a", "b")))),
                        Map.of("RED", List.of(List.of("a", "b"))),
                        Map.of("RED", List.of(List.of("a", "b", "later")))),
                arguments(new Plain1(Map.of("a", 1)), Map.of("a", 1), Map.of("a", 1L)),
                arguments(
                        new Names(List.of(Optional.of(new Name("a", null)), Optional.empty())),
                        Arrays.asList(Arrays.asList("a", null), null),
                        Arrays.asList(Arrays.asList("a", null), null)),
                arguments(new Anything(5), 5, 5),
                arguments(new Anything(null), null, null));
    }

    @ParameterizedTest
    @MethodSource({"scalars", "composed"})
    @org.junit.jupiter.api.Tag("RCV-3")
    void shouldConvertBothWaysWhenTypesFit(Record record, Object sent, Object received) {
        assertEquals(sent, sent(record));
        assertEquals(record, read(record.getClass(), sent));
        assertEquals(record, read(record.getClass(), received));
    }

    @Test
    void shouldPassByteArraysByReference() {
        byte[] bytes = {1, 2};
        assertSame(bytes, sent(new Bytes(bytes)));
        assertSame(bytes, read(Bytes.class, bytes).v());
    }

    @Test
    void shouldCarryArraysAsLists() {
        assertEquals(List.of(1, 2), sent(new Ints1(new int[] {1, 2})));
        assertArrayEquals(new int[] {1, 2}, read(Ints1.class, List.of(1L, (byte) 2)).v());
        assertEquals(List.of("a", "b"), sent(new Chars("ab".toCharArray())));
        assertArrayEquals("ab".toCharArray(), read(Chars.class, List.of("a", "b")).v());
        assertEquals(List.of(List.of(1.0), List.of()), sent(new Grid(new double[][] {{1}, {}})));
        assertArrayEquals(new double[][] {{1}, {}}, read(Grid.class, List.of(List.of(1), List.of())).v());
        assertEquals(Arrays.asList("RED", null), sent(new Hues1(new Color[] {Color.RED, null})));
        assertArrayEquals(new Color[] {Color.RED, null}, read(Hues1.class, Arrays.asList("RED", null)).v());
        assertArrayEquals(new Object[] {List.of(1)}, read(Lists.class, List.of(List.of(1L))).v());
        assertEquals(List.of("RED", 1), sent(new Objects1(new Object[] {Color.RED, 1})));
        assertArrayEquals(new Object[] {"RED", 1L}, read(Objects1.class, List.of("RED", 1L)).v());
    }

    @Test
    void shouldReadWhatNeverLeftTheNodeLikeWhatDid() {
        assertEquals(new Hue(Color.RED), read(Hue.class, Color.RED));
        assertEquals(new Text("RED"), read(Text.class, Color.RED));
        assertEquals(new Text("a"), read(Text.class, 'a'));
        assertEquals(new Text(null), read(Text.class, Optional.empty()));
        assertEquals(new Letter('a'), read(Letter.class, 'a'));
        assertEquals(new Maybe(Optional.of(Color.RED)), read(Maybe.class, Optional.of(Color.RED)));
        assertEquals(new Maybe(Optional.empty()), read(Maybe.class, Optional.empty()));
        assertEquals(new Ints(List.of(1)), read(Ints.class, Set.of(1)));
        assertEquals(new Ints(List.of(1, 2)), read(Ints.class, new int[] {1, 2}));
        assertEquals(new Why(Reason.of("x", 1)), read(Why.class, Reason.of("x", 1)));
        assertArrayEquals(new int[] {1, 2}, read(Ints1.class, new long[] {1, 2}).v());
        assertArrayEquals(new Color[] {Color.RED}, read(Hues1.class, new Color[] {Color.RED}).v());
    }

    @Test
    void shouldKeepInstanceWhenNothingInsideChanges() {
        List<String> texts = new ArrayList<>(List.of("a", "b"));
        assertSame(texts, sent(new Texts(texts)));
        assertSame(texts, read(Texts.class, texts).v());
        Map<String, Integer> map = Map.of("a", 1);
        assertSame(map, sent(new Plain1(map)));
        assertSame(map, read(Plain1.class, map).v());
    }

    @Test
    void shouldGiveCollectionsThatCannotBeWrittenTo() {
        List<Integer> ints = read(Ints.class, new ArrayList<>(List.of(1L))).v();
        assertThrows(UnsupportedOperationException.class, () -> ints.add(2));
        Set<Color> hues = read(Hues.class, new ArrayList<>(List.of("RED"))).v();
        assertThrows(UnsupportedOperationException.class, hues::clear);
        Map<Color, List<Name>> index = read(Index.class, Map.of("RED", List.of())).v();
        assertThrows(UnsupportedOperationException.class, index::clear);
    }

    @Test
    void shouldKeepOrderOfSetsAndMaps() {
        assertEquals("[GREEN, RED]", read(Hues.class, List.of("GREEN", "RED")).v().stream().map(Color::name).toList()
                .toString());
    }

    @Test
    void shouldConvertWhatAnObjectHolds() {
        assertEquals(List.of("RED", List.of("name", "a", "b")),
                sent(new Anything(List.of(Color.RED, new Name("a", "b")))));
    }

    @Test
    void shouldRefuseToSendWhenAnObjectHoldsWhatNoMessageCanCarry() {
        Anything record = new Anything(Map.of("k", List.of(1, new Thread())));
        assertEquals(
                "anything.v[\"k\"][1] is a java.lang.Thread, which no message can carry: " + Derivation.WORKS,
                assertThrows(IllegalArgumentException.class, () -> sent(record)).getMessage());
    }

    @Test
    void shouldRefuseNullRecord() {
        assertEquals(
                "record",
                assertThrows(NullPointerException.class, () -> Face.of(Text.class).toValues(null)).getMessage());
    }

    @SuppressWarnings("unchecked")
    private static Object sent(Record record) {
        Object[] values = Face.of((Class<Record>) record.getClass()).toValues(record);
        assertEquals(2, values.length);
        return values[1];
    }

    private static <T> T read(Class<T> type, Object value) {
        Face<T> face = Face.of(type);
        return face.fromValues(new Object[] {face.tag(), value}, 0);
    }
}
