package io.messageport.transport.peer;

import io.messageport.spi.Clock;
import java.util.concurrent.locks.Condition;

/**
 * The chunks of large messages between their senders and the peer: how many wait for the writer and how many are on their
 * way, and when the next may come. Guarded by the lock of the {@link Outbox}.
 */
final class PartsFlow {
    /** Bytes of parts that may wait for the writer, short of one chunk. */
    private static final int MOST_WAITING = 1 << 17;

    /** Bytes on their way from which it is a fast one. */
    private static final long FAST = 8L * Chunks.SIZE;

    private final Chunks chunks;
    private final Clock clock;
    private final Condition changed;
    private final Pace pace;

    /** Bytes that wait for the writer. */
    private long waiting;

    /** Bytes that are not acknowledged, those that wait included. */
    private long held;

    /** Whether a sender was held back since the last acknowledgement, because too much is on its way. */
    private boolean full;

    /**
     * The flow to one peer.
     *
     * @param changed signalled when another chunk may come; of the outbox's lock
     * @param most bytes that may be on their way at best
     */
    PartsFlow(Chunks chunks, Clock clock, Condition changed, long most) {
        this.chunks = chunks;
        this.clock = clock;
        this.changed = changed;
        pace = new Pace(most);
    }

    /**
     * Bytes of the next chunk: two parts where the way is fast, since each write costs changes of threads; one where it is
     * slow, since whatever else is to be sent waits for a write that has begun.
     */
    int chunkSize() {
        return pace.window() < FAST ? Chunks.SHORT : Chunks.SIZE;
    }

    /** Whether the next chunk has to wait. */
    boolean isHeldBack() {
        full |= held >= pace.window();
        return waiting >= MOST_WAITING || held >= pace.window();
    }

    /** Whether it is time to ask the peer what it has. */
    boolean isAnswerWanted() {
        return held >= pace.window() / 2;
    }

    void appended(Segment chunk) {
        waiting += chunk.content;
        held += chunk.content;
        chunk.waits = true;
    }

    /** The writer has it, perhaps once more. */
    void taken(Segment chunk) {
        chunk.takenAt = clock.nanos();
        if (chunk.waits) {
            chunk.waits = false;
            waiting -= chunk.content;
            if (waiting == 0) {
                // While the last ones are written there is time for the next, and they come several at once.
                changed.signalAll();
            }
        }
    }

    /** The peer has all of it. */
    void arrived(Segment chunk) {
        held -= chunk.content;
        chunks.give(chunk.chunk);
    }

    /** The peer has acknowledged this chunk, the last of several. */
    void acknowledged(Segment last) {
        pace.acknowledged(clock.nanos() - last.takenAt, full);
        full = false;
    }
}
