package io.messageport.runtime.db;

import io.messageport.Database;
import io.messageport.Guard;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.runtime.monitor.Watch;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What this node has set, and who holds the guard of each entry, so that users have their answers at once. What changes
 * goes to the turns under the lock, so in the same order. Any thread; one short lock.
 */
final class OwnEntries {
    private final Changes changes;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock. */
    private final Map<Place, Entry> entries = new HashMap<>();

    /** Guarded by the lock: about how much memory they take. */
    private long bytes;

    /** Where the changes go. Must not block. */
    interface Changes {
        void put(String family, String key, Values.Kept value);

        void delete(String family, String key);
    }

    private record Place(String family, String key) {}

    /** What is there, about how much memory it takes, and the one guard that may delete it ({@code DB-5}). */
    private record Entry(Object value, long bytes, Guard holder) {}

    OwnEntries(Changes changes) {
        this.changes = changes;
    }

    /** Sets an entry ({@code DB-3}). */
    Guard set(String family, String key, Values.Kept value) {
        Place place = new Place(family, key);
        Guard[] holder = new Guard[1];
        holder[0] = () -> remove(place, holder[0]);
        lock.lock();
        try {
            enter(place, value, holder[0]);
        } finally {
            lock.unlock();
        }
        return holder[0];
    }

    private void enter(Place place, Values.Kept value, Guard holder) {
        Entry before = entries.get(place);
        if (before == null && entries.size() >= Database.MOST_ENTRIES) {
            throw new IllegalStateException("this node has set " + Database.MOST_ENTRIES
                    + " entries of the database, which is the most; keep large sets in a port of your own, and register"
                    + " that");
        }
        Entry entry = new Entry(value.value(), Change.bytes(place.key, value.size()), holder);
        long grown = entry.bytes - (before == null ? 0 : before.bytes);
        if (bytes + grown > Database.MOST_BYTES) {
            throw new IllegalStateException(
                    "the entries that this node has set would take more than " + Database.MOST_BYTES
                            + " bytes; keep what is large in a port of your own, and register that");
        }
        bytes += grown;
        entries.put(place, entry);
        if (before == null || !Values.same(before.value, value.value())) {
            changes.put(place.family, place.key, value);
        }
        if (before != null && before.holder instanceof Registration old) {
            old.replaced();
        }
    }

    /** Deletes an entry, whoever holds its guard. */
    boolean delete(String family, String key) {
        Place place = new Place(family, key);
        lock.lock();
        try {
            Entry entry = entries.get(place);
            if (entry != null && entry.holder instanceof Registration old) {
                old.replaced();
            }
            return entry != null && drop(place);
        } finally {
            lock.unlock();
        }
    }

    private boolean remove(Place place, Guard holder) {
        lock.lock();
        try {
            Entry entry = entries.get(place);
            return entry != null && entry.holder == holder && drop(place);
        } finally {
            lock.unlock();
        }
    }

    private boolean drop(Place place) {
        bytes -= entries.remove(place).bytes;
        changes.delete(place.family, place.key);
        return true;
    }

    /**
     * Sets an entry until a port is dead ({@code DB-6}).
     *
     * @param watching begins to watch the port; a port that is known to be dead is never shown
     */
    Guard register(String family, PortId port, Values.Kept value, Consumer<Watch> watching) {
        Registration registration = new Registration(new Place(family, port.toString()), port);
        watching.accept(registration);
        lock.lock();
        try {
            if (!registration.dead) {
                enter(registration.place, value, registration);
            }
        } catch (IllegalStateException full) {
            registration.replaced();
            throw full;
        } finally {
            lock.unlock();
        }
        return registration.guard();
    }

    /** The watch on a registered port; holds the guard of its entry. */
    private final class Registration extends Watch implements Guard {
        private final Place place;

        /** Guarded by the lock. */
        private boolean dead;

        Registration(Place place, PortId port) {
            super(port);
            this.place = place;
        }

        @Override
        protected void fire(Reason reason) {
            lock.lock();
            try {
                dead = true;
                boolean unused = remove(place, this);
            } finally {
                lock.unlock();
            }
        }

        /** The entry is another's. */
        void replaced() {
            boolean unused = cancel();
        }

        Guard guard() {
            return () -> {
                boolean unused = cancel();
                return remove(place, this);
            };
        }
    }
}
