package io.messageport.runtime.kernel;

import io.messageport.spi.Current;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What one virtual thread of the {@link NextSlotDispatcher} runs: an activation, then whatever waits in the slot, until
 * the slot stays empty.
 *
 * <p>The slot is filled and emptied by the worker's own thread with opaque writes, and emptied by the {@link SlotWatch}
 * when something sits in it too long. Both may take the same activation: an activation claims its mailbox, so the second
 * to run finds nothing to do. That leaves no exchange and no fence on the way of a message through the slot.
 *
 * <p>A filled slot is watched: the worker reads {@link #watched} after it has filled the slot. Without a fence between
 * the two it may read a mark that the watch is just taking away; so the watch looks at the slot again one tick after it
 * took the mark away, and an opaque write becomes visible in far less than a tick.
 */
final class Worker extends Current implements Runnable {
    private static final VarHandle NEXT;
    private static final VarHandle WATCHED;

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(Worker.class, "next", Activation.class);
            WATCHED = MethodHandles.lookup().findVarHandle(Worker.class, "watched", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Activations in a row before the carrier is offered to other virtual threads. */
    private static final int SHARE = 512;

    private final NextSlotDispatcher dispatcher;
    private volatile Activation next;

    /** Set by the worker when it registers with the watch, reset by the watch. */
    private volatile boolean watched;

    /** Both owned by the watch: what sat in the slot at its last look, and whether it has found the slot empty. */
    private Activation seen;

    private boolean released;

    Worker(NextSlotDispatcher dispatcher, Activation first) {
        this.dispatcher = dispatcher;
        this.next = first;
    }

    NextSlotDispatcher dispatcher() {
        return dispatcher;
    }

    /** Keeps an activation for after the present one; returns what it displaces, or null. */
    Activation keep(Activation activation) {
        Activation displaced = next;
        NEXT.setOpaque(this, activation);
        if (!watched && WATCHED.compareAndSet(this, false, true)) {
            dispatcher.watch().add(this);
        }
        return displaced;
    }

    /** Empties the slot. */
    Activation takeNext() {
        Activation kept = next;
        if (kept != null) {
            NEXT.setOpaque(this, null);
        }
        return kept;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // yielding is for fairness; nothing relies on it
    public void run() {
        install();
        int share = SHARE;
        for (Activation task = takeNext(); task != null; task = takeNext()) {
            if (--share == 0) {
                share = SHARE;
                Thread.yield();
            }
            task.run(this);
        }
    }

    /** For the watch, once a tick: takes what has sat in the slot since the last look. */
    Activation takeIfStuck() {
        Activation now = next;
        Activation before = seen;
        seen = now;
        return now != null && now == before && NEXT.compareAndSet(this, now, null) ? now : null;
    }

    /**
     * For the watch, once a tick: stops watching a slot found empty twice, a tick apart.
     *
     * @return whether the watch may forget this entry; the worker may have made another meanwhile
     */
    boolean release() {
        boolean filled = next != null;
        if (!released) {
            if (!filled) {
                released = true;
                watched = false;
            }
            return false;
        }
        released = false;
        return !filled || !WATCHED.compareAndSet(this, false, true);
    }
}
