package io.messageport.face;

import io.messageport.NodeId;
import io.messageport.PortId;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** The table of all scalars: each type without parts that a record component can have. */
final class Scalars {
    private static final Map<Class<?>, Converter> TABLE = table();

    private Scalars() {}

    /** The converter of a scalar type, or null for any other type. */
    static Converter of(Class<?> type) {
        return TABLE.get(type);
    }

    private static Map<Class<?>, Converter> table() {
        Map<Class<?>, Converter> table = new HashMap<>();
        whole(table, byte.class, Byte.class, "an integer within 8 bits", Numbers::toByte);
        whole(table, short.class, Short.class, "an integer within 16 bits", Numbers::toShort);
        whole(table, int.class, Integer.class, "an integer within 32 bits", Numbers::toInteger);
        whole(table, long.class, Long.class, "an integer within 64 bits", Numbers::toLong);
        put(table, Scalar.of(BigInteger.class, "an integer").reading(Numbers::toBigInteger).parsing(BigInteger::new));
        pair(table, float.class, Scalar.of(Float.class, "a number that a float can hold")
                .reading(Numbers::toFloat).parsing(Float::valueOf));
        pair(table, double.class, Scalar.of(Double.class, "a number that a double can hold")
                .reading(Numbers::toDouble).parsing(Double::valueOf));
        pair(table, boolean.class, Scalar.of(Boolean.class, "a boolean").parsing(Scalars::parseBoolean));
        pair(table, char.class, Scalar.of(Character.class, "a string of one character")
                .readingText(Scalars::onlyCharacter).asText());
        put(table, Scalar.of(String.class, "a string").parsing(text -> text));
        put(table, Scalar.of(byte[].class, "a byte array"));
        put(table, Scalar.of(PortId.class, "a port ID").readingText(PortId::of));
        put(table, Scalar.of(NodeId.class, "a node ID").readingText(NodeId::of));
        put(table, Scalar.of(Instant.class, "an instant").readingText(Instant::parse));
        put(table, Scalar.of(Duration.class, "a duration").readingText(Duration::parse));
        put(table, Scalar.of(UUID.class, "a UUID").readingText(UUID::fromString));
        return Map.copyOf(table);
    }

    private static void whole(
            Map<Class<?>, Converter> table,
            Class<?> primitive,
            Class<?> boxed,
            String expected,
            Function<Object, Object> reader) {
        pair(table, primitive, Scalar.of(boxed, expected).reading(reader).parsing(BigInteger::new));
    }

    private static void pair(Map<Class<?>, Converter> table, Class<?> primitive, Scalar.Builder boxed) {
        put(table, boxed);
        table.put(primitive, boxed.buildPrimitive());
    }

    private static void put(Map<Class<?>, Converter> table, Scalar.Builder builder) {
        table.put(builder.type(), builder.build());
    }

    private static Object parseBoolean(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> text;
        };
    }

    private static Object onlyCharacter(String text) {
        return text.length() == 1 ? (Object) text.charAt(0) : null;
    }
}
