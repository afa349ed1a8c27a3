package io.messageport.testkit.net;

import io.messageport.runtime.link.Link;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many bytes of one link may be under way ({@code BND-2}, {@code BND-3}); whoever finds no room parks until there is
 * some, or until the link ends. Parked senders go on in the order they came. Safe from any thread.
 */
final class Budget {
    private final long limit;
    private final Courier courier;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final ReentrantLock turnstile = new ReentrantLock(true);

    /** All guarded by the lock. */
    private long used;

    private int parked;
    private boolean ended;

    Budget(long limit, Courier courier) {
        this.limit = limit;
        this.courier = courier;
    }

    /** Takes so much, parking while there is no room; false when the link has ended. */
    boolean take(int bytes) {
        Link.Offer offered = tryTake(bytes);
        return offered == Link.Offer.FULL ? takeParked(bytes) : offered == Link.Offer.TAKEN;
    }

    private boolean takeParked(int bytes) {
        count(1);
        try {
            while (courier.awaits(() -> isOver(bytes))) {
                if (tryFrom(bytes)) {
                    return !isEnded();
                }
            }
            turnstile.lock();
            try {
                return takeWaiting(bytes);
            } finally {
                turnstile.unlock();
            }
        } finally {
            count(-1);
        }
    }

    private boolean takeWaiting(int bytes) {
        lock.lock();
        try {
            while (!ended && !fits(bytes)) {
                room.awaitUninterruptibly();
            }
            used += ended ? 0 : bytes;
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    /** For threads that take turns: true when the link has ended, or when it is taken. */
    private boolean tryFrom(int bytes) {
        lock.lock();
        try {
            if (!ended && !fits(bytes)) {
                return false;
            }
            used += ended ? 0 : bytes;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void count(int more) {
        lock.lock();
        try {
            parked += more;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver(int bytes) {
        lock.lock();
        try {
            return ended || fits(bytes);
        } finally {
            lock.unlock();
        }
    }

    private boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Takes so much if there is room and nobody waits for some. */
    Link.Offer tryTake(int bytes) {
        lock.lock();
        try {
            if (ended) {
                return Link.Offer.LOST;
            }
            if (parked > 0 || !fits(bytes)) {
                return Link.Offer.FULL;
            }
            used += bytes;
            return Link.Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /** Takes so much whether there is room or not. */
    void force(int bytes) {
        lock.lock();
        try {
            used += bytes;
        } finally {
            lock.unlock();
        }
    }

    /** So much has left the wire. */
    void give(int bytes) {
        lock.lock();
        try {
            used -= bytes;
            room.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The link has ended: nobody waits any more. */
    void end() {
        lock.lock();
        try {
            ended = true;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes under way. */
    long used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }

    private boolean fits(int bytes) {
        return used == 0 || used + bytes <= limit;
    }
}
