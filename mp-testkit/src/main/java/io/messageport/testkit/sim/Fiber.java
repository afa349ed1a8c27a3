package io.messageport.testkit.sim;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A thread of a simulation, which goes on only while it holds the baton. An interrupt that comes while it waits is kept
 * until it goes on, and seen by others meanwhile.
 *
 * <p>Plain fields belong to whoever holds the baton.
 */
final class Fiber {
    private final String name;

    /** Written once, before the fiber can be resumed. */
    private volatile Thread thread;

    /** Set by who passes the baton, reset by this thread. */
    private volatile boolean permit;

    /** Set by this thread before it clears its interrupt flag, so that one of the two shows at any moment. */
    private volatile boolean interrupted;

    /** While it waits: what for. */
    BooleanSupplier over;

    /** While it waits: the time at which it stops waiting, null for never. */
    Alarm deadline;

    /** The simulation is over, and this thread has to end. */
    boolean doomed;

    Fiber(String name) {
        this.name = name;
    }

    void thread(Thread runs) {
        thread = runs;
    }

    Thread thread() {
        return thread;
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    boolean isInterrupted() {
        return thread.isInterrupted() || interrupted;
    }

    /** Whether it can go on, if it gets the baton. */
    boolean isRunnable(long now) {
        return doomed || over.getAsBoolean() || isInterrupted() || deadline != null && deadline.time <= now;
    }

    /** Gives it the baton, which the caller holds and has no longer. */
    void resume() {
        permit = true;
        LockSupport.unpark(thread);
    }

    /** By this thread: waits for the baton. */
    void await() {
        while (!permit) {
            LockSupport.park(this);
            keepInterrupt();
        }
        go();
    }

    /** As {@link #await}, for so long; false when the baton did not come. */
    boolean await(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; !permit && left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
            keepInterrupt();
        }
        if (!permit) {
            return false;
        }
        go();
        return true;
    }

    private void keepInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            interrupted = true;
            boolean unused = Thread.interrupted();
        }
    }

    private void go() {
        permit = false;
        if (interrupted) {
            interrupted = false;
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
