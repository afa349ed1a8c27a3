package io.messageport.transport.peer;

import io.messageport.runtime.link.Link;
import io.messageport.transport.wire.Frame;
import io.messageport.transport.wire.FrameWriter;
import io.messageport.transport.wire.Limits;
import io.messageport.transport.wire.WireBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends messages that are too large for one frame, in parts, on the sender's own thread. Since the sender does nothing
 * else meanwhile, what it sends next is behind the last part, and so the order of one sender is kept ({@code SND-4});
 * only messages that others send at the same time come between. Any thread.
 */
final class Large {
    private final Outbox outbox;
    private final AtomicInteger next = new AtomicInteger();

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
            boolean open = outbox.beginLarge(frame.size(), atOnce);
            for (int at = Frame.HEADER; open && at < frame.size();) {
                part.clear();
                at = FrameWriter.part(part, message, frame, at);
                open = outbox.appendPart(part);
            }
            return open;
        } finally {
            outbox.endLarge(frame.size());
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
