package io.messageport.transport.peer;

import io.messageport.runtime.link.Link;
import io.messageport.spi.Clock;
import io.messageport.transport.wire.WireBuffer;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What is to reach one peer: its {@link Segments}, which together the outbound limit bounds ({@code BND-2}, {@code
 * BND-3}), whether they wait for the writer or for the peer's acknowledgement.
 *
 * <p>Any thread appends; one writer takes. Everything here is guarded by {@code lock}, which is never held during I/O. A
 * sender that finds the outbox full passes the turnstile, so parked senders go on in the order they came, and a large
 * message is not overtaken for ever by small ones. Parking ignores interrupts, which stay set: it ends with room or with
 * the link.
 *
 * <p>Signs of life and acknowledgements are no content but wishes: the writer makes the frames as it takes a segment, so
 * they wait behind that one at most, and never pile up.
 */
final class Outbox {
    private final long limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition partsMayCome = lock.newCondition();
    private final Condition work = lock.newCondition();
    private final ReentrantLock turnstile = new ReentrantLock(true);
    private final PartsFlow parts;
    private final Segments segments;
    private final Wishes wishes = new Wishes();

    private int parked;
    private boolean writerIdle;

    /** Nothing more is appended; what is there is still to be sent, unless it is dropped. */
    private boolean ended;

    private boolean dropped;

    /** Asked since the last acknowledgement, so that a full outbox asks once. */
    private boolean asked;

    /** Whether the peer acknowledges; otherwise what is written is as good as arrived. */
    private boolean keeps;

    Outbox(long limit, Chunks chunks, Clock clock) {
        this.limit = limit;
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
            if (parked == 0 && fits(frame.size())) {
                put(frame);
                return true;
            }
            parked++;
            askForRoom();
        } finally {
            lock.unlock();
        }
        putWithRoom(frame.size(), () -> put(frame));
        return true;
    }

    /** Appends a frame if there is room and nobody waits for some. */
    Link.Offer appendIfRoom(WireBuffer frame) {
        return offer(frame.size(), false, () -> put(frame));
    }

    /** Passes the turnstile, counted among the parked before, and parks until there is room or the link ends. */
    private void putWithRoom(long size, Runnable putting) {
        turnstile.lock();
        try {
            locked(() -> {
                while (!ended && !fits(size)) {
                    askForRoom();
                    room.awaitUninterruptibly();
                }
                parked--;
                if (!ended) {
                    putting.run();
                }
            });
        } finally {
            turnstile.unlock();
        }
    }

    /** Appends a frame whether there is room or not. False when the link is lost. */
    boolean appendControl(WireBuffer frame) {
        return offer(frame.size(), true, () -> put(frame)) == Link.Offer.TAKEN;
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
            if (parked == 0 && fits(chunk.content)) {
                putParts(chunk);
                return true;
            }
            parked++;
            askForRoom();
        } finally {
            lock.unlock();
        }
        putWithRoom(chunk.content, () -> putParts(chunk));
        return true;
    }

    /** Appends all parts of a message, if there is room or in any case. Never parks. */
    Link.Offer offerParts(List<Segment> all, boolean evenIfFull) {
        long size = all.stream().mapToLong(chunk -> chunk.content).sum();
        return offer(size, evenIfFull, () -> all.forEach(this::putParts));
    }

    private Link.Offer offer(long size, boolean evenIfFull, Runnable putting) {
        lock.lock();
        try {
            if (ended) {
                return Link.Offer.LOST;
            }
            if (!evenIfFull && (parked > 0 || !fits(size))) {
                askForRoom();
                return Link.Offer.FULL;
            }
            putting.run();
            return Link.Offer.TAKEN;
        } finally {
            lock.unlock();
        }
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
            wakeWriter();
        });
    }

    /** So many numbered frames have arrived there; false when so many were never sent. */
    boolean acknowledged(long received) {
        lock.lock();
        try {
            boolean possible = dropped || segments.acknowledge(received);
            asked = false;
            wakeParked();
            return possible;
        } finally {
            lock.unlock();
        }
    }

    /** Another socket goes on behind the frames that have arrived; false when these are not to be had any more. */
    boolean goBackTo(long received) {
        lock.lock();
        try {
            boolean possible = dropped || segments.goBackTo(received);
            asked = false;
            wakeParked();
            wakeWriter();
            return possible;
        } finally {
            lock.unlock();
        }
    }

    /** Ends it: nothing more is appended, parked senders go free, what waits is dropped. */
    void drop() {
        locked(() -> {
            ended = true;
            dropped = true;
            segments.clear();
            free();
        });
    }

    /** Ends it: nothing more is appended, parked senders go free, what waits is sent and then this frame. */
    void finish(WireBuffer last) {
        locked(() -> {
            if (!ended) {
                segments.putLast(last);
                ended = true;
                free();
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
    Segment take(BooleanSupplier isOpen) {
        lock.lock();
        try {
            while (segments.waiting() == 0 && wishes.isEmpty()) {
                if (ended || !isOpen.getAsBoolean()) {
                    return null;
                }
                segments.slim();
                writerIdle = true;
                work.awaitUninterruptibly();
                writerIdle = false;
            }
            if (segments.isChunkNext() && wishes.isEmpty()) {
                return segments.take();
            }
            // What is wished for does not wait for a chunk.
            Segment taken = segments.isChunkNext() ? segments.takeNothing() : segments.take();
            wishes.fulfil(taken.bytes);
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** The writer is done with it, whether all of it is written or its socket is broken. */
    void giveBack(Segment segment) {
        locked(() -> {
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
        return look(Segments::waiting);
    }

    /** Whether anything is on its way to the socket. */
    boolean isUnwritten() {
        return look(Segments::isUnwritten);
    }

    /** Bytes of frames that the peer has not acknowledged, or does not have. */
    long held() {
        return look(Segments::held);
    }

    private <T> T look(Function<Segments, T> question) {
        lock.lock();
        try {
            return question.apply(segments);
        } finally {
            lock.unlock();
        }
    }

    /** The writer's socket is closed. */
    void socketClosed() {
        locked(this::wakeWriter);
    }

    private void free() {
        room.signalAll();
        partsMayCome.signalAll();
        work.signalAll();
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
        wakeWriter();
    }

    private void putParts(Segment chunk) {
        segments.put(chunk);
        if (parts.isAnswerWanted()) {
            askForRoom();
        }
        wakeWriter();
    }

    /** What the peer has, it may not have said yet; the answer to a question says it. */
    private void askForRoom() {
        if (!asked && keeps) {
            asked = true;
            wishes.signOfLife(true);
            wakeWriter();
        }
    }

    private void wakeWriter() {
        if (writerIdle) {
            writerIdle = false;
            work.signal();
        }
    }

    private void wakeParked() {
        if (parked > 0) {
            room.signal();
        }
        partsMayCome.signalAll();
    }
}
