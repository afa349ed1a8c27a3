package io.messageport.transport.peer;

import io.messageport.transport.wire.Frame;
import io.messageport.transport.wire.WireBuffer;

/** A run of frames on its way to a peer. Not safe for threads, but the bytes are left alone while the writer has it. */
final class Segment {
    private static final int START = 1 << 13;

    final WireBuffer bytes = WireBuffer.ofCapacity(START);

    /** The number of the last numbered frame before it. */
    long before;

    /** How many numbered frames it has, and their bytes. */
    int numbered;

    int content;

    /** Bytes of parts of large messages in it that the writer has not taken yet. */
    int parts;

    /** Where its content ends, behind which the writer may have put signs of life. */
    int end;

    /** Where sending begins: what stands before has arrived. */
    int from;

    /** Empty again, behind the numbered frame with this number. */
    Segment clear(long number) {
        bytes.clear();
        before = number;
        numbered = 0;
        content = 0;
        parts = 0;
        from = 0;
        return this;
    }

    /** The number of its last numbered frame. */
    long last() {
        return before + numbered;
    }

    int unsent() {
        return bytes.size() - from;
    }

    /** Sending is to begin behind the numbered frame with this number. */
    void goBackTo(long number) {
        int at = 0;
        for (long passed = before; passed < number; at += 4 + bytes.get32(at)) {
            if (isNumbered(bytes.get8(at + 4))) {
                passed++;
            }
        }
        from = at;
    }

    private static boolean isNumbered(int type) {
        return type == Frame.DATA || type == Frame.PART;
    }
}
