package io.messageport.transport.peer;

import io.messageport.runtime.link.Link;
import io.messageport.spi.Clock;
import io.messageport.transport.wire.WireBuffer;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What is to reach one peer: its {@link Segments}, which together the outbound limit bounds ({@code BND-2}, {@code
 * BND-3}), whether they wait for the writer or for the peer's acknowledgement.
 *
 * <p>Any thread appends; one writer takes. Everything here is guarded by {@code lock}, which is never held during I/O. A
 * sender that finds the outbox full parks at the turnstile until there is room or the link ends.
 *
 * <p>Signs of life and acknowledgements are no content but wishes: the writer makes the frames as it takes a segment, so
 * they wait behind that one at most, and never pile up.
 */
final class Outbox {
    /** The largest frame that its sender writes: no socket is so small that it would block with this and nothing else. */
    private static final int AT_ONCE = 1 << 12;

    private final long limit;
    private final Arrivals arrivals;
    private final ReentrantLock lock = new ReentrantLock();
    private final Turnstile senders = new Turnstile(lock);
    private final Condition partsMayCome = lock.newCondition();
    private final Pen pen = new Pen(lock);
    private final PartsFlow parts;
    private final Segments segments;
    private final Wishes wishes = new Wishes();

    /** Nothing more is appended; what is there is still to be sent, unless it is dropped. */
    private boolean ended;

    private boolean dropped;

    /** Asked since the last acknowledgement, so that a full outbox asks once. */
    private boolean asked;

    /** Whether the peer acknowledges; otherwise what is written is as good as arrived. */
    private boolean keeps;

    Outbox(long limit, Chunks chunks, Clock clock, Arrivals arrivals) {
        this.limit = limit;
        this.arrivals = arrivals;
        parts = new PartsFlow(chunks, clock, partsMayCome, limit);
        segments = new Segments(parts);
    }

    /** Appends a frame; parks while there is no room, and is lost with a link that ends meanwhile. False on a lost link. */
    boolean append(WireBuffer frame) {
        lock.lock();
        try {
            if (ended) {
                return false;
            }
            if (!hasToPark(frame.size())) {
                put(frame);
                return true;
            }
        } finally {
            lock.unlock();
        }
        park(frame.size(), () -> put(frame));
        return true;
    }

    private boolean hasToPark(long size) {
        if (!senders.isUsed() && fits(size)) {
            return false;
        }
        senders.enter();
        askForRoom();
        return true;
    }

    private void park(long size, Runnable putting) {
        senders.pass(() -> ended || fits(size), this::askForRoom, () -> {
            if (!ended) {
                putting.run();
            }
        });
    }

    /**
     * As {@link #append}, but writes the frame on the calling thread where it can neither wait nor overtake: when the peer
     * has said that it has everything, and the writer rests.
     */
    boolean appendOrWrite(WireBuffer frame) {
        Runnable writing = ask(() -> {
            if (ended || !pen.isFree() || !keeps || segments.held() > 0 || frame.size() > AT_ONCE) {
                return null;
            }
            segments.put(frame);
            Pen.Writer writer = pen.lend();
            Segment taken = next();
            return () -> writer.write(taken);
        });
        if (writing == null) {
            return append(frame);
        }
        writing.run();
        return true;
    }

    /** Appends a frame, if there is room and nobody waits for some, or in any case. Never parks. */
    Link.Offer offer(WireBuffer frame, boolean evenIfFull) {
        return offer(frame.size(), evenIfFull, () -> put(frame));
    }

    /** Appends parts of a message; parks while there is no room, or others wait for the writer. False on a lost link. */
    boolean appendParts(Segment chunk) {
        lock.lock();
        try {
            while (!ended && parts.isHeldBack()) {
                askForRoom();
                partsMayCome.awaitUninterruptibly();
            }
            if (ended) {
                return false;
            }
            if (!hasToPark(chunk.content)) {
                putParts(chunk);
                return true;
            }
        } finally {
            lock.unlock();
        }
        park(chunk.content, () -> putParts(chunk));
        return true;
    }

    /** Appends all parts of a message, if there is room or in any case. Never parks. */
    Link.Offer offerParts(List<Segment> all, boolean evenIfFull) {
        long size = all.stream().mapToLong(chunk -> chunk.content).sum();
        return offer(size, evenIfFull, () -> all.forEach(this::putParts));
    }

    private Link.Offer offer(long size, boolean evenIfFull, Runnable putting) {
        return ask(() -> {
            if (ended) {
                return Link.Offer.LOST;
            }
            if (!evenIfFull && (senders.isUsed() || !fits(size))) {
                askForRoom();
                return Link.Offer.FULL;
            }
            putting.run();
            return Link.Offer.TAKEN;
        });
    }

    /** A sign of life is due, or a question for one. */
    void signOfLife(boolean asks) {
        wish(() -> wishes.signOfLife(asks));
    }

    /** So many numbered frames have arrived from the peer, and it is to know. */
    void acknowledge(long received) {
        wish(() -> wishes.acknowledge(received));
    }

    private void wish(Runnable wishing) {
        locked(() -> {
            wishing.run();
            pen.wake();
        });
    }

    /** So many numbered frames have arrived there; false when so many were never sent. */
    boolean acknowledged(long received) {
        return ask(() -> {
            boolean possible = dropped || segments.acknowledge(received);
            asked = false;
            wakeParked();
            return possible;
        });
    }

    /** Another socket goes on behind the frames that have arrived; false when these are not to be had any more. */
    boolean goBackTo(long received) {
        return ask(() -> {
            boolean possible = dropped || segments.goBackTo(received);
            asked = false;
            wakeAll();
            return possible;
        });
    }

    /** Ends it: nothing more is appended, parked senders go free, what waits is dropped. */
    void drop() {
        locked(() -> {
            ended = true;
            dropped = true;
            segments.clear();
            wakeAll();
        });
    }

    /** Ends it: nothing more is appended, parked senders go free, what waits is sent and then this frame. */
    void finish(WireBuffer last) {
        locked(() -> {
            if (!ended) {
                segments.putLast(last);
                ended = true;
                wakeAll();
            }
        });
    }

    /** The link is up; from now on it is known whether the peer acknowledges. */
    void keeps(boolean peerAcknowledges) {
        locked(() -> {
            keeps = peerAcknowledges;
            wakeParked();
        });
    }

    /** Waits for something to send and takes it, until {@link #giveBack}; null when there will be none on this socket. */
    Segment take(Pen.Writer writer) {
        lock.lock();
        try {
            while (pen.isLent() || !hasWork()) {
                if (!pen.isLent() && (ended || !writer.isOpen())) {
                    return null;
                }
                segments.slim();
                pen.rest(writer);
            }
            return next();
        } finally {
            lock.unlock();
        }
    }

    private boolean hasWork() {
        return segments.waiting() > 0 || !wishes.isEmpty();
    }

    private Segment next() {
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

    /** Whoever took it is done with it, whether all of it is written or its socket is broken. */
    void giveBack(Segment segment) {
        locked(() -> {
            if (pen.back() && (hasWork() || ended || pen.isStranded())) {
                pen.wake();
            }
            if (!dropped) {
                segments.giveBack(segment);
                if (!keeps) {
                    boolean unused = segments.acknowledge(segment.last());
                }
                wakeParked();
            }
        });
    }

    /** Bytes that wait for the writer. */
    long waiting() {
        return ask(segments::waiting);
    }

    /** Whether anything is on its way to the socket. */
    boolean isUnwritten() {
        return ask(segments::isUnwritten);
    }

    /** Bytes of frames that the peer has not acknowledged, or does not have. */
    long held() {
        return ask(segments::held);
    }

    /** The writer's socket is closed. */
    void socketClosed() {
        locked(pen::wake);
    }

    private <T> T ask(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    private boolean fits(long size) {
        return segments.held() == 0 || segments.held() + size <= limit;
    }

    private void put(WireBuffer frame) {
        segments.put(frame);
        pen.wake();
    }

    private void putParts(Segment chunk) {
        segments.put(chunk);
        if (parts.isAnswerWanted()) {
            askForRoom();
        }
        pen.wake();
    }

    /** What the peer has, it may not have said yet; the answer to a question says it. */
    private void askForRoom() {
        if (!asked && keeps) {
            asked = true;
            wishes.signOfLife(true);
            pen.wake();
        }
    }

    private void wakeAll() {
        wakeParked();
        pen.wake();
    }

    private void wakeParked() {
        senders.turn();
        partsMayCome.signalAll();
    }
}
