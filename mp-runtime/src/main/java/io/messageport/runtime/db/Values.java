package io.messageport.runtime.db;

import io.messageport.Database;
import io.messageport.NodeId;
import io.messageport.PortId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values as the database keeps them: the same on every node, so that all of them show equal maps. Integers are {@code Long}
 * where they fit, lists and maps are unmodifiable copies, and the size is bounded. Pure.
 */
final class Values {
    private static final int DEEPEST = 64;
    private static final int PLAIN_SIZE = 9;

    private int size;

    private Values() {}

    /** A value to keep, and about how many bytes it takes. */
    record Kept(Object value, int size) {}

    /** A value that is too large or too deep to be kept. */
    static final class Unfit extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Unfit(String text) {
            super(text);
        }
    }

    /**
     * The form in which a plain value is kept.
     *
     * @throws Unfit when it must not be kept
     */
    static Kept kept(Object plain) {
        Values values = new Values();
        Object frozen = values.freeze(plain, 0);
        return new Kept(frozen, values.size);
    }

    private void count(long bytes) {
        if (size + bytes > Database.LARGEST_VALUE) {
            throw new Unfit("the value takes more than " + Database.LARGEST_VALUE + " bytes");
        }
        size += (int) bytes;
    }

    private Object freeze(Object value, int depth) {
        if (depth > DEEPEST) {
            throw new Unfit("the value is nested more than " + DEEPEST + " deep");
        }
        return switch (value) {
            case null -> {
                count(1);
                yield null;
            }
            case String text -> {
                count(5 + bytes(text));
                yield text;
            }
            case Integer number -> number(number);
            case Short number -> number(number);
            case Byte number -> number(number);
            case BigInteger number when number.bitLength() < Long.SIZE -> number(number);
            case PortId port -> {
                count(5 + bytes(port.toString()));
                yield port;
            }
            case NodeId node -> {
                count(5 + bytes(node.value()));
                yield node;
            }
            case byte[] bytes -> {
                count(5 + (long) bytes.length);
                yield bytes.clone();
            }
            case List<?> list -> list(list, depth);
            case Map<?, ?> map -> map(map, depth);
            default -> {
                count(PLAIN_SIZE);
                yield value;
            }
        };
    }

    private Object number(Number number) {
        count(PLAIN_SIZE);
        return number.longValue();
    }

    private Object list(List<?> list, int depth) {
        count(5);
        List<Object> frozen = new ArrayList<>();
        for (Object each : list) {
            frozen.add(freeze(each, depth + 1));
        }
        return Collections.unmodifiableList(frozen);
    }

    private Object map(Map<?, ?> map, int depth) {
        count(5);
        Map<Object, Object> frozen = new LinkedHashMap<>();
        for (Map.Entry<?, ?> each : map.entrySet()) {
            frozen.put(freeze(each.getKey(), depth + 1), freeze(each.getValue(), depth + 1));
        }
        return Collections.unmodifiableMap(frozen);
    }

    private static long bytes(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 0 : c < 0x800 ? 1 : 2;
        }
        return bytes;
    }

    /** Whether two kept values are equal; byte arrays by content. */
    static boolean same(Object one, Object other) {
        if (one == other) {
            return true;
        }
        if (one instanceof byte[] bytes) {
            return other instanceof byte[] more && Arrays.equals(bytes, more);
        }
        if (one instanceof List<?> list) {
            return other instanceof List<?> more && sameLists(list, more);
        }
        if (one instanceof Map<?, ?> map) {
            return other instanceof Map<?, ?> more && sameMaps(map, more);
        }
        return one != null && one.equals(other);
    }

    private static boolean sameLists(List<?> one, List<?> other) {
        if (one.size() != other.size()) {
            return false;
        }
        Iterator<?> others = other.iterator();
        for (Object each : one) {
            if (!same(each, others.next())) {
                return false;
            }
        }
        return true;
    }

    /** Keys that are not equal to each other, such as byte arrays, make maps differ. */
    private static boolean sameMaps(Map<?, ?> one, Map<?, ?> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (Map.Entry<?, ?> each : one.entrySet()) {
            if (!other.containsKey(each.getKey()) || !same(each.getValue(), other.get(each.getKey()))) {
                return false;
            }
        }
        return true;
    }
}
