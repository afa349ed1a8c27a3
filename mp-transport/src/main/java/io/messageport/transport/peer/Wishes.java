package io.messageport.transport.peer;

import io.messageport.transport.wire.FrameWriter;
import io.messageport.transport.wire.WireBuffer;

/** What is to be said to the peer beside the content: at most one of each. Guarded by the lock of the {@link Outbox}. */
final class Wishes {
    private boolean ping;
    private boolean pong;
    private long ack = -1;

    boolean isEmpty() {
        return !ping && !pong && ack < 0;
    }

    /** A question for a sign of life, or one unasked. */
    void signOfLife(boolean asks) {
        ping |= asks;
        pong |= !asks;
    }

    /** So many numbered frames have arrived; nothing new if negative. */
    void acknowledge(long received) {
        ack = Math.max(ack, received);
    }

    /** Appends the frames, and wishes nothing more. */
    void fulfil(WireBuffer out) {
        if (ack >= 0) {
            FrameWriter.ack(out, ack);
            ack = -1;
        }
        if (ping) {
            FrameWriter.heartbeat(out, true);
            ping = false;
        }
        if (pong) {
            FrameWriter.heartbeat(out, false);
            pong = false;
        }
    }
}
