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
    private final Map<Class<?>, Converter> table = new HashMap<>();
    private final Plain plain;

    Scalars(Plain plain) {
        this.plain = plain;
        fill();
    }

    /** The converter of a scalar type, or null for any other type. */
    Converter of(Class<?> type) {
        return table.get(type);
    }

    private void fill() {
        whole(byte.class, Byte.class, "an integer within 8 bits", Numbers::toByte);
        whole(short.class, Short.class, "an integer within 16 bits", Numbers::toShort);
        whole(int.class, Integer.class, "an integer within 32 bits", Numbers::toInteger);
        whole(long.class, Long.class, "an integer within 64 bits", Numbers::toLong);
        put(Scalar.of(BigInteger.class, "an integer").reading(Numbers::toBigInteger).parsing(BigInteger::new));
        pair(float.class, Scalar.of(Float.class, "a number that a float can hold")
                .reading(Numbers::toFloat).parsing(Float::valueOf));
        pair(double.class, Scalar.of(Double.class, "a number that a double can hold")
                .reading(Numbers::toDouble).parsing(Double::valueOf));
        pair(boolean.class, Scalar.of(Boolean.class, "a boolean").parsing(Scalars::parseBoolean));
        pair(char.class, Scalar.of(Character.class, "a string of one character")
                .readingText(Scalars::onlyCharacter).asText());
        put(Scalar.of(String.class, "a string").parsing(text -> text));
        put(Scalar.of(byte[].class, "a byte array"));
        put(Scalar.of(PortId.class, "a port ID").readingText(PortId::of));
        put(Scalar.of(NodeId.class, "a node ID").readingText(NodeId::of));
        put(Scalar.of(Instant.class, "an instant").readingText(Instant::parse));
        put(Scalar.of(Duration.class, "a duration").readingText(Duration::parse));
        put(Scalar.of(UUID.class, "a UUID").readingText(UUID::fromString));
    }

    private void whole(
            Class<?> primitive, Class<?> boxed, String expected, Function<Object, Object> reader) {
        pair(primitive, Scalar.of(boxed, expected).reading(reader).parsing(BigInteger::new));
    }

    private void pair(Class<?> primitive, Scalar.Builder boxed) {
        put(boxed);
        table.put(primitive, boxed.buildPrimitive(plain));
    }

    private void put(Scalar.Builder builder) {
        table.put(builder.type(), builder.build(plain));
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
