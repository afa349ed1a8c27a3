package io.messageport.runtime.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
final class Worker extends Stint implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final VarHandle NEXT;
    private static final VarHandle PUMP;
    private static final VarHandle WATCHED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            NEXT = lookup.findVarHandle(Worker.class, "next", Activation.class);
            PUMP = lookup.findVarHandle(Worker.class, "pump", Pump.class);
            WATCHED = lookup.findVarHandle(Worker.class, "watched", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Activations in a row before it is looked whether the carrier is to be offered to other virtual threads. */
    private static final int SHARE = 64;

    /**
     * For how long the carrier is kept in any case. Whoever offers it usually gets on on another one, whose core has to be
     * woken and knows nothing of the mailboxes: that is worth some hundred messages.
     */
    private static final long SLICE_NANOS = 500_000;

    /**
     * After so long the worker parks instead of yielding. The scheduler may give a carrier back to a thread that yields
     * although others wait for it, for as long as that thread does nothing else; on one core this would starve them.
     */
    private static final long PARK_NANOS = 20_000_000;

    /** The same for one that pumps in what other threads handle. */
    private static final long PUMPING_NANOS = 1_000_000;

    private volatile Activation next;

    /** Written by who gives while the worker lingers, emptied by the worker; not the slot, which the watch empties too. */
    private volatile Activation given;

    /** Made when a second activation displaces the first; written by the worker's own thread. */
    private volatile Ready ready;

    /** Owned by the worker's own thread: the line of another worker that it helps to empty, or null. */
    private Ready helping;

    /** What it brings things in with, between two turns; written by the worker's own thread, emptied by the watch too. */
    private volatile Pump pump;

    /** Both owned by the worker's own thread: when it offered the carrier last, and when for certain; 0 at first. */
    private long offered;

    private long parked;

    /** Set by the worker when it registers with the watch, reset by the watch. */
    private volatile boolean watched;

    /** Both owned by the watch: what sat in the slot at its last look, and whether it has found the slot empty. */
    private Activation seen;

    private boolean released;

    /** Both owned by the watch: the pump at its last look, and how many turns it had taken. */
    private Pump pumpSeen;

    private int turnsSeen;

    Worker(NextSlotDispatcher dispatcher, Activation first) {
        super(dispatcher);
        this.next = first;
    }

    /** Keeps an activation for after the present one. */
    void keep(Activation activation) {
        Activation displaced = next;
        if (displaced != null) {
            line(displaced);
        }
        NEXT.setOpaque(this, activation);
        if (!watched && WATCHED.compareAndSet(this, false, true)) {
            asksToBeWatched();
        }
    }

    private void asksToBeWatched() {
        try {
            dispatcher().watch().add(this);
        } catch (OutOfMemoryError e) {
            watched = false;
            throw e;
        }
    }

    private void line(Activation displaced) {
        Ready line = ready;
        if (line == null) {
            line = new Ready();
            ready = line;
        }
        if (!line.offer(displaced)) {
            dispatcher().start(displaced);
        } else if (line.needsHelp()) {
            dispatcher().start(line);
        }
    }

    /** This thread is about to wait: others get what it keeps. */
    void leave() {
        leavePorts();
        Pump waiting = takePump();
        if (waiting != null) {
            dispatcher().start(waiting);
        }
    }

    /** Others get the ports that it keeps. What it pumps in waits, since that would make more work for the same ports. */
    void leavePorts() {
        Activation kept = takeNext();
        if (kept != null) {
            dispatcher().start(kept);
        }
        Ready line = ready;
        if (line != null && !line.isEmpty()) {
            dispatcher().start(line);
        }
        if (helping != null && !helping.isEmpty()) {
            dispatcher().start(helping);
        }
    }

    /** Keeps a pump for when nothing else is left to run; for the worker's own thread. */
    void pumps(Pump pumping) {
        PUMP.setOpaque(this, pumping);
    }

    private Pump takePump() {
        Pump found = pump;
        if (found != null) {
            PUMP.setOpaque(this, null);
        }
        return found;
    }

    private Activation takeOrLinger() {
        Activation found = take();
        return found != null ? found : dispatcher().lingering().linger(this);
    }

    /** Helps to empty this line when nothing of its own is left. */
    void help(Ready line) {
        helping = line;
    }

    /** From another thread, which has seen to it that it is the only one to do so: something to run. */
    void give(Activation activation) {
        given = activation;
    }

    /** What this worker was given while it lingered, or null. */
    Activation takeGiven() {
        Activation found = given;
        if (found != null) {
            given = null;
        }
        return found;
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
        if (found == null && helping != null) {
            found = helping.help();
            if (found == null) {
                helping = null;
            }
        }
        return found == null ? takePump() : found;
    }

    /** For this worker's thread, now and then: lets other virtual threads run, if it has kept the carrier long enough. */
    @SuppressWarnings("ThreadPriorityCheck") // yielding is for fairness; nothing relies on it
    void offerCarrier() {
        long now = System.nanoTime();
        if (offered == 0) {
            parked = now;
        } else if (now - offered < SLICE_NANOS) {
            return;
        } else if (now - parked < PARK_NANOS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(1);
            parked = System.nanoTime();
        }
        offered = System.nanoTime();
    }

    /**
     * For this worker's thread, behind each turn of a pump. One that has woken nothing pumps for ports that other threads
     * run: they are to get a carrier, or their mailboxes would be full before they do.
     */
    void offerCarrierToOthers() {
        if (next == null && (ready == null || ready.isEmpty())) {
            long now = System.nanoTime();
            if (parked == 0) {
                parked = now;
            } else if (now - parked >= PUMPING_NANOS) {
                LockSupport.parkNanos(1);
                parked = System.nanoTime();
            }
        }
    }

    @Override
    public void run() {
        install();
        begins();
        int share = SHARE;
        for (Activation task = takeOrLinger(); task != null; task = takeOrLinger()) {
            try {
                takesTurn();
                if (--share <= 0) {
                    share = SHARE;
                    offerCarrier();
                }
            } catch (OutOfMemoryError e) {
                // Neither is as important as what is to run.
            }
            try {
                task.run(this);
            } catch (Throwable thrown) {
                // Not a handler's: those end their port. Whatever it is, what else waits here must still run.
                LOG.error("a turn of {} failed outside of its handlers", task, thrown);
            }
        }
        ends();
    }

    /** For the watch, once a tick: takes what has waited since the last look. */
    void takeStuck(List<Activation> stuck) {
        Activation now = next;
        Activation before = seen;
        seen = now;
        if (now != null && now == before) {
            take(NEXT, now, stuck);
        }
        Ready line = ready;
        if (line != null) {
            line.takeStuck(stuck);
        }
        Pump waiting = pump;
        if (waiting != null && waiting == pumpSeen && waiting.turns() == turnsSeen) {
            take(PUMP, waiting, stuck);
        }
        pumpSeen = waiting;
        turnsSeen = waiting == null ? 0 : waiting.turns();
    }

    /** First where it goes to, which may take memory, then out of where it was. */
    private void take(VarHandle place, Activation waiting, List<Activation> stuck) {
        stuck.add(waiting);
        if (!place.compareAndSet(this, waiting, null)) {
            Activation unused = stuck.removeLast();
        }
    }

    /**
     * For the watch, once a tick: stops watching a worker found with nothing in waiting twice, a tick apart.
     *
     * @return whether the watch may forget this entry; the worker may have made another meanwhile
     */
    boolean release() {
        boolean filled = next != null || pump != null || ready != null && !ready.isEmpty();
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
