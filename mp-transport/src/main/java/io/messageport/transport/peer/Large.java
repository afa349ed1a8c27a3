package io.messageport.transport.peer;

import io.messageport.runtime.link.Link;
import io.messageport.transport.wire.Frame;
import io.messageport.transport.wire.Limits;
import io.messageport.transport.wire.Parts;
import io.messageport.transport.wire.WireBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
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
    private final Chunks chunks;
    private final AtomicInteger next = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by lock: bytes of the messages whose parts are being appended. */
    private long open;

    private boolean lost;

    Large(Outbox outbox, Chunks chunks) {
        this.outbox = outbox;
        this.chunks = chunks;
    }

    static boolean is(WireBuffer frame) {
        return frame.total() > Frame.HEADER + Limits.PART;
    }

    /**
     * Appends it part by part, and parks in between as long as others must not wait behind it; what is not appended when the
     * link ends is lost with it.
     *
     * @param atOnce bytes of unfinished messages that the peer holds at most
     * @param mayWrite whether the calling thread may write to the socket, and wait for it
     */
    void send(WireBuffer frame, long atOnce, boolean mayWrite) {
        Parts parts = new Parts(next.incrementAndGet(), frame);
        try {
            boolean open = begin(frame.total(), atOnce);
            while (open && parts.hasNext()) {
                open = outbox.appendParts(chunkOf(parts, outbox.chunkSize()), mayWrite);
            }
        } finally {
            end(frame.total());
        }
    }

    private Segment chunkOf(Parts parts, int size) {
        ByteBuffer chunk = chunks.take(size);
        int frames = parts.put(chunk);
        return new Segment(chunk.flip(), frames);
    }

    /** Parks while others are under way of which the peer would have to hold more than it does; false when it is lost. */
    private boolean begin(long size, long atOnce) {
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

    private void end(long size) {
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
        List<Segment> all = new ArrayList<>();
        for (Parts parts = new Parts(next.incrementAndGet(), frame); parts.hasNext();) {
            all.add(chunkOf(parts, Chunks.SHORT));
        }
        return outbox.offerParts(all, evenIfFull);
    }
}
