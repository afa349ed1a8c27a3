package io.messageport.transport.handshake;

import java.util.HexFormat;

/** The one spelling of numbers and bytes in handshake lines: lower case, full width. */
final class Hex {
    private static final HexFormat FORMAT = HexFormat.of();

    private Hex() {}

    static String of(long value) {
        return FORMAT.toHexDigits(value);
    }

    static String of(byte[] bytes) {
        return FORMAT.formatHex(bytes);
    }

    /** Exactly 16 digits, or {@code IllegalArgumentException}. */
    static long toLong(String text) {
        if (text.length() != 16 || !isLower(text)) {
            throw new IllegalArgumentException("not 16 hex digits: " + text);
        }
        return HexFormat.fromHexDigitsToLong(text);
    }

    static boolean isBytes(String text, int bytes) {
        return text.length() == 2 * bytes && isLower(text);
    }

    private static boolean isLower(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }
}
