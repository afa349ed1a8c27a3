package io.messageport.transport.peer;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What leaves an {@link Outbox}: what is next, and who writes it. Guarded by the lock of the outbox. */
final class Outgoing {
    /** No socket is so small that it would block with this and nothing else. */
    private static final int AT_ONCE = 1 << 12;

    /**
     * The calling thread is to write this in the writer's place. Taken with the lock that was held when the pen was lent: so
     * nobody can have put more in between, for which the socket may have no room.
     */
    record Turn(Pen.Writer writer, Segment next) {}

    private final Segments segments;
    private final Arrivals arrivals;
    private final Wishes wishes = new Wishes();
    private final Pen pen;

    /** Whether the peer acknowledges; otherwise what is written is as good as arrived. */
    private boolean keeps;

    Outgoing(ReentrantLock lock, Segments segments, Arrivals arrivals) {
        this.segments = segments;
        this.arrivals = arrivals;
        pen = new Pen(lock);
    }

    boolean keeps() {
        return keeps;
    }

    /** The link is up; from now on it is known whether the peer acknowledges. */
    void keeps(boolean peerAcknowledges) {
        keeps = peerAcknowledges;
    }

    boolean hasWork() {
        return segments.waiting() > 0 || !wishes.isEmpty();
    }

    /** Something is to be said to the peer beside the content. */
    void wish(Consumer<Wishes> wishing) {
        wishing.accept(wishes);
        wake();
    }

    /** The writer is wanted, unless a thread that is not it has its place, and will see what there is. */
    void wake() {
        pen.wake();
    }

    /** Waits for something to send; null when there will be none on this writer's socket. */
    Segment take(Pen.Writer writer, BooleanSupplier ended) {
        while (pen.isLent() || !hasWork()) {
            if (!pen.isLent() && (ended.getAsBoolean() || !writer.isOpen())) {
                return null;
            }
            segments.slim();
            pen.rest(writer);
        }
        return next();
    }

    /** What is next, though it were nothing but an empty segment; to be given back. */
    Segment next() {
        if (keeps && arrivals.isAckDue()) {
            wishes.acknowledge(arrivals.acknowledge());
        }
        if (segments.isChunkNext() && wishes.isEmpty()) {
            return segments.take();
        }
        // What is wished for does not wait for a chunk.
        Segment taken = segments.isChunkNext() ? segments.takeNothing() : segments.take();
        wishes.fulfil(taken.bytes);
        return taken;
    }

    /** Whether another thread may write in the writer's place: it rests, and what is written is kept. */
    boolean isFree() {
        return keeps && pen.isFree();
    }

    /** The same for a thread that must not wait for the socket, with so many bytes to write. */
    boolean isFreeFor(int bytes) {
        return isFree() && segments.held() == 0 && bytes <= AT_ONCE;
    }

    /** Lets the calling thread write what is next after this in the writer's place, until it is {@link #back}. */
    Turn turnAfter(Runnable putting) {
        Pen.Writer writer = pen.lend();
        try {
            putting.run();
            return new Turn(writer, next());
        } catch (RuntimeException | Error e) {
            back(true);
            throw e;
        }
    }

    /** What is next for the thread that has this writer's place; null when there is nothing. */
    Segment nextFor(Pen.Writer lent) {
        return lent.isOpen() && hasWork() ? next() : null;
    }

    /** The thread that had the writer's place is done. */
    void back(boolean ended) {
        if (pen.back() && (hasWork() || ended || pen.isStranded())) {
            wake();
        }
    }
}
