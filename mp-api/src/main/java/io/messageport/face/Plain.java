package io.messageport.face;

import io.messageport.NodeId;
import io.messageport.PortId;
import io.messageport.Reason;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Any value into a value of the message model, without a declared type to go by. */
final class Plain {
    /** Deeper than any network lets through, and a stop for lists that contain themselves. */
    private static final int DEEPEST = 512;

    private final Faces faces;

    Plain(Faces faces) {
        this.faces = faces;
    }

    /** The same instance when it is plain throughout; {@link Misfit} for what cannot travel. */
    Object of(Object value) {
        return of(value, 0);
    }

    private Object of(Object value, int depth) {
        if (isScalar(value)) {
            return value;
        }
        if (depth == DEEPEST) {
            throw Misfit.saying("is nested more than " + DEEPEST + " deep, or contains itself", null);
        }
        return switch (value) {
            case List<?> list -> elements(list, list.toArray(), depth);
            case Map<?, ?> map ->
                    MapConverter.convert(map, key -> of(key, depth + 1), element -> of(element, depth + 1));
            default -> converted(value, depth);
        };
    }

    private static boolean isScalar(Object value) {
        return value == null
                || value instanceof String
                || value instanceof Long
                || value instanceof Integer
                || value instanceof PortId
                || value instanceof Boolean
                || value instanceof Double
                || value instanceof byte[]
                || value instanceof NodeId
                || value instanceof Float
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger
                || value instanceof Instant
                || value instanceof Duration
                || value instanceof UUID;
    }

    private Object converted(Object value, int depth) {
        Optional<Converter> codec = faces.codecAbove(value.getClass());
        if (codec.isPresent()) {
            return codec.get().toValue(value);
        }
        return switch (value) {
            case Reason reason -> of(reason.values(), depth + 1);
            case Record record -> Collections.unmodifiableList(Arrays.asList(tagged(record)));
            case Enum<?> constant -> constant.name();
            case Optional<?> optional -> of(optional.orElse(null), depth + 1);
            case Character c -> c.toString();
            case Object[] array -> elements(null, Arrays.copyOf(array, array.length, Object[].class), depth);
            case Collection<?> collection -> elements(null, collection.toArray(), depth);
            default -> {
                if (value.getClass().isArray()) {
                    yield elements(null, boxed(value), depth);
                }
                throw Misfit.unsendable(value);
            }
        };
    }

    private Object[] tagged(Record record) {
        RecordShape shape;
        try {
            shape = faces.shapeOf(record.getClass()).ofRecord(record);
        } catch (IllegalArgumentException underivable) {
            throw Misfit.saying("is a record that no message can carry: " + underivable.getMessage(), underivable);
        }
        return shape.toValues(record);
    }

    private static Object[] boxed(Object array) {
        Object[] values = new Object[Array.getLength(array)];
        for (int i = 0; i < values.length; i++) {
            values[i] = Array.get(array, i);
        }
        return values;
    }

    /** Converts a private array in place; gives back {@code same} if that changes nothing. */
    private Object elements(List<?> same, Object[] values, int depth) {
        boolean changed = same == null;
        int i = 0;
        try {
            for (; i < values.length; i++) {
                Object plain = of(values[i], depth + 1);
                changed |= plain != values[i];
                values[i] = plain;
            }
        } catch (Misfit misfit) {
            throw misfit.at("[" + i + "]");
        }
        return changed ? Collections.unmodifiableList(Arrays.asList(values)) : same;
    }
}
