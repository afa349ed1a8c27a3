package io.messageport.runtime.observe;

import io.messageport.spi.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * A kind of log line that others can cause as often as they like: at most one a second is written, with the number of those
 * that were not. Any thread.
 */
public final class RareLine {
    private static final long PAUSE = 1_000_000_000L;

    private final Logger log;
    private final Clock clock;
    private final AtomicLong next;
    private final AtomicLong held = new AtomicLong();

    /** A line of this logger. */
    public RareLine(Logger log, Clock clock) {
        this.log = log;
        this.clock = clock;
        next = new AtomicLong(clock.nanos());
    }

    /** Writes it as a warning, or counts it. */
    public void warn(String format, Object... values) {
        long now = clock.nanos();
        long due = next.get();
        if (now - due < 0 || !next.compareAndSet(due, now + PAUSE)) {
            held.incrementAndGet();
            return;
        }
        long others = held.getAndSet(0);
        log.warn(others == 0 ? format : format + " (and " + others + " others not logged)", values);
    }
}
