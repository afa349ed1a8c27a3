package io.messageport.transport.peer;

import io.messageport.spi.Clock;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many connections one address may open: so many a second, over ten seconds. A TLS handshake costs the listener a
 * millisecond of a processor, and this bounds what one host can make it spend ({@code T-9}, {@code T-18}). Any thread.
 */
final class Admission {
    /** Seconds' worth that may come at once. */
    static final int BURST = 10;

    /** Addresses that are remembered; one that is forgotten starts anew. */
    private static final int MOST = 4096;

    private final Clock clock;
    private final double perNano;
    private final double burst;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by lock; the address that was heard of last is last. */
    private final Map<InetAddress, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    Admission(Clock clock, int perSecond) {
        this.clock = clock;
        perNano = perSecond / (double) TimeUnit.SECONDS.toNanos(1);
        burst = (double) BURST * perSecond;
    }

    /** What an address has left; guarded by lock. */
    private static final class Bucket {
        double left;
        long at;
    }

    /** Counts one connection from there; false when it is one too many. */
    boolean admits(InetAddress address) {
        long now = clock.nanos();
        lock.lock();
        try {
            Bucket bucket = buckets.get(address);
            if (bucket == null) {
                bucket = fresh(address, now);
            }
            bucket.left = Math.min(burst, bucket.left + (now - bucket.at) * perNano);
            bucket.at = now;
            if (bucket.left < 1) {
                return false;
            }
            bucket.left--;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private Bucket fresh(InetAddress address, long now) {
        Bucket bucket = new Bucket();
        bucket.left = burst;
        bucket.at = now;
        buckets.put(address, bucket);
        if (buckets.size() > MOST) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return bucket;
    }
}
