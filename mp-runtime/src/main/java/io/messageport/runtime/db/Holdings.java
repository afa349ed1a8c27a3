package io.messageport.runtime.db;

import io.messageport.NodeId;
import java.util.HashMap;
import java.util.Map;

/** How much each source has brought: so many owners and so many bytes at most, so that none can fill the memory. */
final class Holdings {
    /** Owners that one source may tell of. */
    static final int MOST_OWNERS = 10_000;

    /** About how many bytes one source may bring, and so many of sources that are lost may be kept for their return. */
    static final long MOST_BYTES = 256L << 20;

    private final Map<NodeId, Held> held = new HashMap<>();
    private long total;

    private static final class Held {
        private int owners;
        private long bytes;
    }

    /** Of all sources together. */
    long total() {
        return total;
    }

    boolean hasRoomForOwner(NodeId source) {
        Held of = held.get(source);
        return of == null || of.owners < MOST_OWNERS;
    }

    boolean hasRoomFor(NodeId source, Change change) {
        Held of = held.get(source);
        return of == null || of.bytes + change.bytes() <= MOST_BYTES;
    }

    void ownerAdded(NodeId source) {
        held.computeIfAbsent(source, s -> new Held()).owners++;
    }

    void ownerRemoved(NodeId source) {
        Held of = held.get(source);
        of.owners--;
        if (of.owners == 0) {
            held.remove(source);
        }
    }

    /** What a source has brought has become larger, or smaller when this is negative. */
    void grown(NodeId source, long bytes) {
        Held of = held.get(source);
        of.bytes += bytes;
        total += bytes;
    }
}
