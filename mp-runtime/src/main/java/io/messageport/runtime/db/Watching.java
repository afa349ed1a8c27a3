package io.messageport.runtime.db;

import io.messageport.FamilyChange;
import io.messageport.FamilyListener;
import io.messageport.Guard;
import io.messageport.face.Faces;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One listener and what it has yet to be told ({@code DB-8}). The turns bring states, the listener takes the latest in the
 * context it has: one call waits at most, and tells all that has come since the call before.
 */
final class Watching implements Audience.Listener, Guard {
    private final String family;
    private final FamilyListener listener;
    private final Faces faces;
    private final Context context;
    private final Consumer<Watching> whenClosed;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final ReentrantLock lock = new ReentrantLock();

    /** Keys that came and went between two calls are not remembered beyond about so many. */
    private static final int MOST_PASSING = 1024;

    /** All four guarded by the lock: the latest state, what may be different in it, whether a call waits. */
    private SortedEntries latest;

    private Set<String> touched = new TreeSet<>();
    private boolean waiting;

    /** What the listener was told last; null before the first call. Changed by the calls, which come one at a time. */
    private SortedEntries told;

    /** Where a listener runs. */
    @FunctionalInterface
    interface Context {
        /** Has {@link Watching#call} run once, soon; must not block. */
        void call(Watching due);

        /** It is closed. */
        default void closed(Watching over) {}
    }

    private enum State {
        OPEN, CALLING, CLOSED
    }

    /**
     * A listener.
     *
     * @param whenClosed told once when it is closed
     */
    Watching(String family, FamilyListener listener, Faces faces, Context context, Consumer<Watching> whenClosed) {
        this.family = family;
        this.listener = listener;
        this.faces = faces;
        this.context = context;
        this.whenClosed = whenClosed;
    }

    String family() {
        return family;
    }

    @Override
    public void changed(SortedEntries now, Set<String> keys) {
        lock.lock();
        try {
            latest = now;
            touched.addAll(keys);
            if (waiting) {
                forgetPassing();
                return;
            }
            waiting = true;
        } finally {
            lock.unlock();
        }
        if (state.get() != State.CLOSED) {
            context.call(this);
        }
    }

    /** With the lock held: a listener that is held up has not seen, and will not see, what has come and gone meanwhile. */
    private void forgetPassing() {
        SortedEntries before = told == null ? SortedEntries.EMPTY : told;
        if (touched.size() > MOST_PASSING + 2 * (latest.size() + before.size())) {
            touched.removeIf(key -> !latest.containsKey(key) && !before.containsKey(key));
        }
    }

    /** How many keys may be different from what was told last. */
    int pending() {
        lock.lock();
        try {
            return touched.size();
        } finally {
            lock.unlock();
        }
    }

    /** Tells the listener, if it is not closed and there is something to tell. */
    void call() throws Exception {
        SortedEntries before;
        SortedEntries now;
        Set<String> keys;
        lock.lock();
        try {
            before = told;
            now = latest;
            told = now;
            keys = touched;
            touched = new TreeSet<>();
            waiting = false;
        } finally {
            lock.unlock();
        }
        FamilyChange change = change(before == null ? SortedEntries.EMPTY : before, now, keys);
        boolean first = before == null;
        boolean news = !change.added().isEmpty() || !change.changed().isEmpty() || !change.deleted().isEmpty();
        if ((first || news) && state.compareAndSet(State.OPEN, State.CALLING)) {
            try {
                listener.changed(change);
            } finally {
                boolean unused = state.compareAndSet(State.CALLING, State.OPEN);
            }
        }
    }

    private FamilyChange change(SortedEntries before, SortedEntries now, Set<String> keys) {
        Set<String> added = new TreeSet<>();
        Set<String> changed = new TreeSet<>();
        Set<String> deleted = new TreeSet<>();
        for (String key : keys) {
            boolean was = before.containsKey(key);
            boolean is = now.containsKey(key);
            if (is && !was) {
                added.add(key);
            } else if (was && !is) {
                deleted.add(key);
            } else if (is && !Values.same(before.get(key), now.get(key))) {
                changed.add(key);
            }
        }
        return new FamilyChange(new Snapshot(family, now, faces), Collections.unmodifiableSet(added),
                Collections.unmodifiableSet(changed), Collections.unmodifiableSet(deleted));
    }

    @Override
    public boolean cancel() {
        boolean first = state.getAndSet(State.CLOSED) != State.CLOSED;
        if (first) {
            context.closed(this);
            whenClosed.accept(this);
        }
        return first;
    }
}
