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

    /** Bytes of the short ones. */
    static final int SHORT = 1 << 16;

    private static final int KEPT = 32;

    private final MpmcAtomicArrayQueue<ByteBuffer> spare = new MpmcAtomicArrayQueue<>(KEPT);
    private final MpmcAtomicArrayQueue<ByteBuffer> spareShort = new MpmcAtomicArrayQueue<>(KEPT);

    /**
     * An empty one, the caller's until it gives it back or lets it go.
     *
     * @param bytes that it has room for: {@link #SIZE} or {@link #SHORT}
     */
    ByteBuffer take(int bytes) {
        ByteBuffer chunk = spares(bytes).relaxedPoll();
        return chunk == null ? ByteBuffer.allocateDirect(bytes) : chunk.clear();
    }

    private MpmcAtomicArrayQueue<ByteBuffer> spares(int bytes) {
        return bytes == SHORT ? spareShort : spare;
    }

    /** Takes one back that nobody looks at any more. */
    void give(ByteBuffer chunk) {
        boolean unused = spares(chunk.capacity()).relaxedOffer(chunk);
    }
}
