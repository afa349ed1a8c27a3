package io.messageport.face;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers of any width into one width: the same number, or null when that width does not have it. */
final class Numbers {
    private Numbers() {}

    static Object toByte(Object value) {
        return isWithinLong(value) && longOf(value) == (byte) longOf(value) ? (Object) (byte) longOf(value) : null;
    }

    static Object toShort(Object value) {
        return isWithinLong(value) && longOf(value) == (short) longOf(value) ? (Object) (short) longOf(value) : null;
    }

    static Object toInteger(Object value) {
        return isWithinLong(value) && longOf(value) == (int) longOf(value) ? (Object) (int) longOf(value) : null;
    }

    static Object toLong(Object value) {
        return isWithinLong(value) ? (Object) longOf(value) : null;
    }

    static Object toBigInteger(Object value) {
        return isWithinLong(value) ? BigInteger.valueOf(longOf(value)) : value instanceof BigInteger ? value : null;
    }

    /** Floats as they are, doubles rounded unless that makes them infinite, integers only if exact. */
    static Object toFloat(Object value) {
        if (value instanceof Double wide) {
            float narrow = wide.floatValue();
            return Float.isInfinite(narrow) && !wide.isInfinite() ? null : (Object) narrow;
        }
        if (isWithinLong(value)) {
            long whole = longOf(value);
            return isSame((float) whole, whole) ? (Object) (float) whole : null;
        }
        return value instanceof BigInteger whole && isSame(whole.floatValue(), whole) ? whole.floatValue() : null;
    }

    /** Floating-point numbers as they are, integers only if exact. */
    static Object toDouble(Object value) {
        if (value instanceof Float narrow) {
            return (Object) (double) narrow;
        }
        if (isWithinLong(value)) {
            long whole = longOf(value);
            return isSame((double) whole, whole) ? (Object) (double) whole : null;
        }
        return value instanceof BigInteger whole && isSame(whole.doubleValue(), whole) ? whole.doubleValue() : null;
    }

    private static boolean isWithinLong(Object value) {
        return value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger whole && whole.bitLength() < Long.SIZE;
    }

    private static long longOf(Object value) {
        return ((Number) value).longValue();
    }

    /** The second test is for 2^63, which the cast back cuts to the greatest long. */
    private static boolean isSame(double rounded, long whole) {
        return (long) rounded == whole && rounded != 0x1p63;
    }

    private static boolean isSame(double rounded, BigInteger whole) {
        return !Double.isInfinite(rounded) && new BigDecimal(rounded).compareTo(new BigDecimal(whole)) == 0;
    }
}
