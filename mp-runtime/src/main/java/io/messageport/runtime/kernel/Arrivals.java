package io.messageport.runtime.kernel;

import io.messageport.spi.Clock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;

/**
 * By when what waits in a {@link Backlog} had come, without a time for each message: a few notes, each of an index below
 * which everything had come at some time. What waits at an index came no later than the first note above it says.
 *
 * <p>A sender notes its own arrival, as long as the notes are {@link #GAP_NANOS} apart or more. Where senders come faster
 * than that, none of them notes anything: something that looks at the backlog in such intervals does ({@link
 * Dispatcher#looksAt}), until a look finds that nobody has come, and asks the next sender again. So a note is never later
 * than what it tells of by more than such an interval, or what the thread that looks is late.
 *
 * <p>Any thread. Notes are a list, newest first, changed by compare-and-set; who loses against another leaves it at that,
 * since the other has noted the same moment.
 */
final class Arrivals implements Dispatcher.Look {
    /** How far apart notes are where many come: the precision of the whole. */
    static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Notes are apart by no more than this share of the age of the oldest thing: the precision where much waits. */
    private static final int SHARE = 64;

    private static final VarHandle NEWEST;
    private static final VarHandle LOOKED_AT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            NEWEST = lookup.findVarHandle(Arrivals.class, "newest", Note.class);
            LOOKED_AT = lookup.findVarHandle(Arrivals.class, "lookedAt", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Backlog backlog;
    private final Clock clock;
    private final Dispatcher dispatcher;
    private volatile Note newest;

    /** Whether something looks at the backlog, and senders need not. */
    private volatile boolean lookedAt;

    /** Both owned by the one thread that looks: how much had come at its last look, and how many looks found that. */
    private long seen;

    private int rested;

    /** Both owned by the owner of the mailbox: the index of the note that it asked for last, and its time. */
    private long known = Long.MIN_VALUE;

    private long knownBy;

    /** All below the index had come by that time. */
    private static final class Note {
        private final long index;
        private final long by;

        /** Cut off when all below it has gone. */
        private Note older;

        Note(long index, long by, Note older) {
            this.index = index;
            this.by = by;
            this.older = older;
        }
    }

    Arrivals(Backlog backlog, Clock clock, Dispatcher dispatcher) {
        this.backlog = backlog;
        this.clock = clock;
        this.dispatcher = dispatcher;
    }

    /**
     * A sender is about to put something in at this index, or another sender who comes with it.
     *
     * @return whether the next one is to tell too
     */
    boolean come(long index) {
        Note last = newest;
        note(index + 1);
        if (last == null || newest.by - last.by >= GAP_NANOS || !dispatcher.looks()) {
            return true;
        }
        if (!lookedAt && LOOKED_AT.compareAndSet(this, false, true)) {
            dispatcher.looksAt(this);
        }
        return false;
    }

    private void note(long index) {
        Note last = newest;
        if (last != null && last.index >= index) {
            return;
        }
        long now = clock.nanos();
        Note oldest = oldest(last);
        Note below = oldest == null ? null : last;
        if (below != null && below.older != null && now - below.older.by < (now - oldest.by) / SHARE) {
            below = below.older;
        }
        boolean unused = NEWEST.compareAndSet(this, last, new Note(index, now, below));
    }

    /** The oldest note that is of use, or null; cuts off those that are not. */
    private Note oldest(Note last) {
        long gone = backlog.currentConsumerIndex();
        Note oldest = null;
        for (Note each = last; each != null; each = each.older) {
            if (each.index < gone) {
                if (oldest != null) {
                    oldest.older = null;
                }
                return oldest;
            }
            oldest = each;
        }
        return oldest;
    }

    /** By when what has this index had come; {@link Arrival#NONE} when nothing has been noted since. */
    long by(long index) {
        Note found = above(index);
        return found == null ? Arrival.NONE : found.by;
    }

    /** The same for the owner of the mailbox, who asks for one after the other. */
    long byForOwner(long index) {
        if (index >= known) {
            Note found = above(index);
            if (found == null) {
                return Arrival.NONE;
            }
            known = found.index;
            knownBy = found.by;
        }
        return knownBy;
    }

    int notes() {
        int notes = 0;
        for (Note each = newest; each != null; each = each.older) {
            notes++;
        }
        return notes;
    }

    private Note above(long index) {
        Note found = null;
        for (Note each = newest; each != null && each.index > index; each = each.older) {
            found = each;
        }
        return found;
    }

    /** First it asks senders, then it goes; and comes back when the question has been lost between two of them. */
    @Override
    public boolean again() {
        long come = backlog.currentProducerIndex();
        boolean moved = come != seen;
        if (moved) {
            seen = come;
            note(come);
        }
        if (!lookedAt) {
            rested = 0;
            return (moved || !backlog.asks()) && LOOKED_AT.compareAndSet(this, false, true);
        }
        rested = moved ? 0 : rested + 1;
        if (rested == 1) {
            backlog.ask();
        } else if (rested == 2) {
            lookedAt = false;
        }
        return true;
    }
}
