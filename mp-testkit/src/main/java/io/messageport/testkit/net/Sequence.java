package io.messageport.testkit.net;

import java.util.TreeMap;

/**
 * Puts numbered pieces in order: one that was doubled is ignored, one that overtook waits for its turn. Owned by the lane
 * of its link.
 */
final class Sequence {
    private final TreeMap<Long, byte[]> early = new TreeMap<>();
    private long next;

    /** A piece has arrived; false when it had before. */
    boolean add(long number, byte[] bytes) {
        return number >= next && early.putIfAbsent(number, bytes) == null;
    }

    /** Takes the piece whose turn it is; null when that has not arrived. */
    byte[] poll() {
        byte[] bytes = early.remove(next);
        if (bytes != null) {
            next++;
        }
        return bytes;
    }

    /** The number of the piece whose turn it is. */
    long next() {
        return next;
    }

    /** How many pieces wait for their turn. */
    int waiting() {
        return early.size();
    }
}
