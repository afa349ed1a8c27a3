package io.messageport.runtime.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * One life of a port that has a place in the tree, from its start to the moment when nobody runs in it any more. Any
 * thread.
 *
 * <p>Exactly one thread tells of its end: the one that ended it, or, where that was left to the thread that runs in it,
 * this or whoever has lost patience with it.
 *
 * <p>Most lives end without anybody waiting, so what waiting needs is made by the first who waits: a waiter makes the
 * {@link Gate}, then looks at the mark it waits for; who sets a mark looks for a gate afterwards. Marks and gate are
 * volatile: one of them sees the other's.
 */
final class Life {
    private static final VarHandle TELLER;
    private static final VarHandle SWEPT;
    private static final VarHandle GATE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TELLER = lookup.findVarHandle(Life.class, "teller", Teller.class);
            SWEPT = lookup.findVarHandle(Life.class, "swept", boolean.class);
            GATE = lookup.findVarHandle(Life.class, "gate", Gate.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private enum Teller {
        NOBODY,
        LEFT_TO_OWNER,
        CLAIMED,
        CLAIMED_BRUTALLY
    }

    /** From 0; one more with each restart. */
    final int number;

    private volatile Teller teller = Teller.NOBODY;
    private volatile boolean swept;

    /** The monitors have fired. */
    private volatile boolean over;

    /** Nobody runs in it any more, or touches its mailbox. */
    private volatile boolean vacated;

    /** The thread that ends it brutally has interrupted its owner. */
    private volatile boolean interrupted;

    /** Whether its mailbox waits for another life; written by the one who ends it, before the mailbox learns it. */
    private volatile boolean held;

    /** Whether who carries out its end must not wait for children any more. */
    private volatile boolean hurried;

    private volatile Gate gate;

    /** Where threads wait for one of the marks. */
    private static final class Gate {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();

        /** Guarded by the lock: who carries out the end and may wait for children. */
        private Thread finisher;
    }

    Life(int number) {
        this.number = number;
    }

    private Gate gate() {
        Gate present = gate;
        if (present == null) {
            Gate made = new Gate();
            present = GATE.compareAndSet(this, null, made) ? made : gate;
        }
        return present;
    }

    /** Wakes who waits, when somebody does. */
    private void changed() {
        Gate present = gate;
        if (present != null) {
            present.lock.lock();
            try {
                present.changed.signalAll();
            } finally {
                present.lock.unlock();
            }
        }
    }

    /** Waits for a mark; for ever when negative. */
    private boolean await(Dispatcher dispatcher, BooleanSupplier mark, long nanos) throws InterruptedException {
        if (dispatcher.awaits(mark, nanos)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return mark.getAsBoolean();
        }
        Gate present = gate();
        present.lock.lockInterruptibly();
        try {
            long left = nanos;
            while (!mark.getAsBoolean() && (nanos < 0 || left > 0)) {
                if (nanos < 0) {
                    present.changed.await();
                } else {
                    left = present.changed.awaitNanos(left);
                }
            }
            return mark.getAsBoolean();
        } finally {
            present.lock.unlock();
        }
    }

    // ---- who tells -------------------------------------------------------------------------------------------------

    /** The caller ends it and tells. */
    boolean claim() {
        return TELLER.compareAndSet(this, Teller.NOBODY, Teller.CLAIMED);
    }

    /** The caller ends it, and who runs in it tells. */
    void leaveToOwner() {
        boolean unused = TELLER.compareAndSet(this, Teller.NOBODY, Teller.LEFT_TO_OWNER);
    }

    /** The owner tells, unless somebody has done so. */
    boolean claimLeft() {
        return TELLER.compareAndSet(this, Teller.LEFT_TO_OWNER, Teller.CLAIMED);
    }

    /** The caller tells in place of the owner, whom it will interrupt. */
    boolean claimBrutally() {
        return TELLER.compareAndSet(this, Teller.LEFT_TO_OWNER, Teller.CLAIMED_BRUTALLY);
    }

    // ---- what is known of its end ----------------------------------------------------------------------------------

    boolean isHeld() {
        return held;
    }

    void held(boolean is) {
        held = is;
    }

    /** The calling thread carries out its end, and may have to wait for children. */
    void finishing() {
        Gate present = gate();
        present.lock.lock();
        try {
            present.finisher = Thread.currentThread();
        } finally {
            present.lock.unlock();
        }
    }

    boolean isHurried() {
        return hurried;
    }

    /** Whoever carries out its end waits for nobody any more. */
    void hurry() {
        hurried = true;
        Gate present = gate();
        present.lock.lock();
        try {
            if (present.finisher != null) {
                present.finisher.interrupt();
            }
        } finally {
            present.lock.unlock();
        }
    }

    /** Its monitors have fired. */
    void over() {
        forgetFinisher();
        over = true;
        changed();
    }

    private void forgetFinisher() {
        Gate present = gate;
        if (present == null) {
            return;
        }
        boolean mine;
        present.lock.lock();
        try {
            mine = present.finisher == Thread.currentThread();
            present.finisher = null;
        } finally {
            present.lock.unlock();
        }
        if (mine && hurried) {
            // The interrupt was meant for the waits of the end, and has done its work.
            boolean unused = Thread.interrupted();
        }
    }

    /** Waits until its monitors have fired; for ever when negative. */
    boolean awaitOver(Dispatcher dispatcher, long nanos) throws InterruptedException {
        return await(dispatcher, () -> over, nanos);
    }

    boolean isVacated() {
        return vacated;
    }

    void vacated() {
        vacated = true;
        changed();
    }

    /** Waits until nobody runs in it any more. */
    boolean awaitVacated(Dispatcher dispatcher, long nanos) throws InterruptedException {
        return await(dispatcher, () -> vacated, Math.max(0, nanos));
    }

    /** Whether the caller is the one to empty the mailbox that was kept in vain. */
    boolean sweeps() {
        return !swept && SWEPT.compareAndSet(this, false, true);
    }

    // ---- interrupts ------------------------------------------------------------------------------------------------

    /** The owner has been interrupted. */
    void interrupted() {
        interrupted = true;
        changed();
    }

    /** For the owner: an interrupt meant for the handler must not hit what runs after it on this thread. */
    void awaitInterrupt(Dispatcher dispatcher) {
        while (teller == Teller.CLAIMED_BRUTALLY && !interrupted) {
            try {
                boolean unused = await(dispatcher, () -> interrupted, Dispatcher.FOREVER);
            } catch (InterruptedException expected) {
                Thread.onSpinWait();
            }
        }
        if (teller == Teller.CLAIMED_BRUTALLY) {
            boolean unused = Thread.interrupted();
        }
    }
}
