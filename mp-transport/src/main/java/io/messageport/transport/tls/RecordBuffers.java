package io.messageport.transport.tls;

import java.nio.ByteBuffer;
import org.jctools.queues.atomic.MpmcAtomicArrayQueue;

/**
 * The buffers that one transport encrypts into, shared by all its streams: a stream needs one only while it writes, and most
 * of a thousand peers write nothing but a sign of life now and then. Keeps a bounded number of them. Any thread.
 */
public final class RecordBuffers {
    private static final int KEPT = 16;

    private final MpmcAtomicArrayQueue<ByteBuffer> spare = new MpmcAtomicArrayQueue<>(KEPT);

    /** An empty one of at least this capacity, the caller's until it gives it back or lets it go. */
    ByteBuffer take(int capacity) {
        ByteBuffer buffer = spare.relaxedPoll();
        return buffer == null || buffer.capacity() < capacity ? ByteBuffer.allocate(capacity) : buffer.clear();
    }

    /** Takes one back that nobody looks at any more. */
    void give(ByteBuffer buffer) {
        boolean unused = spare.relaxedOffer(buffer);
    }
}
