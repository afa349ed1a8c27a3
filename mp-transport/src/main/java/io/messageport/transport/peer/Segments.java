package io.messageport.transport.peer;

import io.messageport.transport.wire.WireBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The numbered frames of one link, from the first that the peer has not acknowledged to the last that was appended: those
 * written once and kept, so that another socket can go on where one broke off ({@code CON-5}), and those that wait for the
 * writer. Guarded by the lock of the {@link Outbox}.
 */
final class Segments {
    /** A full segment: about what one write takes. */
    static final int FULL = 1 << 17;

    private static final int SPARES = 2;
    private static final int SLIM = 1 << 14;
    private static final int SHORT = 1 << 12;

    /** Not taken by the writer since the present socket began; oldest first, the last one is being filled if no chunk. */
    private final Deque<Segment> unsent = new ArrayDeque<>();

    /** Written, not acknowledged; oldest first. */
    private final Deque<Segment> kept = new ArrayDeque<>();

    private final Deque<Segment> spares = new ArrayDeque<>();
    private final PartsFlow parts;
    private long held;
    private long waiting;
    private boolean taken;
    private long appended;
    private long acknowledged;

    /** The number of the last frame that the writer has ever taken. */
    private long sent;

    /** @param parts told what becomes of chunks */
    Segments(PartsFlow parts) {
        this.parts = parts;
    }

    /** Bytes of numbered frames that are not acknowledged. */
    long held() {
        return held;
    }

    /** Bytes that the writer has not taken. */
    long waiting() {
        return waiting;
    }

    /** Whether anything is on its way to the socket. */
    boolean isUnwritten() {
        return taken || waiting > 0;
    }

    /** How many segments hold written frames that the peer has not acknowledged; for tests. */
    int segmentsKept() {
        return kept.size();
    }

    /** Appends a numbered frame. */
    void put(WireBuffer frame) {
        Segment to = withRoomFor(frame);
        to.bytes.append(frame);
        to.numbered++;
        to.content += frame.size();
        appended++;
        held += frame.size();
        waiting += frame.size();
    }

    private Segment withRoomFor(WireBuffer frame) {
        Segment last = unsent.peekLast();
        if (last == null || last.isChunk() || last.size() > 0 && last.size() + frame.size() > FULL) {
            last = fresh();
            unsent.add(last);
        }
        return last;
    }

    /** Appends a chunk. */
    void put(Segment chunk) {
        if (unsent.peekLast() != null && unsent.peekLast().size() == 0) {
            spare(unsent.pollLast());
        }
        parts.appended(chunk);
        chunk.before = appended;
        appended += chunk.numbered;
        held += chunk.content;
        waiting += chunk.content;
        unsent.add(chunk);
    }

    /** Appends a frame that is not numbered, the last of all. */
    void putLast(WireBuffer frame) {
        withRoomFor(frame).bytes.append(frame);
        waiting += frame.size();
    }

    /** Whether the next segment takes nothing more. */
    boolean isChunkNext() {
        return !unsent.isEmpty() && unsent.peekFirst().isChunk();
    }

    /** An empty segment for what is no content; to be given back. */
    Segment takeNothing() {
        taken = true;
        return spareOrNew().clear(sent);
    }

    /** The oldest segment that is not taken, perhaps empty; to be given back. */
    Segment take() {
        Segment next = unsent.pollFirst();
        if (next == null) {
            return takeNothing();
        }
        waiting -= next.unsent();
        taken = true;
        sent = Math.max(sent, next.last());
        next.end = next.size();
        if (next.isChunk()) {
            parts.taken(next);
        }
        return next;
    }

    /** The writer is done with it, whether all of it is written or its socket is broken. */
    void giveBack(Segment segment) {
        taken = false;
        // What was said beside the content belonged to that socket.
        if (!segment.isChunk()) {
            segment.bytes.truncate(segment.end);
        }
        if (segment.numbered > 0 && !absorbed(segment)) {
            kept.add(segment);
        } else {
            spare(segment);
        }
        release();
    }

    /**
     * So many numbered frames have arrived at the peer.
     *
     * @return false when so many were never sent
     */
    boolean acknowledge(long received) {
        if (received > sent) {
            return false;
        }
        acknowledged = Math.max(acknowledged, received);
        release();
        return true;
    }

    /**
     * Everything behind the frames that have arrived is to be sent, once more where need be. No segment may be taken.
     *
     * @return false when more than was ever sent is to have arrived, or less than was acknowledged
     */
    boolean goBackTo(long received) {
        if (received < acknowledged || !acknowledge(received)) {
            return false;
        }
        while (!kept.isEmpty()) {
            Segment back = kept.pollLast();
            back.from = 0;
            unsent.addFirst(back);
        }
        if (!unsent.isEmpty()) {
            unsent.peekFirst().goBackTo(received);
        }
        waiting = 0;
        for (Segment segment : unsent) {
            waiting += segment.unsent();
        }
        return true;
    }

    /** Whether a short one, such as a single answer, found room behind the one before; so the bound means the memory too. */
    private boolean absorbed(Segment segment) {
        Segment last = kept.peekLast();
        if (last == null || last.isChunk() || segment.isChunk() || segment.size() > SHORT
                || last.size() + segment.size() > FULL) {
            return false;
        }
        last.bytes.append(segment.bytes);
        last.numbered += segment.numbered;
        last.content += segment.content;
        last.end = last.bytes.size();
        return true;
    }

    private void spare(Segment segment) {
        if (segment.isChunk()) {
            parts.arrived(segment);
        } else if (spares.size() < SPARES) {
            spares.add(segment);
        }
    }

    /** Forgets everything but what the writer has taken. */
    void clear() {
        unsent.clear();
        kept.clear();
        spares.clear();
        held = 0;
        waiting = 0;
    }

    /** Gives the room of a past burst back before a pause. */
    void slim() {
        spares.removeIf(spare -> spare.bytes.capacity() > SLIM);
        unsent.removeIf(empty -> empty.size() == 0 && empty.bytes.capacity() > SLIM);
    }

    private void release() {
        Segment lastChunk = null;
        while (!kept.isEmpty() && kept.peekFirst().last() <= acknowledged) {
            Segment free = kept.pollFirst();
            held -= free.content;
            spare(free);
            lastChunk = free.isChunk() ? free : lastChunk;
        }
        if (lastChunk != null) {
            parts.acknowledged(lastChunk);
        }
    }

    private Segment fresh() {
        return spareOrNew().clear(appended);
    }

    private Segment spareOrNew() {
        Segment spare = spares.pollFirst();
        return spare == null ? new Segment() : spare;
    }
}
