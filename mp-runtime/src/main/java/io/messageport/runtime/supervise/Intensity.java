package io.messageport.runtime.supervise;

import java.util.ArrayDeque;
import java.util.Deque;

/** Counts restarts within a period that moves along. Owned by its supervisor. */
final class Intensity {
    private final int most;
    private final long periodNanos;

    /** When the latest restarts were, at most {@link #most} of them, oldest first. */
    private final Deque<Long> times = new ArrayDeque<>();

    Intensity(int most, long periodNanos) {
        this.most = most;
        this.periodNanos = periodNanos;
    }

    /** Counts one more; false when it is one too many. */
    boolean allows(long now) {
        while (!times.isEmpty() && now - times.peekFirst() > periodNanos) {
            long unused = times.removeFirst();
        }
        if (times.size() >= most) {
            return false;
        }
        times.addLast(now);
        return true;
    }
}
