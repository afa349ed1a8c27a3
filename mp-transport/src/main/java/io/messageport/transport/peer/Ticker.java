package io.messageport.transport.peer;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Looks after all links that are up, many times within a heartbeat ({@code CON-4}). Runs on the clock's thread, one tick
 * at a time; asleep while nothing is up.
 */
final class Ticker {
    private static final long SHORTEST = 5_000_000L;
    private static final long LONGEST = 500_000_000L;

    private final Host host;
    private final long heartbeat;
    private final long silence;
    private final long period;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by lock, like the rest below. */
    private final Set<PeerLink> watched = new HashSet<>();

    private boolean running;
    private long last;

    Ticker(Host host) {
        this.host = host;
        heartbeat = host.config().heartbeatInterval().toNanos();
        long limit = host.config().silenceLimit().toNanos();
        period = Math.max(SHORTEST, Math.min(LONGEST, Math.min(heartbeat, limit - heartbeat) / 4));
        // Ticks see a silence begin and end up to a tick late; at the limit they must have seen it.
        silence = limit - Math.min(period, (limit - heartbeat) / 2);
    }

    /** Looks after this link, which is up, until it is lost. */
    void watch(PeerLink link) {
        lock.lock();
        try {
            watched.add(link);
            if (!running) {
                running = true;
                last = host.clock().nanos();
                host.clock().schedule(period, this::tick);
            }
        } finally {
            lock.unlock();
        }
    }

    private void tick() {
        lock.lock();
        try {
            long now = host.clock().nanos();
            long elapsed = Math.min(now - last, 2 * period);
            last = now;
            watched.removeIf(PeerLink::isLost);
            for (PeerLink link : watched) {
                new LinkWork(link, "heartbeat", () -> look(link, elapsed)).run();
            }
            running = !watched.isEmpty();
            if (running) {
                host.clock().schedule(period, this::tick);
            }
        } finally {
            lock.unlock();
        }
    }

    private void look(PeerLink link, long elapsed) {
        Connection socket = link.connection();
        Optional<String> dead = socket.vitals().tick(elapsed, heartbeat, silence, link.outbox);
        dead.ifPresent(why -> link.broken(socket, why));
        link.acknowledgeIfDue();
    }
}
