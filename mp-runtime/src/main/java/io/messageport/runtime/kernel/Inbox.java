package io.messageport.runtime.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The unread messages of a threaded port, in order of arrival, and also in one chain per tag: so that a receive by tag
 * looks at nothing else, and one by predicate continues where it stopped ({@code CO-2}, {@code CO-3}).
 *
 * <p>Owned by the port's thread.
 */
final class Inbox {
    private final Map<Object, Chain> byTag = new HashMap<>();
    private Unread first;
    private Unread last;
    private int size;

    /** One unread message, linked in order of arrival and among those of its tag. */
    static final class Unread {
        final Object payload;
        final Object tag;

        /** By when it had come. */
        private final long by;

        private Unread previous;
        private Unread next;
        private Unread previousOfTag;
        private Unread nextOfTag;

        private Unread(Object payload, long by) {
            this.payload = payload;
            this.tag = Payloads.tag(payload);
            this.by = by;
        }
    }

    private static final class Chain {
        private Unread first;
        private Unread last;
    }

    int size() {
        return size;
    }

    /** By when the first of them had come; {@link Arrival#NONE} when there is none. */
    long oldest() {
        Unread oldest = first;
        return oldest == null ? Arrival.NONE : oldest.by;
    }

    /**
     * Appends a message.
     *
     * @param by when it had come, in nanoseconds of the node's clock
     */
    void add(Object payload, long by) {
        Unread unread = new Unread(payload, by);
        unread.previous = last;
        if (last == null) {
            first = unread;
        } else {
            last.next = unread;
        }
        last = unread;
        size++;
        if (unread.tag != null) {
            appendToChain(unread);
        }
    }

    private void appendToChain(Unread unread) {
        Chain chain = byTag.computeIfAbsent(unread.tag, tag -> new Chain());
        unread.previousOfTag = chain.last;
        if (chain.last == null) {
            chain.first = unread;
        } else {
            chain.last.nextOfTag = unread;
        }
        chain.last = unread;
    }

    /** The next message to look at: after {@code seen}, or the first when null; of the tag, or any when null. */
    Unread after(Unread seen, Object tag) {
        if (seen != null) {
            return tag == null ? seen.next : seen.nextOfTag;
        }
        if (tag == null) {
            return first;
        }
        Chain chain = byTag.get(tag);
        return chain == null ? null : chain.first;
    }

    /** Takes all out, in order. */
    List<Arrival> takeAll() {
        List<Arrival> all = new ArrayList<>(size);
        while (first != null) {
            long by = first.by;
            all.add(new Arrival(remove(first), by));
        }
        return all;
    }

    /** Takes one out. */
    Object remove(Unread unread) {
        if (unread.previous == null) {
            first = unread.next;
        } else {
            unread.previous.next = unread.next;
        }
        if (unread.next == null) {
            last = unread.previous;
        } else {
            unread.next.previous = unread.previous;
        }
        size--;
        if (unread.tag != null) {
            removeFromChain(unread);
        }
        return unread.payload;
    }

    private void removeFromChain(Unread unread) {
        Chain chain = byTag.get(unread.tag);
        if (unread.previousOfTag == null) {
            chain.first = unread.nextOfTag;
        } else {
            unread.previousOfTag.nextOfTag = unread.nextOfTag;
        }
        if (unread.nextOfTag == null) {
            chain.last = unread.previousOfTag;
        } else {
            unread.nextOfTag.previousOfTag = unread.previousOfTag;
        }
        if (chain.first == null) {
            byTag.remove(unread.tag);
        }
    }
}
