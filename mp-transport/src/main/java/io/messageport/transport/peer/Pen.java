package io.messageport.transport.peer;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who writes to the socket: one at a time. It is the link's writer; but while that has nothing to do, a sender or the
 * reader may take its place for one segment, and what is wished for before it, which saves two changes of threads.
 * Guarded by the lock of the {@link Outbox}.
 */
final class Pen {
    /** The writer of one socket. */
    interface Writer {
        /** Whether its socket is open. */
        boolean isOpen();

        /** Writes the segment, on whichever thread; if that fails, the link is told. Without the lock. */
        void write(Segment segment);
    }

    private final Condition wanted;

    /** The writer, while it waits for something to do. */
    private Writer resting;

    private boolean lent;

    Pen(ReentrantLock lock) {
        wanted = lock.newCondition();
    }

    /** Whether a sender may take it: the writer rests, and nobody else was first. */
    boolean isFree() {
        return resting != null && !lent;
    }

    boolean isLent() {
        return lent;
    }

    /** Gives it to the calling sender, until it is {@link #back}; only when it is free. */
    Writer lend() {
        lent = true;
        return resting;
    }

    /** The sender has written; whether it was lent at all. */
    boolean back() {
        boolean was = lent;
        lent = false;
        return was;
    }

    /** Whether the writer, which rests, has lost its socket. */
    boolean isStranded() {
        return resting != null && !resting.isOpen();
    }

    /** The writer rests until it may be wanted; it has to look why. */
    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
    void rest(Writer writer) {
        resting = writer;
        wanted.awaitUninterruptibly();
        resting = null;
    }

    /** The writer is wanted, unless a sender has its place, who will say so when it is done. */
    void wake() {
        if (isFree()) {
            wanted.signal();
        }
    }
}
