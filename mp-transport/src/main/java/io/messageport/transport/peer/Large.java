package io.messageport.transport.peer;

import io.messageport.runtime.link.Link;
import io.messageport.transport.wire.Frame;
import io.messageport.transport.wire.FrameWriter;
import io.messageport.transport.wire.Limits;
import io.messageport.transport.wire.WireBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends messages that are too large for one frame, in parts, on the sender's own thread. Since the sender does nothing
 * else meanwhile, what it sends next is behind the last part, and so the order of one sender is kept ({@code SND-4});
 * only messages that others send at the same time come between. Any thread.
 */
final class Large {
    private final Outbox outbox;
    private final AtomicInteger next = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by lock: bytes of the messages whose parts are being appended. */
    private long open;

    private boolean lost;

    Large(Outbox outbox) {
        this.outbox = outbox;
    }

    static boolean is(WireBuffer frame) {
        return frame.size() > Frame.HEADER + Limits.PART;
    }

    /**
     * Appends it part by part, and parks in between as long as others must not wait behind it.
     *
     * @param atOnce bytes of unfinished messages that the peer holds at most
     * @return false when the link is lost: the message does not arrive
     */
    boolean send(WireBuffer frame, long atOnce) {
        int message = next.incrementAndGet();
        WireBuffer part = WireBuffer.ofCapacity(Limits.FRAME);
        try {
            boolean open = begin(frame.size(), atOnce);
            for (int at = Frame.HEADER; open && at < frame.size();) {
                part.clear();
                at = FrameWriter.part(part, message, frame, at);
                open = outbox.appendPart(part);
            }
            return open;
        } finally {
            end(frame.size());
        }
    }

    /** Parks while others are under way of which the peer would have to hold more than it does; false when it is lost. */
    private boolean begin(int size, long atOnce) {
        lock.lock();
        try {
            while (!lost && open > 0 && open + size > atOnce) {
                changed.awaitUninterruptibly();
            }
            open += size;
            return !lost;
        } finally {
            lock.unlock();
        }
    }

    private void end(int size) {
        lock.lock();
        try {
            open -= size;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The link is lost: whoever waits need not. */
    void lost() {
        lock.lock();
        try {
            lost = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Appends it as a whole, without parking: if there is room, or in any case. */
    Link.Offer offer(WireBuffer frame, boolean evenIfFull) {
        int message = next.incrementAndGet();
        WireBuffer parts = WireBuffer.ofCapacity(frame.size() + frame.size() / 1024);
        int count = 0;
        for (int at = Frame.HEADER; at < frame.size(); count++) {
            at = FrameWriter.part(parts, message, frame, at);
        }
        return outbox.offer(parts, count, evenIfFull);
    }
}
