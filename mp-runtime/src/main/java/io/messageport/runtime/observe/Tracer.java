package io.messageport.runtime.observe;

import io.messageport.Message;
import io.messageport.PortId;
import io.messageport.TraceEvent;
import io.messageport.spi.Clock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * One trace: tells of so many messages in each second, counted from the first, and at the end of the second how many it
 * did not tell of. Any thread; one short lock, taken only for messages that match.
 */
final class Tracer {
    private static final long SECOND = 1_000_000_000L;

    private final Clock clock;
    private final BiPredicate<PortId, Object> matches;
    private final int perSecond;
    private final Feed<TraceEvent> feed;
    private final ReentrantLock lock = new ReentrantLock();

    /** All guarded by the lock. */
    private long windowStart;

    private int told;
    private long suppressed;

    Tracer(Clock clock, BiPredicate<PortId, Object> matches, int perSecond, Feed<TraceEvent> feed) {
        this.clock = clock;
        this.matches = matches;
        this.perSecond = perSecond;
        this.feed = feed;
        this.windowStart = clock.nanos();
    }

    void handling(PortId port, Object tag, Supplier<Message> message) {
        if (!matches.test(port, tag)) {
            return;
        }
        if (!mayTell() || !feed.offer(new TraceEvent.Handling(port, message.get()))) {
            suppress();
        }
    }

    private boolean mayTell() {
        lock.lock();
        try {
            long now = clock.nanos();
            if (now - windowStart >= SECOND) {
                windowStart = now;
                told = 0;
            }
            if (told == perSecond) {
                return false;
            }
            told++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void suppress() {
        boolean first;
        long left;
        lock.lock();
        try {
            first = suppressed++ == 0;
            left = windowStart + SECOND - clock.nanos();
        } finally {
            lock.unlock();
        }
        if (first) {
            var unused = clock.schedule(Math.max(1, left), this::tellSuppressed);
        }
    }

    /** A listener too slow even for this is told in the next second. */
    private void tellSuppressed() {
        long count;
        lock.lock();
        try {
            count = suppressed;
            suppressed = 0;
        } finally {
            lock.unlock();
        }
        if (count == 0 || feed.isClosed() || feed.offer(new TraceEvent.Suppressed(count))) {
            return;
        }
        lock.lock();
        try {
            suppressed += count;
        } finally {
            lock.unlock();
        }
        var unused = clock.schedule(SECOND, this::tellSuppressed);
    }
}
