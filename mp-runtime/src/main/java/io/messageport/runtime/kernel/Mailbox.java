package io.messageport.runtime.kernel;

import io.messageport.PortTree;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The mailbox of a port: a hand for the one thing that makes an idle port run, and a {@link Backlog} for what comes while
 * it runs.
 *
 * <p>The hand says who owns the mailbox. Null: nobody. A payload: an activation is on its way, and this is the first
 * thing it will handle. A {@link Mark}: see there. Whoever moves the hand off null gives the port a thread; that thread
 * claims the hand, and owns the mailbox until it moves the hand back to null. So a message to an idle port is one
 * compare-and-set, and a port that nobody ever overtook has no queue at all.
 *
 * <p><b>Order per sender.</b> A sender puts into the hand only when it sees the backlog empty, and what it has sent
 * itself it does see.
 *
 * <p><b>No lost wake-up.</b> A sender to the backlog moves its producer index by compare-and-set, a full fence, then reads
 * the hand; an owner moves the hand to null by compare-and-set, then reads that index, in the raw form that also shows a
 * sender in the middle of growing the queue ({@link Backlog#isEmpty}). One of them sees the other's. The claim is a full
 * fence too: the edge between a sender and the owner, and between one owner and the next ({@code RCV-7}).
 *
 * <p>Limit: a sender whose stack overflows inside of this very code, between the claim of the hand and the start of a
 * thread, can leave the port without a thread for good. Nothing on the Java side reserves stack for a sequence of calls.
 */
abstract class Mailbox extends PortVerbs {
    /** What the hand holds when it holds no payload. */
    private enum Mark {
        /** An activation is on its way to the backlog. */
        SCHEDULED,
        /** Some thread owns the mailbox. */
        BUSY,
        /** Between two lives ({@code ID-5}): what comes waits for the next, and nobody owns the mailbox. */
        HELD,
        /** Dead, and some thread owns the mailbox to empty it. */
        SWEEPING,
        /** Dead; whoever puts something in all the same takes it out again. */
        DEAD
    }

    private static final VarHandle HAND;
    private static final VarHandle BACKLOG;

    static {
        try {
            HAND = MethodHandles.lookup().findVarHandle(Mailbox.class, "hand", Object.class);
            BACKLOG = MethodHandles.lookup().findVarHandle(Mailbox.class, "backlog", Backlog.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile Object hand;
    private volatile Backlog backlog;

    /** Owned by the owner of the mailbox: what it found in the hand and has not polled, or a {@link Replay}. */
    private Object first;

    /**
     * A mailbox that nobody owns, or one with something in the hand.
     *
     * @param first what the first activation finds, null for none; with it, the caller sees to the activation
     */
    Mailbox(Kernel kernel, Object first) {
        super(kernel);
        hand = first;
    }

    /** Gives the port a thread; called by whoever moved the hand off null. */
    abstract void activate();

    /** Disposes of what a dead port did not handle. */
    abstract void drop(Object left);

    /** The owner finds the port dead. */
    abstract void ended();

    abstract Bounds bounds();

    @Override
    public final boolean isAlive() {
        Object seen = hand;
        return !isOver(seen) && seen != Mark.HELD;
    }

    /** Whether nothing that is put in will ever be handled. */
    public final boolean isGone() {
        return isOver(hand);
    }

    private static boolean isOver(Object seen) {
        return seen == Mark.DEAD || seen == Mark.SWEEPING;
    }

    // ---- senders ---------------------------------------------------------------------------------------------------

    /** Puts something in, from any thread; what happens when it is full, {@link Bounds} says ({@code BND-1}). */
    public final void deliver(Object payload) {
        if (!handOver(payload)) {
            enqueue(payload, true);
        }
    }

    /** As {@link #deliver}, from a thread that must not park. */
    public final void arrive(Object payload) {
        if (!handOver(payload)) {
            enqueue(payload, false);
        }
    }

    private void enqueue(Object payload, boolean mayWait) {
        Backlog waiting = backlog();
        if (waiting.isBelow(bounds().limit())
                || payload instanceof Signal
                || isOver(hand)
                || bounds().admit(cell(), waiting, payload, mayWait)) {
            append(waiting, payload);
        }
    }

    /** Puts a message in if there is room. */
    public final boolean deliverIfRoom(Object payload) {
        if (!handOver(payload)) {
            Backlog waiting = backlog();
            if (!waiting.isBelow(bounds().limit()) && !bounds().leaveRoom(cell(), waiting)) {
                return false;
            }
            append(waiting, payload);
        }
        return true;
    }

    /** Gives it to a port that nobody serves and nothing waits for. */
    private boolean handOver(Object payload) {
        Backlog waiting = backlog;
        if (hand == null && (waiting == null || waiting.isEmpty()) && HAND.compareAndSet(this, null, payload)) {
            begin(payload);
            return true;
        }
        return false;
    }

    private void append(Backlog waiting, Object payload) {
        if (isOver(hand)) {
            drop(payload);
            return;
        }
        boolean accepted = waiting.offer(payload);
        assert accepted : "an unbounded queue is never full";
        Object seen = hand;
        if (seen == null) {
            if (HAND.compareAndSet(this, null, Mark.SCHEDULED)) {
                begin(Mark.SCHEDULED);
            }
        } else if (seen == Mark.DEAD && HAND.compareAndSet(this, Mark.DEAD, Mark.SWEEPING)) {
            sweep();
        }
    }

    private void begin(Object inHand) {
        try {
            activate();
        } catch (Throwable noThread) {
            // A sender at the end of its stack, or of the memory. What was in the hand is not sent; what is in the backlog
            // waits for the next sender, who wakes the port.
            boolean unused = HAND.compareAndSet(this, inHand, null);
            throw noThread;
        }
    }

    private Backlog backlog() {
        Backlog waiting = backlog;
        if (waiting == null) {
            Backlog made = bounds().backlog();
            waiting = BACKLOG.compareAndSet(this, null, made) ? made : backlog;
        }
        return waiting;
    }

    /** How many things wait at this moment, beside the one being handled. */
    final int depth() {
        Object seen = hand;
        Backlog waiting = backlog;
        return (waiting == null ? 0 : waiting.size()) + (seen == null || seen instanceof Mark ? 0 : 1);
    }

    /** What a look from outside makes of it. */
    final PortTree.State state() {
        Object seen = hand;
        if (seen == null) {
            return PortTree.State.IDLE;
        }
        if (!(seen instanceof Mark mark)) {
            return PortTree.State.BUSY;
        }
        return switch (mark) {
            case SCHEDULED, BUSY -> PortTree.State.BUSY;
            case HELD -> PortTree.State.RESTARTING;
            case SWEEPING, DEAD -> PortTree.State.ENDING;
        };
    }

    // ---- the owner -------------------------------------------------------------------------------------------------

    /** Takes the mailbox for an activation; false for one that came twice, or too late. */
    final boolean takeOver() {
        Object seen = hand;
        if (seen == null || seen instanceof Mark && seen != Mark.SCHEDULED
                || !HAND.compareAndSet(this, seen, Mark.BUSY)) {
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
        Backlog waiting = backlog;
        return waiting == null ? null : waiting.relaxedPoll();
    }

    /** Puts payloads before everything else: they are older than what is left of an earlier replay. */
    final void putFirst(Collection<Object> payloads) {
        Object found = first;
        Replay replay = found instanceof Replay earlier ? earlier : new Replay();
        if (found != null && found != replay) {
            replay.putFirst(List.of(found));
        }
        replay.putFirst(payloads);
        first = replay;
    }

    /** Gives the mailbox up; false when something came meanwhile and the caller still owns it. */
    final boolean idle() {
        if (!HAND.compareAndSet(this, Mark.BUSY, null)) {
            ended();
            return true;
        }
        Backlog waiting = backlog;
        return waiting == null || waiting.isEmpty() || !HAND.compareAndSet(this, null, Mark.BUSY);
    }

    /** Takes the mailbox back after a wait, whoever ended it. */
    final void busy() {
        boolean unused = takeOver() || HAND.compareAndSet(this, null, Mark.BUSY) || takeOver();
    }

    /**
     * Ends life, for the one caller who ends it.
     *
     * @param hold whether what waits is kept for another life
     * @return true when another thread owns the mailbox, and will sweep it unless it is kept
     */
    final boolean end(boolean hold) {
        Object held = HAND.getAndSet(this, hold ? Mark.HELD : Mark.SWEEPING);
        if (held != null && !(held instanceof Mark)) {
            if (hold && !(held instanceof Signal.Start)) {
                putFirst(List.of(held));
            } else {
                drop(held);
            }
        }
        Backlog waiting = backlog;
        if (waiting != null && !hold) {
            waiting.over();
        }
        return held == Mark.BUSY;
    }

    /** Empties the mailbox of a dead port as long as something comes; for the one thread that owns it. */
    final void sweep() {
        do {
            for (Object left = poll(); left != null; left = poll()) {
                drop(left);
            }
            hand = Mark.DEAD;
        } while (backlog != null && !backlog.isEmpty() && HAND.compareAndSet(this, Mark.DEAD, Mark.SWEEPING));
    }

    // ---- between two lives -----------------------------------------------------------------------------------------

    /** Whether what comes waits for another life. */
    public final boolean isWaitingForLife() {
        return hand == Mark.HELD;
    }

    /** There will be no other life; true when this call decided it, and the mailbox is to be swept. */
    final boolean stopsWaitingForLife() {
        if (!HAND.compareAndSet(this, Mark.HELD, Mark.SWEEPING)) {
            return false;
        }
        Backlog waiting = backlog;
        if (waiting != null) {
            waiting.over();
        }
        return true;
    }

    /** Whether somebody must sweep it. */
    final boolean isSweeping() {
        return hand == Mark.SWEEPING;
    }

    /** Takes the mailbox for another life; the caller owns it from now on. */
    final boolean takeForLife() {
        return HAND.compareAndSet(this, Mark.HELD, Mark.BUSY);
    }

    /** What the former owner left unhandled of what it had taken; for the owner. */
    final List<Object> takeFirst() {
        List<Object> taken = new ArrayList<>();
        if (first instanceof Replay replay) {
            for (Object next = replay.poll(); next != null; next = replay.poll()) {
                taken.add(next);
            }
        } else if (first != null) {
            taken.add(first);
        }
        first = null;
        return taken;
    }

    /** Hands the mailbox to the first activation of another life. */
    final void startLife() {
        if (HAND.compareAndSet(this, Mark.BUSY, Mark.SCHEDULED)) {
            begin(Mark.SCHEDULED);
        } else {
            ended();
        }
    }
}
