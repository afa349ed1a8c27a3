package io.messageport.runtime.network;

import io.messageport.spi.Clock;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * One trouble that goes on, logged as a warning when it begins and when it takes another form, at most once in half a
 * minute; and again after ten minutes of the same. In between for debugging only. One call at a time.
 */
final class Complaint {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long REMIND_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Logger log;
    private final Clock clock;

    /** What was said last, and when; null for nothing yet. */
    private String said;

    private long when;

    Complaint(Logger log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    void about(String text) {
        long since = clock.nanos() - when;
        if (said == null || !said.equals(text) && since >= PAUSE_NANOS || since >= REMIND_NANOS) {
            said = text;
            when = clock.nanos();
            log.warn("{}", text);
        } else {
            log.debug("{}", text);
        }
    }

    /** The trouble is over; the next one is a new one. */
    void settled() {
        said = null;
    }
}
