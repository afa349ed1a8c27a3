package io.messageport.transport.peer;

import io.messageport.spi.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is logged about sockets that came to nothing: at most a line a second in each direction, the rest counted. */
final class Strangers {
    private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);
    private static final long PAUSE = 1_000_000_000L;

    private final Line refused;
    private final Line unreachable;

    Strangers(Clock clock) {
        refused = new Line(clock);
        unreachable = new Line(clock);
    }

    /** A connection from this address is refused. */
    void refused(String address, String why) {
        long more = refused.suppressed();
        if (more >= 0) {
            LOG.warn("refused a connection from {}: {}{}", address, why, others(more));
        }
    }

    /** A connection to this address is of no use. */
    void unreachable(String address, String why) {
        long more = unreachable.suppressed();
        if (more >= 0) {
            LOG.warn("cannot use the connection to {}: {}{}", address, why, others(more));
        }
    }

    private static String others(long more) {
        return more == 0 ? "" : " (and " + more + " others not logged)";
    }

    /** One kind of line. */
    private static final class Line {
        private final Clock clock;
        private final AtomicLong next;
        private final AtomicLong held = new AtomicLong();

        Line(Clock clock) {
            this.clock = clock;
            next = new AtomicLong(clock.nanos());
        }

        /** How many lines were held back since the last one; -1 to hold this one back too. */
        long suppressed() {
            long now = clock.nanos();
            long due = next.get();
            if (now - due >= 0 && next.compareAndSet(due, now + PAUSE)) {
                return held.getAndSet(0);
            }
            held.incrementAndGet();
            return -1;
        }
    }
}
