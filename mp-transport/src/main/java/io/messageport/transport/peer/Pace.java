package io.messageport.transport.peer;

/**
 * How many bytes of parts may be on their way to one peer, so that a small message does not wait behind them: sockets buffer
 * megabytes, and what is in there cannot be passed. As long as the way takes hardly longer than it ever did, more is
 * allowed; when it takes longer, less. So a long way that is otherwise empty is filled, and a queue on it is not.
 *
 * <p>Pure; guarded by the lock of the {@link Outbox}.
 */
final class Pace {
    /** Nanoseconds that large messages may make others wait, besides what the way takes anyway. */
    static final long PATIENCE = 1_000_000;

    /** Bytes that may be on their way in any case: enough that the next parts are written when an answer comes. */
    static final long LEAST = 3L << 16;

    private final long most;
    private long window = LEAST;
    private long shortest = Long.MAX_VALUE;

    /** @param most bytes that may be on their way at best */
    Pace(long most) {
        this.most = Math.max(most, LEAST);
    }

    /** Bytes of parts that may be appended and not acknowledged. */
    long window() {
        return window;
    }

    /**
     * Parts were acknowledged.
     *
     * @param nanos since the last of them was given to the socket
     * @param full whether more would have been sent
     */
    void acknowledged(long nanos, boolean full) {
        // Forgotten a little with every answer, since ways change.
        shortest = shortest == Long.MAX_VALUE ? nanos : Math.min(nanos, shortest + shortest / 1024 + 1);
        if (nanos - shortest > PATIENCE) {
            window = Math.max(LEAST, window - window / 4);
        } else if (full) {
            window = Math.min(most, window + window / 4);
        }
    }
}
