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

    private static final int BYTES_PER_WEIGHT = 512;

    static Change deletion(long number, String family, String key) {
        return new Change(number, 0, family, key, null, 0);
    }

    boolean isDeletion() {
        return version == 0;
    }

    /** How much of a window it takes. */
    int weight() {
        return 1 + size / BYTES_PER_WEIGHT;
    }
}
