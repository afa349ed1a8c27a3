package io.messageport.runtime.db;

import java.util.Collection;
import java.util.TreeMap;

/** Changes in the order of their numbers, of each key the last one. */
final class Log {
    private final TreeMap<Long, Change> changes = new TreeMap<>();

    /** Deletions up to this number may be missing. */
    private long horizon;

    void add(Change change) {
        changes.put(change.number(), change);
    }

    void remove(Change change) {
        changes.remove(change.number());
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /** What has a greater number, in order; a view. */
    Collection<Change> after(long number) {
        return changes.tailMap(number, false).values();
    }

    /** Whether something has a greater number. */
    boolean hasAfter(long number) {
        return !changes.isEmpty() && changes.lastKey() > number;
    }

    long horizon() {
        return horizon;
    }

    void forgetsUpTo(long number) {
        horizon = Math.max(horizon, number);
    }
}
