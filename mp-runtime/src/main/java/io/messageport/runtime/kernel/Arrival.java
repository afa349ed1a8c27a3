package io.messageport.runtime.kernel;

/**
 * Something that waits, and by when it had come: not when it came, which nobody notes for each message, but the first
 * moment of which it is known that it was there.
 *
 * @param payload what came
 * @param by nanoseconds of the node's clock
 */
record Arrival(Object payload, long by) {
    /** In the place of a time: nothing has come. */
    static final long NONE = Long.MAX_VALUE;

    /** The older of two times. */
    static long older(long one, long other) {
        if (one == NONE || other == NONE) {
            return one == NONE ? other : one;
        }
        return one - other < 0 ? one : other;
    }
}
