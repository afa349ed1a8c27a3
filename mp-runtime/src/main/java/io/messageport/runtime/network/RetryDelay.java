package io.messageport.runtime.network;

/**
 * How long to wait before something is tried again: at first a time between once and twice the shortest, then twice as
 * long each time, up to a cap ({@code SEED-1}, {@code SEED-2}). What failed at many nodes at once is so not tried again by
 * all of them at once. A value; pure.
 *
 * @param nanos before the next attempt
 */
record RetryDelay(long nanos) {
    /** Before the second dial of a seed, in nanoseconds. */
    static final long SEED = 600_000_000;

    /** Before the second dial of a global node, in nanoseconds. */
    static final long GLOBAL = 300_000_000;

    /**
     * The first wait.
     *
     * @param random from 0, to less than 1
     * @param cap longer than nothing
     */
    static RetryDelay first(long shortest, double random, long cap) {
        return new RetryDelay(Math.min((long) ((1 + random) * shortest), cap));
    }

    /** The wait after this one. */
    RetryDelay next(long cap) {
        return new RetryDelay(nanos >= cap / 2 ? cap : 2 * nanos);
    }
}
