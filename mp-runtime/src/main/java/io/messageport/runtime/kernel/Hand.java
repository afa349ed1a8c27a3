package io.messageport.runtime.kernel;

import io.messageport.PortTree;
import io.messageport.spi.Current;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The senders' half of a mailbox: a hand for the one thing that makes an idle port run, and a {@link Backlog} for what
 * comes while it runs. The owner's half is the {@link Mailbox}.
 *
 * <p>The hand says who owns the mailbox. Null: nobody. A payload: an activation is on its way, and this is the first
 * thing it will handle. A {@link Current}: the thread that this is the holder of. A {@link Mark}: see there. Whoever moves
 * the hand off null gives the port a thread; that thread claims the hand, and owns the mailbox until it moves the hand
 * back to null. So a message to an idle port is one compare-and-set, and a port that nobody ever overtook has no queue at
 * all.
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
abstract class Hand extends PortVerbs {
    /** What the hand holds when it holds no payload. */
    enum Mark {
        /** An activation is on its way to the backlog. */
        SCHEDULED,
        /** Some thread owns the mailbox: that of a threaded port, or one that gives the port another life. */
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
            HAND = MethodHandles.lookup().findVarHandle(Hand.class, "hand", Object.class);
            BACKLOG = MethodHandles.lookup().findVarHandle(Hand.class, "backlog", Backlog.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile Object hand;
    private volatile Backlog backlog;

    /**
     * A hand with nothing in it, or with something.
     *
     * @param first what the first activation finds, null for none; with it, the caller sees to the activation
     */
    Hand(Kernel kernel, Object first) {
        super(kernel);
        hand = first;
    }

    /** Gives the port a thread; called by whoever moved the hand off null. */
    abstract void activate();

    /** Disposes of what a dead port did not handle. */
    abstract void drop(Object left);

    /** The owner finds the port dead. */
    abstract void ended();

    /** Empties the mailbox of a dead port; for the one thread that owns it. */
    abstract void sweep();

    abstract Bounds bounds();

    // ---- the hand --------------------------------------------------------------------------------------------------

    /** What it holds at this moment. */
    final Object hand() {
        return hand;
    }

    /** Puts something else in, if it holds what the caller thinks. */
    final boolean moves(Object from, Object to) {
        return HAND.compareAndSet(this, from, to);
    }

    /** Puts something else in, whatever it holds, and returns that. */
    final Object swaps(Mark to) {
        return HAND.getAndSet(this, to);
    }

    /** What it will hold from now on: it has been emptied, and its port is dead. */
    final void dead() {
        hand = Mark.DEAD;
    }

    /** What waits behind the hand, or null when nothing ever did. */
    final Backlog waiting() {
        return backlog;
    }

    /** Whether what was seen in the hand says that some thread owns the mailbox. */
    static boolean isOwned(Object seen) {
        return seen instanceof Current || seen == Mark.BUSY;
    }

    /** Whether what was seen in the hand is to be handled. */
    static boolean isPayload(Object seen) {
        return seen != null && !(seen instanceof Mark) && !(seen instanceof Current);
    }

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

    /** Gives the port a thread for what the caller has put into its hand. */
    final void begin(Object inHand) {
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
            Backlog made = bounds().backlog(kernel());
            waiting = BACKLOG.compareAndSet(this, null, made) ? made : backlog;
        }
        return waiting;
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
}
