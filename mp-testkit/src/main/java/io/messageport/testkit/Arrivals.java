package io.messageport.testkit;

import io.messageport.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** What a probe has been sent, and what of it the test has not taken yet. The port adds, the test takes. */
final class Arrivals {
    /** Most that a failure shows. */
    private static final int SHOWN = 30;

    /** One message and its time of arrival. */
    private static final class Arrival {
        private final Message message;
        private final long nanos;

        /** Guarded by the lock. */
        private boolean taken;

        Arrival(Message message, long nanos) {
            this.message = message;
            this.nanos = nanos;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock, as is what follows. */
    private final List<Arrival> all = new ArrayList<>();

    /** Everything before this index is taken. */
    private int firstUntaken;

    private int untaken;

    void add(Message message, long nanos) {
        lock.lock();
        try {
            all.add(new Arrival(message, nanos));
            untaken++;
        } finally {
            lock.unlock();
        }
    }

    /** How many the test has not taken. */
    int untaken() {
        lock.lock();
        try {
            return untaken;
        } finally {
            lock.unlock();
        }
    }

    /** The untaken one with this number, from 0, or null. */
    Message untaken(int number) {
        lock.lock();
        try {
            int seen = 0;
            for (int i = firstUntaken; i < all.size(); i++) {
                if (!all.get(i).taken && seen++ == number) {
                    return all.get(i).message;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** The oldest untaken one that fits, or null. */
    Message find(Predicate<? super Message> fits) {
        lock.lock();
        try {
            for (int i = firstUntaken; i < all.size(); i++) {
                Arrival arrival = all.get(i);
                if (!arrival.taken && fits.test(arrival.message)) {
                    return arrival.message;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Takes this very message. */
    void take(Message message) {
        lock.lock();
        try {
            int i = firstUntaken;
            while (all.get(i).taken || all.get(i).message != message) {
                i++;
            }
            all.get(i).taken = true;
            untaken--;
            while (firstUntaken < all.size() && all.get(firstUntaken).taken) {
                firstUntaken++;
            }
        } finally {
            lock.unlock();
        }
    }

    List<Message> messages() {
        lock.lock();
        try {
            return all.stream().map(arrival -> arrival.message).toList();
        } finally {
            lock.unlock();
        }
    }

    /** A line for each, oldest first: how long ago, what, and whether the test has taken it. */
    String show(long now) {
        lock.lock();
        try {
            if (all.isEmpty()) {
                return "; nothing has arrived at all";
            }
            StringBuilder text = new StringBuilder("; arrived in all, oldest first:");
            int skipped = Math.max(0, all.size() - SHOWN);
            text.append(skipped > 0 ? "\n  (" + skipped + " more)" : "");
            for (Arrival arrival : all.subList(skipped, all.size())) {
                text.append(String.format(Locale.ROOT, "\n  %8s ago  %s%s", time(now - arrival.nanos),
                        Expected.show(arrival.message), arrival.taken ? "  (taken)" : ""));
            }
            return text.toString();
        } finally {
            lock.unlock();
        }
    }

    /** A span of time for people: milliseconds up to ten seconds, then seconds. */
    static String time(long nanos) {
        long millis = Math.max(0, nanos) / 1_000_000;
        return millis < 10_000 ? millis + " ms" : millis / 1000 + " s";
    }
}
