package io.messageport.runtime.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * What a stash gives back, or a former life has left: handled before everything else that waits. Owned by the owner of
 * the mailbox; what others read of it is what was so not long ago.
 */
final class Replay {
    private final ArrayDeque<Arrival> left = new ArrayDeque<>();

    /** What was polled last, or null. */
    private Arrival last;

    /** For looks from outside, since a queue that is being changed cannot be read. */
    private volatile int size;

    private volatile long oldest = Arrival.NONE;

    void putFirst(Collection<Arrival> things) {
        List<Arrival> backwards = new ArrayList<>(things);
        Collections.reverse(backwards);
        backwards.forEach(left::addFirst);
        changed();
    }

    Object poll() {
        last = left.poll();
        changed();
        return last == null ? null : last.payload();
    }

    private void changed() {
        size = left.size();
        oldest = left.isEmpty() ? Arrival.NONE : left.getFirst().by();
    }

    /** Whether this is what was polled last. */
    boolean isLast(Object payload) {
        return last != null && last.payload() == payload;
    }

    /** By when that had come. */
    long lastBy() {
        return last.by();
    }

    void takeAll(List<Arrival> to) {
        to.addAll(left);
        left.clear();
        changed();
    }

    /** How much is left; from any thread. */
    int size() {
        return size;
    }

    /** By when the first of it had come, or {@link Arrival#NONE}; from any thread. */
    long oldest() {
        return oldest;
    }
}
