package io.messageport.runtime.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What one virtual thread of the {@link NextSlotDispatcher} runs: an activation, then whatever waits in the slot, until
 * the slot stays empty.
 *
 * <p>The slot has one writer, the worker's own thread, and two takers, that thread and the {@link SlotWatch}; both take
 * by exchange, so each activation is taken once. Filling it is a volatile write followed by a read of {@link #watched},
 * and the watch does the same two steps the other way round: one of them sees the other's, so a filled slot is never
 * unwatched.
 */
final class Worker implements Runnable {
    private static final ThreadLocal<Worker> OF_THREAD = new ThreadLocal<>();
    private static final VarHandle NEXT;
    private static final VarHandle WATCHED;

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(Worker.class, "next", Runnable.class);
            WATCHED = MethodHandles.lookup().findVarHandle(Worker.class, "watched", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Activations in a row before the carrier is offered to other virtual threads. */
    private static final int SHARE = 512;

    private final NextSlotDispatcher dispatcher;
    private final Runnable first;
    private volatile Runnable next;

    /** Set by the worker when it registers with the watch, reset by the watch. */
    private volatile boolean watched;

    /** Owned by the watch: what sat in the slot at its last look. */
    private Runnable seen;

    Worker(NextSlotDispatcher dispatcher, Runnable first) {
        this.dispatcher = dispatcher;
        this.first = first;
    }

    /** The worker of the calling thread, or null. */
    static Worker ofThread() {
        return OF_THREAD.get();
    }

    NextSlotDispatcher dispatcher() {
        return dispatcher;
    }

    /** Keeps an activation for after the present one; returns what it displaces, or null. */
    Runnable keep(Runnable activation) {
        Runnable displaced = (Runnable) NEXT.getAndSet(this, activation);
        if (!watched && WATCHED.compareAndSet(this, false, true)) {
            dispatcher.watch().add(this);
        }
        return displaced;
    }

    /** Empties the slot. */
    Runnable takeNext() {
        return next == null ? null : (Runnable) NEXT.getAndSet(this, null);
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // yielding is for fairness; nothing relies on it
    public void run() {
        OF_THREAD.set(this);
        Runnable task = first;
        int share = SHARE;
        do {
            task.run();
            if (--share == 0) {
                share = SHARE;
                Thread.yield();
            }
            task = takeNext();
        } while (task != null);
    }

    /**
     * For the watch, once a tick: takes what has sat in the slot since the last look.
     *
     * <p>The same activation may have been taken and kept again meanwhile; then it is started although it would have run
     * soon anyway, which costs a thread and harms nothing.
     */
    Runnable takeIfStuck() {
        Runnable now = next;
        Runnable before = seen;
        seen = now;
        return now != null && now == before && NEXT.compareAndSet(this, now, null) ? now : null;
    }

    /** For the watch: stops watching an empty slot; false when it is filled, or was filled meanwhile unseen. */
    boolean release() {
        if (next != null) {
            return false;
        }
        watched = false;
        return next == null || !WATCHED.compareAndSet(this, false, true);
    }
}
