package io.messageport.runtime.db;

/**
 * The last thing that became of one key of one owner.
 *
 * @param number the owner's own count of its changes; each has another
 * @param version greater than every version its owner had seen then; 0 when the key was deleted
 * @param family of the key
 * @param key the key
 * @param value as it is kept; null when it was deleted
 * @param size about how many bytes the value takes
 */
record Change(long number, long version, String family, String key, Object value, int size) {
    /** Versions stay below; who is there goes no further. */
    static final long GREATEST_VERSION = 1L << 62;

    /** Bytes of an entry beside its key and its value. */
    private static final int OVERHEAD = 200;

    private static final int BYTES_PER_WEIGHT = 512;
    private static final int MOST_BYTES_PER_CHARACTER = 3;

    static Change deletion(long number, String family, String key) {
        return new Change(number, 0, family, key, null, 0);
    }

    boolean isDeletion() {
        return version == 0;
    }

    /** About how much memory it takes. */
    long bytes() {
        return bytes(key, size);
    }

    /** About how much memory an entry takes whose value has this size. */
    static long bytes(String key, int size) {
        return OVERHEAD + size + (long) key.length();
    }

    /** How much of a window it takes: so many half kibibytes, or part of one. */
    int weight() {
        return 1 + (size + MOST_BYTES_PER_CHARACTER * key.length()) / BYTES_PER_WEIGHT;
    }
}
