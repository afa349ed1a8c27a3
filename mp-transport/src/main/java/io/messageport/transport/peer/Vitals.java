package io.messageport.transport.peer;

import java.util.Optional;

/**
 * What reader and writer of one socket leave behind as they work, and what the ticker concludes from it ({@code CON-4}).
 *
 * <p>No clock on the hot path: reader and writer only count. The ticker adds up the time over which a count stood still,
 * tick by tick, and a tick that comes late counts as a normal one: so a pause of this process (garbage collection,
 * {@code SIGSTOP}) is not held against the peer.
 */
final class Vitals {
    /** Written by the reader. */
    private volatile long reads;

    /** Written by the writer. */
    private volatile long writes;

    // Owned by the ticker.
    private long seenReads;
    private long seenWrites;
    private long silentNanos;
    private long idleNanos;
    private long stuckNanos;

    /** For the reader; always true, so that it fits a loop condition. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    boolean heard() {
        reads = reads + 1;
        return true;
    }

    /** For the writer. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void wrote() {
        writes = writes + 1;
    }

    /**
     * For the ticker: {@code elapsed} nanoseconds have passed since its last look, its own lateness taken off. Has a sign
     * of life sent when it is time for one.
     *
     * @return why the peer is dead, if it is
     */
    Optional<String> tick(long elapsed, long heartbeatNanos, long silenceNanos, Outbox outbox) {
        long nowReads = reads;
        long nowWrites = writes;
        boolean waiting = outbox.isUnwritten();
        silentNanos = nowReads == seenReads ? silentNanos + elapsed : 0;
        stuckNanos = waiting && nowWrites == seenWrites ? stuckNanos + elapsed : 0;
        idleNanos = nowWrites == seenWrites ? idleNanos + elapsed : 0;
        seenReads = nowReads;
        seenWrites = nowWrites;
        if (silentNanos >= silenceNanos) {
            return Optional.of("silent for " + seconds(silentNanos));
        }
        if (stuckNanos >= silenceNanos) {
            return Optional.of("accepts no data for " + seconds(stuckNanos));
        }
        if (idleNanos >= heartbeatNanos && !waiting) {
            idleNanos = 0;
            outbox.signOfLife(false);
        }
        return Optional.empty();
    }

    private static String seconds(long nanos) {
        long tenths = nanos / 100_000_000;
        return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + " s";
    }
}
