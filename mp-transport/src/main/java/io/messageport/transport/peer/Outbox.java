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
    private final long limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Turnstile senders = new Turnstile(lock);
    private final Condition partsMayCome = lock.newCondition();
    private final PartsFlow parts;
    private final Segments segments;
    private final Outgoing out;

    /** Nothing more is appended; what is there is still to be sent, unless it is dropped. */
    private boolean ended;

    private boolean dropped;

    /** Asked since the last acknowledgement, so that a full outbox asks once. */
    private boolean asked;

    Outbox(long limit, Chunks chunks, Clock clock, Arrivals arrivals) {
        this.limit = limit;
        parts = new PartsFlow(chunks, clock, partsMayCome, limit);
        segments = new Segments(parts);
        out = new Outgoing(lock, segments, arrivals);
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
        Outgoing.Turn turn = ask(
                () -> ended || !out.isFreeFor(frame.size()) ? null : out.turnAfter(() -> put(frame)));
        if (turn == null) {
            return append(frame);
        }
        write(turn, false);
        return true;
    }

    /** Writes what is next, and up to the first chunk if it is one that was put; what others put is the writer's. */
    private void write(Outgoing.Turn turn, boolean chunk) {
        try {
            Segment next = turn.next();
            turn.writer().write(next);
            while (chunk && next != null && !next.isChunk()) {
                next = ask(() -> out.nextFor(turn.writer()));
                if (next != null) {
                    turn.writer().write(next);
                }
            }
        } finally {
            locked(() -> out.back(ended));
        }
    }

    /** Appends a frame, if there is room and nobody waits for some, or in any case. Never parks. */
    Link.Offer offer(WireBuffer frame, boolean evenIfFull) {
        return offer(frame.size(), evenIfFull, () -> put(frame));
    }

    /**
     * Appends parts of a message; parks while there is no room, or others wait for the writer. False on a lost link.
     *
     * @param mayWrite whether the calling thread may write it too, if the writer rests, and wait for the socket
     */
    boolean appendParts(Segment chunk, boolean mayWrite) {
        Outgoing.Turn turn = null;
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
                // A thread that is to end would close the socket, and with each chunk the next one.
                if (!mayWrite || out.hasWork() || !out.isFree() || Thread.currentThread().isInterrupted()) {
                    putParts(chunk);
                    return true;
                }
                turn = out.turnAfter(() -> putParts(chunk));
            }
        } finally {
            lock.unlock();
        }
        if (turn != null) {
            write(turn, true);
        } else {
            park(chunk.content, () -> putParts(chunk));
        }
        return true;
    }

    /** Bytes that the next chunk may have; a hint. */
    int chunkSize() {
        return ask(parts::chunkSize);
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
        locked(() -> out.wish(wishes -> wishes.signOfLife(asks)));
    }

    /** So many numbered frames have arrived from the peer, and it is to know. */
    void acknowledge(long received) {
        locked(() -> out.wish(wishes -> wishes.acknowledge(received)));
    }

    /**
     * As both of these, for the reader, who says it on its own thread, which saves the wake-up of the writer. It does so
     * only if the peer has everything that was sent to it: then the socket has room, and no reader waits for the other.
     *
     * @param received as {@link #acknowledge}; negative for nothing
     */
    void answer(long received, boolean alive) {
        Runnable wishing = () -> out.wish(wishes -> {
            wishes.acknowledge(received);
            if (alive) {
                wishes.signOfLife(false);
            }
        });
        Outgoing.Turn turn = ask(() -> {
            if (out.isFreeFor(0)) {
                return out.turnAfter(wishing);
            }
            wishing.run();
            return null;
        });
        if (turn != null) {
            write(turn, false);
        }
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
            out.keeps(peerAcknowledges);
            wakeParked();
        });
    }

    /** Waits for something to send and takes it, until {@link #giveBack}; null when there will be none on this socket. */
    Segment take(Pen.Writer writer) {
        return ask(() -> out.take(writer, () -> ended));
    }

    /** Whoever took it is done with it, whether all of it is written or its socket is broken. */
    void giveBack(Segment segment) {
        locked(() -> {
            if (!dropped) {
                segments.giveBack(segment);
                if (!out.keeps()) {
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
        locked(out::wake);
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
        out.wake();
    }

    private void putParts(Segment chunk) {
        segments.put(chunk);
        if (parts.isAnswerWanted()) {
            askForRoom();
        }
        out.wake();
    }

    /** What the peer has, it may not have said yet; the answer to a question says it. */
    private void askForRoom() {
        if (!asked && out.keeps()) {
            asked = true;
            out.wish(wishes -> wishes.signOfLife(true));
        }
    }

    private void wakeAll() {
        wakeParked();
        out.wake();
    }

    private void wakeParked() {
        senders.turn();
        partsMayCome.signalAll();
    }
}
