package io.messageport.transport.wire;

import java.lang.reflect.Array;

/** Arrays of primitives to MessagePack, as lists; apart, because each type needs its own loop. */
final class ArrayWriter {
    private ArrayWriter() {}

    static boolean write(ValueWriter writer, WireBuffer out, Object array, int depth) {
        switch (array) {
            case int[] ints -> {
                header(out, ints.length, depth);
                for (int element : ints) {
                    ValueWriter.integer(out, element);
                }
            }
            case long[] longs -> {
                header(out, longs.length, depth);
                for (long element : longs) {
                    ValueWriter.integer(out, element);
                }
            }
            case double[] doubles -> {
                header(out, doubles.length, depth);
                for (double element : doubles) {
                    writer.value(out, element, depth);
                }
            }
            default -> {
                return rare(writer, out, array, depth);
            }
        }
        return true;
    }

    private static boolean rare(ValueWriter writer, WireBuffer out, Object array, int depth) {
        if (!array.getClass().isArray()) {
            return false;
        }
        int length = Array.getLength(array);
        header(out, length, depth);
        for (int i = 0; i < length; i++) {
            try {
                writer.value(out, Array.get(array, i), depth + 1);
            } catch (Unencodable e) {
                throw e.in("array index " + i);
            }
        }
        return true;
    }

    private static void header(WireBuffer out, int length, int depth) {
        ValueWriter.checkDepth(depth);
        ValueWriter.listHeader(out, length);
    }
}
