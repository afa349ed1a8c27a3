package io.messageport.runtime.kernel;

import io.messageport.spi.Current;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The owner's half of a mailbox: what the thread that serves a port does with what senders put into its {@link Hand}, and
 * what becomes of it when the port dies, or between two lives.
 */
abstract class Mailbox extends Hand {
    /** Owned by the owner of the mailbox: what it found in the hand and has not polled, or a {@link Replay}. */
    private Object first;

    /**
     * A mailbox that nobody owns, or one with something in the hand.
     *
     * @param first what the first activation finds, null for none; with it, the caller sees to the activation
     */
    Mailbox(Kernel kernel, Object first) {
        super(kernel, first);
    }

    // ---- a look from outside ---------------------------------------------------------------------------------------

    /** How many things wait at this moment, beside the one being handled. */
    final int depth() {
        Backlog waiting = waiting();
        return (waiting == null ? 0 : waiting.size())
                + (isPayload(hand()) ? 1 : 0)
                + (first instanceof Replay replay ? replay.size() : 0);
    }

    /** By when the oldest thing that waits had come; {@link Arrival#NONE} when nothing waits, or that is not known. */
    final long oldest() {
        long by = first instanceof Replay replay ? replay.oldest() : Arrival.NONE;
        Backlog waiting = waiting();
        return waiting == null ? by : Arrival.older(by, waiting.oldestBy());
    }

    /** Which thread runs in the port, as the holder of that thread; null where that is not known. */
    final Current holder() {
        return hand() instanceof Current here ? here : null;
    }

    // ---- the owner -------------------------------------------------------------------------------------------------

    /**
     * Takes the mailbox for an activation; false for one that came twice, or too late.
     *
     * @param owner the holder of the calling thread, or {@link Mark#BUSY}
     */
    final boolean takeOver(Object owner) {
        Object seen = hand();
        if (seen != Mark.SCHEDULED && !isPayload(seen) || !moves(seen, owner)) {
            return false;
        }
        if (seen != Mark.SCHEDULED) {
            first = seen;
        }
        return true;
    }

    /** The next thing, or null. */
    final Object poll() {
        Object found = first;
        if (found != null) {
            first = null;
            if (!(found instanceof Replay replay)) {
                return found;
            }
            Object next = replay.poll();
            if (next != null) {
                first = replay;
                return next;
            }
        }
        Backlog waiting = waiting();
        return waiting == null ? null : waiting.relaxedPoll();
    }

    /** By when something had come that has been polled, and nothing since; for the owner. */
    final long arrivedBy(Object polled) {
        if (first instanceof Replay replay && replay.isLast(polled)) {
            return replay.lastBy();
        }
        Backlog waiting = waiting();
        long by = waiting == null ? Arrival.NONE : waiting.polledBy();
        return by == Arrival.NONE ? kernel().clock().nanos() : by;
    }

    /** Puts things before everything else: they are older than what is left of an earlier replay. */
    final void putFirst(Collection<Arrival> things) {
        Object found = first;
        Replay replay = found instanceof Replay earlier ? earlier : new Replay();
        if (found != null && found != replay) {
            replay.putFirst(List.of(arrivesNow(found)));
        }
        replay.putFirst(things);
        first = replay;
    }

    /** Something that comes at this moment. */
    final Arrival arrivesNow(Object payload) {
        return new Arrival(payload, kernel().clock().nanos());
    }

    /** Gives the mailbox up; false when something came meanwhile and the caller, who gives himself, still owns it. */
    final boolean idle(Object owner) {
        if (!moves(owner, null)) {
            ended();
            return true;
        }
        Backlog waiting = waiting();
        return waiting == null || waiting.isEmpty() || !moves(null, owner);
    }

    /** The thread of the port takes the mailbox back after a wait, whoever ended it. */
    final void busy() {
        boolean unused = takeOver(Mark.BUSY) || moves(null, Mark.BUSY) || takeOver(Mark.BUSY);
    }

    /** The owner leaves the mailbox to the thread that the port is about to get; nothing happens when it is dead. */
    final void leaveToThread(Object owner) {
        boolean unused = moves(owner, Mark.BUSY);
    }

    /**
     * Ends life, for the one caller who ends it.
     *
     * @param hold whether what waits is kept for another life
     * @return true when another thread owns the mailbox, and will sweep it unless it is kept
     */
    final boolean end(boolean hold) {
        Object held = swaps(hold ? Mark.HELD : Mark.SWEEPING);
        if (isPayload(held)) {
            if (hold && !(held instanceof Signal.Start)) {
                putFirst(List.of(arrivesNow(held)));
            } else {
                drop(held);
            }
        }
        Backlog waiting = waiting();
        if (waiting != null && !hold) {
            waiting.over();
        }
        return isOwned(held);
    }

    /** Empties the mailbox of a dead port as long as something comes; for the one thread that owns it. */
    @Override
    final void sweep() {
        do {
            for (Object left = poll(); left != null; left = poll()) {
                drop(left);
            }
            dead();
        } while (waiting() != null && !waiting().isEmpty() && moves(Mark.DEAD, Mark.SWEEPING));
    }

    // ---- between two lives -----------------------------------------------------------------------------------------

    /** Whether what comes waits for another life. */
    public final boolean isWaitingForLife() {
        return hand() == Mark.HELD;
    }

    /** There will be no other life; true when this call decided it, and the mailbox is to be swept. */
    final boolean stopsWaitingForLife() {
        if (!moves(Mark.HELD, Mark.SWEEPING)) {
            return false;
        }
        Backlog waiting = waiting();
        if (waiting != null) {
            waiting.over();
        }
        return true;
    }

    /** Whether somebody must sweep it. */
    final boolean isSweeping() {
        return hand() == Mark.SWEEPING;
    }

    /** Takes the mailbox for another life; the caller owns it from now on. */
    final boolean takeForLife() {
        return moves(Mark.HELD, Mark.BUSY);
    }

    /** What the former owner left unhandled of what it had taken; for the owner. */
    final List<Arrival> takeFirst() {
        List<Arrival> taken = new ArrayList<>();
        if (first instanceof Replay replay) {
            replay.takeAll(taken);
        } else if (first != null) {
            taken.add(arrivesNow(first));
        }
        first = null;
        return taken;
    }

    /** Hands the mailbox to the first activation of another life. */
    final void startLife() {
        if (moves(Mark.BUSY, Mark.SCHEDULED)) {
            begin(Mark.SCHEDULED);
        } else {
            ended();
        }
    }
}
