package io.messageport.runtime.kernel;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One life of a port that has a place in the tree, from its start to the moment when nobody runs in it any more. Any
 * thread.
 *
 * <p>Exactly one thread tells of its end: the one that ended it, or, where that was left to the thread that runs in it,
 * this or whoever has lost patience with it.
 */
final class Life {
    private enum Teller {
        NOBODY,
        LEFT_TO_OWNER,
        CLAIMED,
        CLAIMED_BRUTALLY
    }

    /** From 0; one more with each restart. */
    final int number;

    private final AtomicReference<Teller> teller = new AtomicReference<>(Teller.NOBODY);
    private final AtomicBoolean swept = new AtomicBoolean();

    /** Open until the monitors have fired. */
    private final CountDownLatch over = new CountDownLatch(1);

    /** Open until nobody runs in it any more, or touches its mailbox. */
    private final CountDownLatch vacated = new CountDownLatch(1);

    /** Open until the thread that ends it brutally has interrupted its owner. */
    private final CountDownLatch interrupted = new CountDownLatch(1);

    /** Whether its mailbox waits for another life; written by the one who ends it, before the mailbox learns it. */
    private volatile boolean held;

    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock: who carries out its end. */
    private Thread finisher;

    /** Whether that one must not wait for children any more. */
    private volatile boolean hurried;

    Life(int number) {
        this.number = number;
    }

    // ---- who tells -------------------------------------------------------------------------------------------------

    /** The caller ends it and tells. */
    boolean claim() {
        return teller.compareAndSet(Teller.NOBODY, Teller.CLAIMED);
    }

    /** The caller ends it, and who runs in it tells. */
    void leaveToOwner() {
        boolean unused = teller.compareAndSet(Teller.NOBODY, Teller.LEFT_TO_OWNER);
    }

    /** The owner tells, unless somebody has done so. */
    boolean claimLeft() {
        return teller.compareAndSet(Teller.LEFT_TO_OWNER, Teller.CLAIMED);
    }

    /** The caller tells in place of the owner, whom it will interrupt. */
    boolean claimBrutally() {
        return teller.compareAndSet(Teller.LEFT_TO_OWNER, Teller.CLAIMED_BRUTALLY);
    }

    // ---- what is known of its end ----------------------------------------------------------------------------------

    boolean isHeld() {
        return held;
    }

    void held(boolean is) {
        held = is;
    }

    /** The calling thread carries out its end. */
    void finishing() {
        lock.lock();
        try {
            finisher = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    boolean isHurried() {
        return hurried;
    }

    /** Whoever carries out its end waits for nobody any more. */
    void hurry() {
        hurried = true;
        lock.lock();
        try {
            if (finisher != null) {
                finisher.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Its monitors have fired. */
    void over() {
        boolean mine;
        lock.lock();
        try {
            mine = finisher == Thread.currentThread();
            finisher = null;
        } finally {
            lock.unlock();
        }
        if (mine && hurried) {
            // The interrupt was meant for the waits of the end, and has done its work.
            boolean unused = Thread.interrupted();
        }
        over.countDown();
    }

    /** Waits until its monitors have fired; for ever when negative. */
    boolean awaitOver(long nanos) throws InterruptedException {
        if (nanos < 0) {
            over.await();
            return true;
        }
        return over.await(nanos, TimeUnit.NANOSECONDS);
    }

    boolean isVacated() {
        return vacated.getCount() == 0;
    }

    void vacated() {
        vacated.countDown();
    }

    boolean awaitVacated(long nanos) throws InterruptedException {
        return vacated.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** Whether the caller is the one to empty the mailbox that was kept in vain. */
    boolean sweeps() {
        return swept.compareAndSet(false, true);
    }

    // ---- interrupts ------------------------------------------------------------------------------------------------

    /** The owner has been interrupted. */
    void interrupted() {
        interrupted.countDown();
    }

    /** For the owner: an interrupt meant for the handler must not hit what runs after it on this thread. */
    void awaitInterrupt() {
        while (teller.get() == Teller.CLAIMED_BRUTALLY && interrupted.getCount() > 0) {
            try {
                interrupted.await();
            } catch (InterruptedException expected) {
                Thread.onSpinWait();
            }
        }
        if (teller.get() == Teller.CLAIMED_BRUTALLY) {
            boolean unused = Thread.interrupted();
        }
    }
}
