package io.messageport.transport.wire;

import java.nio.charset.StandardCharsets;

/**
 * The short texts that came last on one connection. Port names, tags and field values come again and again: one that is
 * still here is given out again instead of being made anew, and has its hash code already. Owned by the thread that reads
 * the connection.
 *
 * <p>Bounded: {@value #SLOTS} texts of at most {@value #LONGEST} characters, whatever the peer sends.
 */
final class RecentTexts {
    /** Bytes of the longest text that is kept. */
    static final int LONGEST = 32;

    private static final int SLOTS = 128;

    /** Made with the first text, since many connections are idle. */
    private String[] slots;

    /** The text of these bytes, or null when one of them is no ASCII. */
    String at(byte[] array, int from, int length) {
        int hash = 0;
        int all = 0;
        for (int i = from; i < from + length; i++) {
            int b = array[i];
            hash = 31 * hash + b;
            all |= b;
        }
        if (all < 0) {
            return null;
        }
        if (slots == null) {
            slots = new String[SLOTS];
        }
        // For ASCII this is the text's own hash code, which spares most comparisons.
        int slot = (hash ^ hash >>> 7 ^ hash >>> 14) & SLOTS - 1;
        String recent = slots[slot];
        if (recent != null && recent.hashCode() == hash && isSame(recent, array, from, length)) {
            return recent;
        }
        String text = new String(array, from, length, StandardCharsets.ISO_8859_1);
        slots[slot] = text;
        return text;
    }

    private static boolean isSame(String text, byte[] array, int from, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != array[from + i]) {
                return false;
            }
        }
        return true;
    }
}
