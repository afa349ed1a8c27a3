package io.messageport.transport.peer;

import io.messageport.transport.wire.Frame;
import io.messageport.transport.wire.WireBuffer;
import java.nio.ByteBuffer;

/**
 * A run of frames on its way to a peer: whole messages, which senders append to it one by one, or a chunk with parts of one
 * large message, which is complete from the start. Not safe for threads, but the bytes are left alone while the writer has
 * it.
 */
final class Segment {
    private static final int START = 1 << 13;

    /** The frames of whole messages; null for a chunk. */
    final WireBuffer bytes;

    /** Parts of a large message, from its position 0 to its limit; null for whole messages. */
    final ByteBuffer chunk;

    /** The number of the last numbered frame before it. */
    long before;

    /** How many numbered frames it has, and their bytes. */
    int numbered;

    int content;

    /** Of a chunk: whether the writer has never taken it yet, and when it did so last. */
    boolean waits;

    long takenAt;

    /** Where its content ends, behind which the writer may have put signs of life. */
    int end;

    /** Where sending begins: what stands before has arrived. */
    int from;

    Segment() {
        bytes = WireBuffer.ofCapacity(START);
        chunk = null;
    }

    /** A chunk, ready to be read from, with so many numbered frames. */
    Segment(ByteBuffer chunk, int frames) {
        bytes = null;
        this.chunk = chunk;
        numbered = frames;
        content = chunk.limit();
    }

    /** Empty again, behind the numbered frame with this number. */
    Segment clear(long number) {
        bytes.clear();
        before = number;
        numbered = 0;
        content = 0;
        end = 0;
        from = 0;
        return this;
    }

    boolean isChunk() {
        return chunk != null;
    }

    int size() {
        return chunk == null ? bytes.size() : chunk.limit();
    }

    /** The bytes from one position to another. */
    ByteBuffer view(int begin, int to) {
        return chunk == null ? bytes.view(begin, to) : chunk.slice(begin, to - begin);
    }

    /** The number of its last numbered frame. */
    long last() {
        return before + numbered;
    }

    int unsent() {
        return size() - from;
    }

    /** Sending is to begin behind the numbered frame with this number. */
    void goBackTo(long number) {
        int at = 0;
        for (long passed = before; passed < number; at += 4 + lengthAt(at)) {
            if (Frame.isNumbered(typeAt(at + 4))) {
                passed++;
            }
        }
        from = at;
    }

    private int lengthAt(int at) {
        return chunk == null ? bytes.get32(at) : chunk.getInt(at);
    }

    private int typeAt(int at) {
        return chunk == null ? bytes.get8(at) : chunk.get(at);
    }
}
