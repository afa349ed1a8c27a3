package io.messageport.transport.wire;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * MessagePack to values: bounded in depth, size and count, see {@link Input}. Integers arrive as {@code Long}, beyond its
 * range as {@code BigInteger}; lists and maps are unmodifiable.
 *
 * <p>Known limit: keys of a map are hashed, so an authenticated but hostile peer can make a map of many colliding {@code
 * PortId} keys slow to read; the frame limit bounds how slow.
 */
final class ValueReader {
    private ValueReader() {}

    /** Reads one value that lies inside {@code depth} containers. */
    static Object value(Input in, int depth) throws WireException {
        int type = in.u8();
        if (type < 0x80) {
            return (long) type;
        }
        if (type >= 0xe0) {
            return (long) (byte) type;
        }
        if (type >= 0xa0 && type < 0xc0) {
            return in.text(type & 0x1f);
        }
        if (type < 0x90) {
            return map(in, type & 0x0f, depth);
        }
        if (type < 0xa0) {
            return list(in, type & 0x0f, depth);
        }
        return typed(in, type, depth);
    }

    private static Object typed(Input in, int type, int depth) throws WireException {
        return switch (type) {
            case 0xc0 -> null;
            case 0xc2 -> false;
            case 0xc3 -> true;
            case 0xc4 -> in.bytes(in.u8());
            case 0xc5 -> in.bytes(in.u16());
            case 0xc6 -> in.bytes(in.u32());
            case 0xc7 -> ExtReader.value(in, in.u8());
            case 0xc8 -> ExtReader.value(in, in.u16());
            case 0xc9 -> ExtReader.value(in, in.u32());
            case 0xca -> Float.intBitsToFloat(in.i32());
            case 0xcb -> Double.longBitsToDouble(in.i64());
            case 0xcc -> (long) in.u8();
            case 0xcd -> (long) in.u16();
            case 0xce -> in.u32();
            case 0xcf -> unsigned(in.i64());
            case 0xd0 -> (long) (byte) in.u8();
            case 0xd1 -> (long) (short) in.u16();
            case 0xd2 -> (long) in.i32();
            case 0xd3 -> in.i64();
            case 0xd4 -> ExtReader.value(in, 1);
            case 0xd5 -> ExtReader.value(in, 2);
            case 0xd6 -> ExtReader.value(in, 4);
            case 0xd7 -> ExtReader.value(in, 8);
            case 0xd8 -> ExtReader.value(in, 16);
            case 0xd9 -> in.text(in.u8());
            case 0xda -> in.text(in.u16());
            case 0xdb -> in.text(in.u32());
            case 0xdc -> list(in, in.u16(), depth);
            case 0xdd -> list(in, in.u32(), depth);
            case 0xde -> map(in, in.u16(), depth);
            case 0xdf -> map(in, in.u32(), depth);
            default -> throw new WireException("no value begins with byte 0x" + Integer.toHexString(type));
        };
    }

    private static Object unsigned(long bits) {
        if (bits >= 0) {
            return bits;
        }
        return BigInteger.valueOf(bits & Long.MAX_VALUE).setBit(63);
    }

    /** Size of the list that comes next. */
    static int listHeader(Input in) throws WireException {
        int type = in.u8();
        long announced = switch (type) {
            case 0xdc -> in.u16();
            case 0xdd -> in.u32();
            default -> {
                if (type < 0x90 || type >= 0xa0) {
                    throw new WireException("a message begins with byte 0x" + Integer.toHexString(type)
                            + " instead of a list");
                }
                yield type & 0x0f;
            }
        };
        in.expect(announced);
        return (int) announced;
    }

    private static Object list(Input in, long announced, int depth) throws WireException {
        begin(in, announced, depth);
        Object[] elements = new Object[(int) announced];
        for (int i = 0; i < elements.length; i++) {
            in.element();
            elements[i] = value(in, depth + 1);
        }
        return Collections.unmodifiableList(Arrays.asList(elements));
    }

    private static Object map(Input in, long announced, int depth) throws WireException {
        begin(in, announced * 2, depth);
        Map<Object, Object> map = LinkedHashMap.newLinkedHashMap((int) announced);
        for (int i = 0; i < announced; i++) {
            in.element();
            Object key = value(in, depth + 1);
            if (key instanceof java.util.List || key instanceof Map || key instanceof byte[]) {
                throw new WireException("a map key is a list, a map or bytes");
            }
            in.element();
            int before = map.size();
            map.put(key, value(in, depth + 1));
            if (map.size() == before) {
                throw new WireException("a map has a key twice");
            }
        }
        return Collections.unmodifiableMap(map);
    }

    private static void begin(Input in, long elements, int depth) throws WireException {
        if (depth >= Limits.DEPTH) {
            throw new WireException("nested deeper than " + Limits.DEPTH + " containers");
        }
        in.expect(elements);
    }
}
