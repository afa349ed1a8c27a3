package io.messageport.testkit.net;

import io.messageport.NodeConfig;
import io.messageport.spi.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Has idle links give signs of life, and ends those that hear nothing in its turn for the silence limit ({@code CON-4}).
 * Runs on the node's clock; asleep while no link is up. A tick that is late counts as one in time, so that a pause of the
 * process is not held against the peers.
 */
final class Pulse {
    private static final long SHORTEST_NANOS = 5_000_000;
    private static final long LONGEST_NANOS = 500_000_000;

    private final long heartbeat;
    private final long silence;
    private final long period;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();

    /** All guarded by the lock. */
    private final Map<MemoryLink, Seen> watched = new LinkedHashMap<>();

    private boolean running;
    private long last;

    /** What was seen of one link. */
    private static final class Seen {
        private long heard;
        private long sent;
        private long silentNanos;
        private long idleNanos;
    }

    Pulse(NodeConfig config, Clock clock) {
        this.clock = clock;
        heartbeat = config.heartbeatInterval().toNanos();
        silence = config.silenceLimit().toNanos();
        period = Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, Math.min(heartbeat, silence - heartbeat) / 4));
    }

    /** Looks after this link, which is up, until it is lost. */
    void watch(MemoryLink link) {
        lock.lock();
        try {
            watched.put(link, new Seen());
            if (!running) {
                running = true;
                last = clock.nanos();
                clock.schedule(period, this::tick);
            }
        } finally {
            lock.unlock();
        }
    }

    private void tick() {
        Map<MemoryLink, Seen> all;
        long elapsed;
        lock.lock();
        try {
            long now = clock.nanos();
            elapsed = Math.min(now - last, 2 * period);
            last = now;
            watched.keySet().removeIf(MemoryLink::isLost);
            all = new LinkedHashMap<>(watched);
            running = !watched.isEmpty();
        } finally {
            lock.unlock();
        }
        all.forEach((link, seen) -> look(link, seen, elapsed));
        if (!all.isEmpty()) {
            clock.schedule(period, this::tick);
        }
    }

    private void look(MemoryLink link, Seen seen, long elapsed) {
        long heard = link.heard();
        long sent = link.sent();
        seen.silentNanos = heard == seen.heard ? seen.silentNanos + elapsed : 0;
        seen.idleNanos = sent == seen.sent ? seen.idleNanos + elapsed : 0;
        seen.heard = heard;
        seen.sent = sent;
        if (seen.silentNanos >= silence) {
            link.fellSilent(seen.silentNanos);
        } else if (seen.idleNanos >= heartbeat) {
            seen.idleNanos = 0;
            link.giveSignOfLife();
        }
    }
}
