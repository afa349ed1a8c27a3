package io.messageport.face;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Type arguments, wildcards and variables, resolved from the declaration down. */
class GenericsTest {
    private record Box<T>(T value) {}

    private record Pair<A, B>(A first, List<B> second) {}

    private record Holder(Box<Integer> box, Pair<String, Box<Short>> pair, Pair<?, ? extends Byte>[] array) {}

    private record Cell<T extends Shape1>(T shape, Optional<? extends T> other) {}

    private record Cells(Cell<Dot> dots) {}

    private sealed interface Shape1 {}

    private record Dot(int x) implements Shape1 {}

    private sealed interface Result<T> {}

    private record Ok<T>(T value) implements Result<T> {}

    private record Failed<E>(String text) implements Result<E> {}

    private sealed interface Many<U> extends Result<U> {}

    private record Two<S>(S first, S second) implements Many<S> {}

    private record Answer(Result<Short> result) {}

    private record Linked<T>(T value, Optional<Linked<T>> next) {}

    private record Chain(Linked<Integer> start) {}

    private record Same<T extends Same<T>>(List<T> rest) {}

    private record Growing<T>(T value, List<Growing<List<T>>> more) {}

    private record BadBound<T extends Comparable<T>>(T value) {}

    private record Bad1(InputStream in) {}

    private record Bad2(Map<String, List<? extends Runnable>> tasks) {}

    private record Bad3(SortedSet<String> names) {}

    private record Bad4(HashMap<String, String> map) {}

    private record Bad5(Optional<Optional<String>> twice) {}

    private record Bad6(Number number) {}

    private record Bad7(Thread[][] threads) {}

    private record Bad8(io.messageport.Message message) {}

    @Test
    void shouldTakeUnboundVariableAsObject() {
        assertEquals(new Box<>(5L), Face.of(Box.class).fromValues(new Object[] {"box", 5L}, 0));
    }

    @Test
    void shouldResolveVariablesWhenRecordIsDeclaredWithArguments() {
        Object[] values =
                {"holder", List.of(5L), List.of("a", List.of(List.of(6L))), List.of(List.of(1L, List.of(7L)))};
        Holder holder = Face.of(Holder.class).fromValues(values, 0);
        assertEquals(new Box<>(5), holder.box());
        assertEquals(new Pair<>("a", List.of(new Box<>((short) 6))), holder.pair());
        assertEquals(new Pair<>(1L, List.of((byte) 7)), holder.array()[0]);
        Object[] sent = {"holder", List.of(5), List.of("a", List.of(List.of((short) 6))),
            List.of(List.of(1L, List.of((byte) 7)))};
        assertArrayEquals(sent, Face.of(Holder.class).toValues(holder));
    }

    @Test
    void shouldTakeBoundOfVariableWhenNothingElseIsKnown() {
        Object[] values = {"cell", List.of("dot", 1), List.of("dot", 2)};
        assertEquals(new Cell<>(new Dot(1), Optional.of(new Dot(2))), Face.of(Cell.class).fromValues(values, 0));
        Object[] bound = {"cells", List.of(List.of(1), List.of(2))};
        assertEquals(
                new Cells(new Cell<>(new Dot(1), Optional.of(new Dot(2)))), Face.of(Cells.class).fromValues(bound, 0));
    }

    @Test
    void shouldPassArgumentsOnToPermittedRecords() {
        Face<Answer> face = Face.of(Answer.class);
        assertEquals(new Answer(new Ok<>((short) 1)), face.fromValues(new Object[] {"answer", List.of("ok", 1L)}, 0));
        assertEquals(
                new Answer(new Two<>((short) 1, (short) 2)),
                face.fromValues(new Object[] {"answer", List.of("two", 1L, 2L)}, 0));
        assertEquals(new Answer(new Failed<>("x")),
                face.fromValues(new Object[] {"answer", List.of("failed", "x")}, 0));
    }

    @Test
    void shouldResolveRecursiveGenericRecords() {
        Chain chain = new Chain(new Linked<>(1, Optional.of(new Linked<>(2, Optional.empty()))));
        Object[] wire = {"chain", List.of(1L, List.of(2L))};
        assertEquals(chain, Face.of(Chain.class).fromValues(wire, 0));
        assertEquals(chain, Face.of(Chain.class).fromValues(Face.of(Chain.class).toValues(chain), 0));
        Same<?> same = Face.of(Same.class).fromValues(new Object[] {"same", List.of(List.of(List.of()))}, 0);
        assertEquals("Same[rest=[Same[rest=[]]]]", same.toString());
    }

    @Test
    void shouldRefuseRecordThatContainsItselfWithLargerArguments() {
        assertEquals(
                "the record io.messageport.face.GenericsTest$Growing nests types more than 64 deep: a generic record"
                        + " cannot contain itself with ever larger type arguments",
                assertThrows(IllegalArgumentException.class, () -> Face.of(Growing.class)).getMessage());
    }

    static Stream<Arguments> uncarried() {
        return Stream.of(
                arguments(Bad1.class, "in (java.io.InputStream)", "java.io.InputStream"),
                arguments(
                        Bad2.class,
                        "tasks (java.util.Map<java.lang.String, java.util.List<java.lang.Runnable>>)",
                        "java.lang.Runnable"),
                arguments(
                        Bad3.class,
                        "names (java.util.SortedSet<java.lang.String>)",
                        "java.util.SortedSet<java.lang.String>"),
                arguments(
                        Bad4.class,
                        "map (java.util.HashMap<java.lang.String, java.lang.String>)",
                        "java.util.HashMap<java.lang.String, java.lang.String>"),
                arguments(
                        Bad5.class,
                        "twice (java.util.Optional<java.util.Optional<java.lang.String>>)",
                        "java.util.Optional<java.util.Optional<java.lang.String>>"),
                arguments(Bad6.class, "number (java.lang.Number)", "java.lang.Number"),
                arguments(Bad7.class, "threads (java.lang.Thread[][])", "java.lang.Thread"),
                arguments(Bad8.class, "message (io.messageport.Message)", "io.messageport.Message"),
                arguments(BadBound.class, "value (java.lang.Comparable)", "java.lang.Comparable"));
    }

    @ParameterizedTest
    @MethodSource("uncarried")
    void shouldNameRecordComponentAndTypeWhenNoMessageCanCarryIt(Class<?> type, String component, String culprit) {
        assertEquals(
                "component " + component + " of record " + type.getName() + " holds a " + culprit
                        + ", which no message can carry: " + Derivation.WORKS,
                assertThrows(IllegalArgumentException.class, () -> Face.of(type)).getMessage());
    }
}
