package io.messageport.runtime.kernel;

import io.messageport.spi.Current;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * What one virtual thread of the {@link NextSlotDispatcher} runs: an activation, then whatever waits in the slot, then
 * what is {@link Ready}, until nothing is left.
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

    /** Made when a second activation displaces the first; written by the worker's own thread. */
    private volatile Ready ready;

    /** What this worker helps to empty first, or null. */
    private final Ready helping;

    /** Set by the worker when it registers with the watch, reset by the watch. */
    private volatile boolean watched;

    /** Both owned by the watch: what sat in the slot at its last look, and whether it has found the slot empty. */
    private Activation seen;

    private boolean released;

    Worker(NextSlotDispatcher dispatcher, Activation first) {
        this.dispatcher = dispatcher;
        this.next = first;
        this.helping = null;
    }

    /** A worker that helps another one. */
    Worker(NextSlotDispatcher dispatcher, Ready helping) {
        this.dispatcher = dispatcher;
        this.helping = helping;
    }

    NextSlotDispatcher dispatcher() {
        return dispatcher;
    }

    /** Keeps an activation for after the present one. */
    void keep(Activation activation) {
        Activation displaced = next;
        NEXT.setOpaque(this, activation);
        if (displaced != null) {
            line(displaced);
        }
        if (!watched && WATCHED.compareAndSet(this, false, true)) {
            dispatcher.watch().add(this);
        }
    }

    private void line(Activation displaced) {
        Ready line = ready;
        if (line == null) {
            line = new Ready();
            ready = line;
        }
        if (!line.offer(displaced)) {
            dispatcher.start(displaced);
        } else if (line.needsHelp()) {
            dispatcher.help(line);
        }
    }

    /** This thread is about to wait: others get what it keeps. */
    void leave() {
        Activation kept = takeNext();
        if (kept != null) {
            dispatcher.start(kept);
        }
        Ready line = ready;
        if (line != null && !line.isEmpty()) {
            dispatcher.help(line);
        }
        if (helping != null && !helping.isEmpty()) {
            dispatcher.help(helping);
        }
    }

    private Activation takeNext() {
        Activation kept = next;
        if (kept != null) {
            NEXT.setOpaque(this, null);
        }
        return kept;
    }

    /** The next activation for this worker's own thread, or null. */
    Activation take() {
        Activation found = takeNext();
        if (found == null && ready != null) {
            found = ready.relaxedPoll();
        }
        return found != null || helping == null ? found : helping.help();
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // yielding is for fairness; nothing relies on it
    public void run() {
        install();
        int share = SHARE;
        for (Activation task = take(); task != null; task = take()) {
            if (--share == 0) {
                share = SHARE;
                Thread.yield();
            }
            task.run(this);
        }
    }

    /** For the watch, once a tick: takes what has waited since the last look. */
    void takeStuck(List<Activation> stuck) {
        Activation now = next;
        Activation before = seen;
        seen = now;
        if (now != null && now == before && NEXT.compareAndSet(this, now, null)) {
            stuck.add(now);
        }
        Ready line = ready;
        if (line != null) {
            line.takeStuck(stuck);
        }
    }

    /**
     * For the watch, once a tick: stops watching a worker found with nothing in waiting twice, a tick apart.
     *
     * @return whether the watch may forget this entry; the worker may have made another meanwhile
     */
    boolean release() {
        boolean filled = next != null || ready != null && !ready.isEmpty();
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
