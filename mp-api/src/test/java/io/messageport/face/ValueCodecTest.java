package io.messageport.face;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.messageport.MessageMismatchException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Codecs of the user, found over {@code META-INF/services}: of library types, of records, of interfaces, a broken one. */
class ValueCodecTest {
    /** A type of the JDK, as text. */
    public static final class OfBigDecimal implements ValueCodec<BigDecimal> {
        @Override
        public Class<BigDecimal> type() {
            return BigDecimal.class;
        }

        @Override
        public Object toValue(BigDecimal value) {
            return value.toString();
        }

        @Override
        public BigDecimal fromValue(Object value) {
            return new BigDecimal((String) value);
        }
    }

    /** An interface, whose values are of some other class. */
    public static final class OfPath implements ValueCodec<Path> {
        @Override
        public Class<Path> type() {
            return Path.class;
        }

        @Override
        public Object toValue(Path value) {
            return value.toString();
        }

        @Override
        public Path fromValue(Object value) {
            return Path.of((String) value);
        }
    }

    /** A record in another form than that of a record; its values need conversion themselves. */
    public static final class OfRange implements ValueCodec<Range> {
        @Override
        public Class<Range> type() {
            return Range.class;
        }

        @Override
        public Object toValue(Range value) {
            return Map.of("from", value.from, "kind", Kind.CLOSED);
        }

        @Override
        public Range fromValue(Object value) {
            int from = ((Number) ((Map<?, ?>) value).get("from")).intValue();
            return new Range(from, from + 1);
        }
    }

    /** Gives back what it got. */
    public static final class Broken implements ValueCodec<URI> {
        @Override
        public Class<URI> type() {
            return URI.class;
        }

        @Override
        public Object toValue(URI value) {
            return value;
        }

        @Override
        public URI fromValue(Object value) {
            return (URI) value;
        }
    }

    private enum Kind {
        CLOSED
    }

    record Range(int from, int to) {}

    private record Price(BigDecimal amount, List<BigDecimal> parts, Optional<BigDecimal> rest) {}

    private record File1(Path path, @Default("1.50") BigDecimal size) {}

    private record Cut(Range range) {}

    private record Link(URI uri) {}

    private record BadDefault(@Default("x") BigDecimal v) {}

    @Test
    void shouldConvertComponentsThroughTheirCodec() {
        Price price = new Price(new BigDecimal("1.50"), List.of(BigDecimal.ONE), Optional.of(BigDecimal.TEN));
        Object[] values = {"price", "1.50", List.of("1"), "10"};
        assertArrayEquals(values, Face.of(Price.class).toValues(price));
        assertEquals(price, Face.of(Price.class).fromValues(values, 0));
        Object[] local = {"price", price.amount(), price.parts(), price.rest()};
        assertEquals(price, Face.of(Price.class).fromValues(local, 0));
    }

    @Test
    void shouldConvertSubtypesAndDefaults() {
        File1 file = new File1(Path.of("a", "b"), new BigDecimal("1.50"));
        assertEquals(file, Face.of(File1.class).fromValues(new Object[] {"file1", file.path().toString()}, 0));
        assertEquals(file.path().toString(), Face.of(File1.class).toValues(file)[1]);
    }

    @Test
    void shouldPreferCodecToTheFormOfARecord() {
        Map<String, Object> form = Map.of("from", 3, "kind", "CLOSED");
        assertEquals(form, Face.of(Cut.class).toValues(new Cut(new Range(3, 4)))[1]);
        assertEquals(new Cut(new Range(3, 4)), Face.of(Cut.class).fromValues(new Object[] {"cut", form}, 0));
        assertEquals(form, Face.plain(new Range(3, 4)));
        assertArrayEquals(new Object[] {"range", 3, 4}, Face.of(Range.class).toValues(new Range(3, 4)));
    }

    @Test
    void shouldConvertWithinRawLists() {
        assertEquals(List.of("a", "1.5"), Face.plain(List.of(Path.of("a"), new BigDecimal("1.5"))));
    }

    @Test
    void shouldNameCodecWhenItRefuses() {
        String expected = "price.amount should be what OfBigDecimal reads as BigDecimal, found ";
        String text = mismatch("price", "x");
        assertEquals(expected + "String \"x\" (", text.substring(0, text.indexOf('(') + 1));
        assertEquals("; message (price, x)", text.substring(text.lastIndexOf(';')));
        assertEquals(expected + "Integer 1 (", mismatch("price", 1).substring(0, (expected + "Integer 1 (").length()));
    }

    @Test
    void shouldRefuseCodecThatGivesItsOwnType() {
        assertEquals(
                "link.uri has a codec, io.messageport.face.ValueCodecTest$Broken, whose toValue gives a URI again",
                assertThrows(IllegalArgumentException.class,
                        () -> Face.of(Link.class).toValues(new Link(URI.create("x"))))
                        .getMessage());
    }

    @Test
    void shouldRefuseDefaultThatTheCodecRefuses() {
        String text = assertThrows(IllegalArgumentException.class, () -> Face.of(BadDefault.class)).getMessage();
        assertEquals(
                "component v (java.math.BigDecimal) of record io.messageport.face.ValueCodecTest$BadDefault: its @Default"
                        + " should be what OfBigDecimal reads as BigDecimal, found String \"x\"",
                text.substring(0, text.indexOf(" (Character")));
    }

    private static String mismatch(Object... values) {
        return assertThrows(MessageMismatchException.class, () -> Face.of(Price.class).fromValues(values, 0))
                .getMessage();
    }
}
