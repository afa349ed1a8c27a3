package io.messageport.transport.peer;

import io.messageport.runtime.link.Link;
import io.messageport.transport.wire.WireBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits to be sent to one peer ({@code BND-2}, {@code BND-3}): two buffers, of which senders fill one while the
 * writer sends the other.
 *
 * <p>Any thread appends; one writer takes. Everything here is guarded by {@code lock}, which is never held during I/O. A
 * sender that finds the outbox full passes the turnstile, so parked senders go on in the order they came, and a large
 * message is not overtaken for ever by small ones. Parking ignores interrupts, which stay set: it ends with room or with
 * the link.
 */
final class Outbox {
    private static final int START = 1 << 13;
    private static final int KEEP = 1 << 18;

    private final long limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition work = lock.newCondition();
    private final ReentrantLock turnstile = new ReentrantLock(true);

    private WireBuffer filling = WireBuffer.ofCapacity(START);
    private WireBuffer writing = WireBuffer.ofCapacity(START);
    private long waiting;
    private int parked;
    private boolean writerIdle;
    private boolean answerWaits;
    private boolean ended;

    Outbox(long limit) {
        this.limit = limit;
    }

    /** Appends a frame; parks while there is no room. False when the link is lost, and then nothing was appended. */
    boolean append(WireBuffer frame) {
        lock.lock();
        try {
            if (ended) {
                return false;
            }
            if (parked == 0 && fits(frame)) {
                put(frame);
                return true;
            }
            parked++;
        } finally {
            lock.unlock();
        }
        return appendParked(frame);
    }

    /** Appends a frame if there is room and nobody waits for some. */
    Link.Offer appendIfRoom(WireBuffer frame) {
        lock.lock();
        try {
            if (ended) {
                return Link.Offer.LOST;
            }
            if (parked > 0 || !fits(frame)) {
                return Link.Offer.FULL;
            }
            put(frame);
            return Link.Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    private boolean appendParked(WireBuffer frame) {
        turnstile.lock();
        try {
            lock.lock();
            try {
                while (!ended && !fits(frame)) {
                    room.awaitUninterruptibly();
                }
                parked--;
                if (ended) {
                    return false;
                }
                put(frame);
                return true;
            } finally {
                lock.unlock();
            }
        } finally {
            turnstile.unlock();
        }
    }

    /** Appends a frame whether there is room or not. False when the link is lost. */
    boolean appendControl(WireBuffer frame) {
        lock.lock();
        try {
            if (!ended) {
                put(frame);
            }
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    /** Appends a sign of life unless one waits already, so that questions cannot pile up answers. */
    void appendSignOfLife(WireBuffer frame) {
        lock.lock();
        try {
            if (!ended && !answerWaits) {
                answerWaits = true;
                put(frame);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends it: nothing more is appended, parked senders go free, what waits is dropped. */
    void drop() {
        lock.lock();
        try {
            ended = true;
            filling = WireBuffer.ofCapacity(1);
            waiting = 0;
            wakeAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends it: nothing more is appended, parked senders go free, what waits is sent and then this frame. */
    void finish(WireBuffer last) {
        lock.lock();
        try {
            if (!ended) {
                put(last);
                ended = true;
                wakeAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** For the writer: waits for content and takes all of it; null when there will be none. */
    WireBuffer take() {
        lock.lock();
        try {
            while (filling.size() == 0) {
                if (ended) {
                    return null;
                }
                slim();
                writerIdle = true;
                work.awaitUninterruptibly();
                writerIdle = false;
            }
            WireBuffer full = filling;
            filling = writing;
            filling.clear();
            writing = full;
            answerWaits = false;
            return full;
        } finally {
            lock.unlock();
        }
    }

    /** For the writer: that many bytes of what was taken are on their way. */
    void written(int bytes) {
        lock.lock();
        try {
            waiting = Math.max(0, waiting - bytes);
            if (parked > 0) {
                room.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Bytes appended and not yet written. */
    long waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    private boolean fits(WireBuffer frame) {
        return waiting == 0 || waiting + frame.size() <= limit;
    }

    private void put(WireBuffer frame) {
        filling.append(frame);
        waiting += frame.size();
        if (writerIdle) {
            writerIdle = false;
            work.signal();
        }
    }

    /** Gives the room of a past burst back before a pause. */
    private void slim() {
        if (filling.capacity() > KEEP) {
            filling = WireBuffer.ofCapacity(START);
        }
        if (writing.capacity() > KEEP) {
            writing = WireBuffer.ofCapacity(START);
        }
    }

    private void wakeAll() {
        room.signalAll();
        work.signalAll();
    }
}
