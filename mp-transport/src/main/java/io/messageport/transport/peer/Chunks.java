package io.messageport.transport.peer;

import java.nio.ByteBuffer;
import org.jctools.queues.atomic.MpmcAtomicArrayQueue;

/**
 * The buffers that parts of large messages are sent from: outside the heap, so that the JDK hands them to the socket as they
 * are, and reused, so that they stay in the processor's caches. Any thread; one for a whole transport, which keeps a bounded
 * number of them.
 */
final class Chunks {
    /** Bytes of each: what one write takes at most. */
    static final int SIZE = 1 << 17;

    private static final int KEPT = 32;

    private final MpmcAtomicArrayQueue<ByteBuffer> spare = new MpmcAtomicArrayQueue<>(KEPT);

    /** An empty one with room for so many bytes, the caller's until it gives it back or lets it go. */
    ByteBuffer take(int bytes) {
        ByteBuffer chunk = spare.relaxedPoll();
        return (chunk == null ? ByteBuffer.allocateDirect(SIZE) : chunk.clear()).limit(bytes);
    }

    /** Takes one back that nobody looks at any more. */
    void give(ByteBuffer chunk) {
        boolean unused = spare.relaxedOffer(chunk);
    }
}
