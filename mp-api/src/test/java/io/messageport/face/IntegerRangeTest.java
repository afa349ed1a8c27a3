package io.messageport.face;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.messageport.MessageMismatchException;
import io.messageport.Tag;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The edges of every integer width, primitive and boxed, from every type that can hold the number. */
class IntegerRangeTest {
    @Tag("i")
    private record Bytes(byte v, Byte w) {}

    @Tag("i")
    private record Shorts(short v, Short w) {}

    @Tag("i")
    private record Ints(int v, Integer w) {}

    @Tag("i")
    private record Longs(long v, Long w) {}

    static Stream<Arguments> widths() {
        return Stream.of(
                arguments(Bytes.class, Byte.SIZE),
                arguments(Shorts.class, Short.SIZE),
                arguments(Ints.class, Integer.SIZE),
                arguments(Longs.class, Long.SIZE));
    }

    @ParameterizedTest
    @MethodSource("widths")
    void shouldTakeEveryNumberWithinRangeAndNoOther(Class<?> type, int bits) {
        BigInteger max = BigInteger.ONE.shiftLeft(bits - 1).subtract(BigInteger.ONE);
        BigInteger min = max.negate().subtract(BigInteger.ONE);
        for (BigInteger number : List.of(min, min.add(BigInteger.ONE), BigInteger.ZERO, max)) {
            for (Object value : inEveryWidth(number)) {
                String shown = type.getSimpleName() + "[v=" + number + ", w=" + number + "]";
                assertEquals(shown, read(type, value, value).toString());
            }
        }
        for (BigInteger number : List.of(min.subtract(BigInteger.ONE), max.add(BigInteger.ONE), max.shiftLeft(bits))) {
            for (Object value : inEveryWidth(number)) {
                String end = " should be an integer within " + bits + " bits, found "
                        + value.getClass().getSimpleName() + ' ' + number;
                assertEquals("i.v" + end, refusal(type, value, 0));
                assertEquals("i.w" + end, refusal(type, 0, value));
            }
        }
    }

    private static List<Object> inEveryWidth(BigInteger number) {
        Stream.Builder<Object> values = Stream.builder();
        values.add(number);
        if (number.bitLength() < Long.SIZE) {
            values.add(number.longValue());
        }
        if (number.bitLength() < Integer.SIZE) {
            values.add(number.intValue());
        }
        if (number.bitLength() < Short.SIZE) {
            values.add(number.shortValue());
        }
        if (number.bitLength() < Byte.SIZE) {
            values.add(number.byteValue());
        }
        return values.build().toList();
    }

    private static Object read(Class<?> type, Object v, Object w) {
        return Face.of(type).fromValues(new Object[] {"i", v, w}, 0);
    }

    private static String refusal(Class<?> type, Object v, Object w) {
        String text = assertThrows(MessageMismatchException.class, () -> read(type, v, w))
                .getMessage();
        return text.substring(0, text.indexOf("; message"));
    }
}
