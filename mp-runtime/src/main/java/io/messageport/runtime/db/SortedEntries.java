package io.messageport.runtime.db;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * An immutable map in the order of its keys, whose successors share with it all but a path: a change and a snapshot cost
 * the logarithm of the size. A tree balanced as by Adelson-Velsky and Landis.
 */
final class SortedEntries extends AbstractMap<String, Object> {
    static final SortedEntries EMPTY = new SortedEntries(null);

    private final Knot root;

    private SortedEntries(Knot root) {
        this.root = root;
    }

    /** One key and what stands before and after it. */
    private record Knot(String key, Object value, Knot before, Knot after, int height, int size) {
        static Knot of(String key, Object value, Knot before, Knot after) {
            return new Knot(key, value, before, after, 1 + Math.max(heightOf(before), heightOf(after)),
                    1 + sizeOf(before) + sizeOf(after));
        }

        static int heightOf(Knot knot) {
            return knot == null ? 0 : knot.height;
        }

        static int sizeOf(Knot knot) {
            return knot == null ? 0 : knot.size;
        }

        Knot with(Knot newBefore, Knot newAfter) {
            return newBefore == before && newAfter == after ? this : balanced(key, value, newBefore, newAfter);
        }

        private static Knot balanced(String key, Object value, Knot before, Knot after) {
            int lean = heightOf(before) - heightOf(after);
            if (lean > 1) {
                if (heightOf(before.before) >= heightOf(before.after)) {
                    return of(before.key, before.value, before.before, of(key, value, before.after, after));
                }
                Knot up = before.after;
                return of(up.key, up.value, of(before.key, before.value, before.before, up.before),
                        of(key, value, up.after, after));
            }
            if (lean < -1) {
                if (heightOf(after.after) >= heightOf(after.before)) {
                    return of(after.key, after.value, of(key, value, before, after.before), after.after);
                }
                Knot up = after.before;
                return of(up.key, up.value, of(key, value, before, up.before),
                        of(after.key, after.value, up.after, after.after));
            }
            return of(key, value, before, after);
        }
    }

    /** The same with this value for this key. */
    SortedEntries with(String key, Object value) {
        return new SortedEntries(put(root, key, value));
    }

    private static Knot put(Knot at, String key, Object value) {
        if (at == null) {
            return Knot.of(key, value, null, null);
        }
        int order = key.compareTo(at.key);
        if (order == 0) {
            return Knot.of(key, value, at.before, at.after);
        }
        return order < 0 ? at.with(put(at.before, key, value), at.after)
                : at.with(at.before, put(at.after, key, value));
    }

    /** The same without this key. */
    SortedEntries without(String key) {
        Knot left = drop(root, key);
        return left == root ? this : new SortedEntries(left);
    }

    private static Knot drop(Knot at, String key) {
        if (at == null) {
            return null;
        }
        int order = key.compareTo(at.key);
        if (order < 0) {
            return at.with(drop(at.before, key), at.after);
        }
        if (order > 0) {
            return at.with(at.before, drop(at.after, key));
        }
        if (at.before == null || at.after == null) {
            return at.before == null ? at.after : at.before;
        }
        Knot next = at.after;
        while (next.before != null) {
            next = next.before;
        }
        return Knot.balanced(next.key, next.value, at.before, drop(at.after, next.key));
    }

    private Knot find(Object key) {
        if (!(key instanceof String text)) {
            return null;
        }
        Knot at = root;
        while (at != null) {
            int order = text.compareTo(at.key);
            if (order == 0) {
                return at;
            }
            at = order < 0 ? at.before : at.after;
        }
        return null;
    }

    @Override
    public int size() {
        return Knot.sizeOf(root);
    }

    @Override
    public boolean containsKey(Object key) {
        return find(key) != null;
    }

    @Override
    public Object get(Object key) {
        Knot found = find(key);
        return found == null ? null : found.value;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                return new Walk(root);
            }

            @Override
            public int size() {
                return Knot.sizeOf(root);
            }
        };
    }

    /** From the first key to the last. */
    private static final class Walk implements Iterator<Map.Entry<String, Object>> {
        private final Deque<Knot> open = new ArrayDeque<>();

        Walk(Knot root) {
            descend(root);
        }

        private void descend(Knot from) {
            for (Knot at = from; at != null; at = at.before) {
                open.push(at);
            }
        }

        @Override
        public boolean hasNext() {
            return !open.isEmpty();
        }

        @Override
        public Map.Entry<String, Object> next() {
            if (open.isEmpty()) {
                throw new NoSuchElementException();
            }
            Knot at = open.pop();
            descend(at.after);
            return new SimpleImmutableEntry<>(at.key, at.value);
        }
    }
}
