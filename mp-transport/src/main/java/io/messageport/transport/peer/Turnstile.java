package io.messageport.transport.peer;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Senders that wait for room in an {@link Outbox}, in the order they came, so that a large message is not overtaken for ever
 * by small ones. Interrupts are ignored and stay set.
 */
final class Turnstile {
    private final ReentrantLock lock;
    private final Condition moved;
    private final ReentrantLock order = new ReentrantLock(true);
    private int parked;

    /** @param lock of the outbox, which guards everything here */
    Turnstile(ReentrantLock lock) {
        this.lock = lock;
        moved = lock.newCondition();
    }

    /** Whether anybody waits, whom nobody else may overtake. */
    boolean isUsed() {
        return parked > 0;
    }

    /** With the lock held: the calling sender will {@link #pass}. */
    void enter() {
        parked++;
    }

    /**
     * Without the lock: waits until all before have passed and it may go.
     *
     * @param mayGo asked under the lock
     * @param waiting done under the lock before each wait
     * @param go done under the lock, at the end
     */
    void pass(BooleanSupplier mayGo, Runnable waiting, Runnable go) {
        order.lock();
        lock.lock();
        try {
            while (!mayGo.getAsBoolean()) {
                waiting.run();
                moved.awaitUninterruptibly();
            }
            parked--;
            go.run();
        } finally {
            lock.unlock();
            order.unlock();
        }
    }

    /** Something has changed: whoever is next looks again. */
    void turn() {
        if (parked > 0) {
            moved.signal();
        }
    }
}
