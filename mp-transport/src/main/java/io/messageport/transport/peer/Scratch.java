package io.messageport.transport.peer;

import io.messageport.transport.wire.Limits;
import io.messageport.transport.wire.WireBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A few buffers that senders encode into, reused; for any thread. Kept per transport rather than per thread, since there
 * may be a million threads.
 */
final class Scratch {
    private static final int SLOTS = 16;
    private static final int START = 1 << 9;
    private static final int KEEP = 1 << 16;

    private final AtomicReferenceArray<WireBuffer> slots = new AtomicReferenceArray<>(SLOTS);

    /** An empty buffer, the caller's until it gives it back. */
    WireBuffer take() {
        WireBuffer buffer = slots.getAndSet(slot(), null);
        return buffer == null ? WireBuffer.ofCapacity(START).besideFrom(Limits.PART + 1) : buffer;
    }

    /** Takes a buffer back; one that grew large is left to the collector. */
    void give(WireBuffer buffer) {
        if (buffer.capacity() <= KEEP) {
            buffer.clear();
            slots.setRelease(slot(), buffer);
        }
    }

    private static int slot() {
        long id = Thread.currentThread().threadId();
        return (int) (id ^ id >>> 4) & SLOTS - 1;
    }
}
