package io.messageport;

import io.messageport.spi.Access;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * A list of values, the first one usually a tag: what every port receives and what crosses the network.
 *
 * <p>A value is null, a {@code Boolean}, an integer of any width up to 64 bits, a {@code Float} or {@code Double}, a
 * {@code String}, a {@code byte[]}, a {@link PortId}, a {@link NodeId}, an {@code Instant}, a {@code Duration}, a
 * {@code UUID}, or a {@code List} or {@code Map} of values; enum constants and records are sent as their text and their
 * list. Content is frozen once sent ({@code SND-1}): within a node it is passed by reference. Over the network integers
 * arrive as {@code Long} (as {@code BigInteger} beyond its range) and both floating-point widths keep their own; the
 * typed accessors below hide that difference.
 *
 * <p>Accessors count from 0. A handler registered for a tag sees the message without the tag ({@code RCV-3}), so the
 * first argument is number 0 there. A wrong index or type is a {@link MessageMismatchException} that names the index,
 * what was expected and what was found; uncaught, it kills the port.
 */
public final class Message {
    static {
        Access.install(new Access.Messages() {
            @Override
            public Message view(Object[] values, int from) {
                return new Message(values, from);
            }

            @Override
            public Object[] whole(Message message) {
                return message.values;
            }

            @Override
            public Object[] array(Message message) {
                return message.from == 0 ? message.values : message.toArray();
            }
        });
    }

    private final Object[] values;
    private final int from;

    private Message(Object[] values, int from) {
        this.values = values;
        this.from = from;
    }

    /** A message of these values; the array is copied, the values are not. */
    public static Message of(Object... values) {
        return new Message(values.clone(), 0);
    }

    /** How many values there are, 0 or more. */
    public int size() {
        return values.length - from;
    }

    /** Whether there is no value at all. */
    public boolean isEmpty() {
        return size() == 0;
    }

    /** All values in order; unmodifiable, elements may be null. */
    public List<Object> values() {
        return Collections.unmodifiableList(Arrays.asList(values).subList(from, values.length));
    }

    /** The values from {@code index} on; empty when {@code index} is the size. */
    public List<Object> valuesFrom(int index) {
        if (index < 0 || index > size()) {
            throw new MessageMismatchException(index, "a value", "only " + size() + " value(s)", this);
        }
        return values().subList(index, size());
    }

    /** The value as it is, possibly null. */
    public Object get(int index) {
        return get(index, "a value");
    }

    private Object get(int index, String expected) {
        if (index < 0 || index >= size()) {
            throw new MessageMismatchException(index, expected, "only " + size() + " value(s)", this);
        }
        return values[from + index];
    }

    /** The first value if it can be a tag, that is a {@code String} or a {@link PortId}; else null. */
    public Object tag() {
        Object first = isEmpty() ? null : values[from];
        return first instanceof String || first instanceof PortId ? first : null;
    }

    /** A string. */
    public String string(int index) {
        return typed(index, String.class, "a string");
    }

    /** A boolean. */
    public boolean bool(int index) {
        return typed(index, Boolean.class, "a boolean");
    }

    /** An integer of any width whose value fits 32 bits. */
    public int intValue(int index) {
        Object value = get(index, "an integer within 32 bits");
        if (!fitsLong(value) || ((Number) value).longValue() != ((Number) value).intValue()) {
            throw mismatch(index, "an integer within 32 bits");
        }
        return ((Number) value).intValue();
    }

    /** An integer of any width whose value fits 64 bits. */
    public long longValue(int index) {
        Object value = get(index, "an integer within 64 bits");
        if (!fitsLong(value)) {
            throw mismatch(index, "an integer within 64 bits");
        }
        return ((Number) value).longValue();
    }

    /** A number of any type, as a double. */
    public double doubleValue(int index) {
        return typed(index, Number.class, "a number").doubleValue();
    }

    /** A byte string; the very array, not to be written to. */
    public byte[] bytes(int index) {
        return typed(index, byte[].class, "a byte array");
    }

    /** A port ID, or the text of one. */
    public PortId port(int index) {
        return get(index, "a port ID") instanceof String text
                ? parsed(index, text, "a port ID", PortId::of)
                : typed(index, PortId.class, "a port ID");
    }

    /** A node ID, or the text of one. */
    public NodeId node(int index) {
        return get(index, "a node ID") instanceof String text
                ? parsed(index, text, "a node ID", NodeId::of)
                : typed(index, NodeId.class, "a node ID");
    }

    /** A point in time. */
    public Instant instant(int index) {
        return typed(index, Instant.class, "an instant");
    }

    /** A span of time. */
    public Duration duration(int index) {
        return typed(index, Duration.class, "a duration");
    }

    /** A UUID. */
    public UUID uuid(int index) {
        return typed(index, UUID.class, "a UUID");
    }

    /** A list; not to be written to. */
    public List<?> list(int index) {
        return typed(index, List.class, "a list");
    }

    /** A map; not to be written to. */
    public Map<?, ?> map(int index) {
        return typed(index, Map.class, "a map");
    }

    /** Where the answer goes: the last value, which {@code call} appends ({@code CAL-1}). */
    public PortId replyTo() {
        if (isEmpty()) {
            throw new MessageMismatchException("the message should end with a reply port, but is empty");
        }
        return port(size() - 1);
    }

    private Object[] toArray() {
        return Arrays.copyOfRange(values, from, values.length);
    }

    private <T> T typed(int index, Class<T> type, String expected) {
        Object value = get(index, expected);
        if (!type.isInstance(value)) {
            throw mismatch(index, expected);
        }
        return type.cast(value);
    }

    private <T> T parsed(int index, String text, String expected, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            String found = '"' + text + "\" (" + e.getMessage() + ")";
            throw new MessageMismatchException(index, expected, found, this);
        }
    }

    private static boolean fitsLong(Object value) {
        return value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger whole && whole.bitLength() < Long.SIZE;
    }

    private MessageMismatchException mismatch(int index, String expected) {
        Object value = get(index);
        String found = value == null ? "null" : value.getClass().getSimpleName() + " " + brief(value);
        return new MessageMismatchException(index, expected, found, this);
    }

    private static String brief(Object value) {
        String text = value instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(value);
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    /** Same values in the same order; byte arrays by content. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Message that && Arrays.deepEquals(toArray(), that.toArray());
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(toArray());
    }

    /** The values as a list; long ones cut. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("(");
        for (int i = from; i < values.length; i++) {
            text.append(i == from ? "" : ", ").append(brief(values[i]));
        }
        return text.append(')').toString();
    }
}
