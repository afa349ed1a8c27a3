package io.messageport.runtime.db;

import io.messageport.runtime.kernel.Dispatcher;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events one after the other, in the order in which they come, on a virtual thread that lives as long as there are some.
 * After each handful of them, and when there are no more, what they have caused is sent and told: so that many changes at
 * once make few messages.
 */
final class Turns {
    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);
    private static final int HANDFUL = 256;

    /** Users wait while so many events do. */
    private static final int MOST_WAITING = 4096;

    private final Dispatcher dispatcher;
    private final Runnable afterwards;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();

    /** Both guarded by the lock; the size is looked at without. */
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    private boolean running;
    private volatile int depth;

    Turns(Dispatcher dispatcher, Runnable afterwards) {
        this.dispatcher = dispatcher;
        this.afterwards = afterwards;
    }

    /** Has an event in its turn. Never blocks. */
    void run(Runnable event) {
        lock.lock();
        try {
            waiting.add(event);
            depth = waiting.size();
            if (!running) {
                running = true;
                dispatcher.thread("mp-db", this::runAll).start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits, for a user who is about to cause an event, until there is room for it. */
    void awaitRoom() throws InterruptedException {
        if (depth < MOST_WAITING || dispatcher.awaits(() -> depth < MOST_WAITING, Dispatcher.FOREVER)) {
            return;
        }
        lock.lockInterruptibly();
        try {
            while (depth >= MOST_WAITING) {
                room.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void runAll() {
        int left = HANDFUL;
        for (Runnable next = next(); next != null; next = next()) {
            runLogged(next);
            if (--left == 0 || depth == 0) {
                left = HANDFUL;
                runLogged(afterwards);
            }
        }
    }

    private static void runLogged(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException | Error e) {
            LOG.error("an event of the database failed", e);
        }
    }

    private Runnable next() {
        lock.lock();
        try {
            Runnable next = waiting.poll();
            depth = waiting.size();
            running = next != null;
            room.signalAll();
            return next;
        } finally {
            lock.unlock();
        }
    }
}
