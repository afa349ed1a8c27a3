package io.messageport.runtime.kernel;

import io.messageport.PortId;
import io.messageport.face.Face;
import java.util.concurrent.atomic.LongAdder;

/**
 * Values that newer senders put behind the last component known here: left out of the records, and counted. Any thread.
 *
 * <p>Limits: a port ID at the very end is not counted, since that is where a call puts its reply port; values left out
 * of a record within a record are not counted either.
 */
public final class UnknownValues {
    private final LongAdder count = new LongAdder();

    /** Reads a tagged list as a record. */
    <T> T read(Face<T> face, Object[] values) {
        T record = face.fromValues(values, 0);
        int extra = face.extra(values, 0);
        if (extra > 0) {
            int unknown = values[values.length - 1] instanceof PortId ? extra - 1 : extra;
            count.add(unknown);
        }
        return record;
    }

    /** How many there have been. */
    public long count() {
        return count.sum();
    }
}
