package io.messageport.runtime.network;

import io.messageport.NodeConfig;

/**
 * How long to wait before something is tried again: at first a time between once and twice the shortest, then twice as
 * long each time, up to a cap ({@code SEED-1}, {@code SEED-2}). What failed at many nodes at once is so not tried again by
 * all of them at once. A value; pure.
 *
 * <p>The cap is the monitor timeout, or {@link #CAP} where that is longer: after a partition it is this wait that decides
 * how soon both sides are one network again.
 *
 * @param nanos before the next attempt
 */
record RetryDelay(long nanos) {
    /** Before the second dial of a seed, in nanoseconds. */
    static final long SEED = 600_000_000;

    /** Before the second dial of a global node, in nanoseconds. */
    static final long GLOBAL = 300_000_000;

    /** No wait is longer, in nanoseconds: half of the time in which all nodes are to agree after a partition. */
    static final long CAP = 5_000_000_000L;

    /** The longest wait of a node, in nanoseconds. */
    static long cap(NodeConfig config) {
        return Math.min(config.monitorTimeout().toNanos(), CAP);
    }

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
