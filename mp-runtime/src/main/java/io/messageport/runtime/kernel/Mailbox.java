package io.messageport.runtime.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.atomic.unpadded.MpscLinkedAtomicUnpaddedQueue;

/**
 * The mailbox of a port and the word that says who owns it.
 *
 * <p>Senders offer to the queue and then look at the state word; whoever moves it from idle to scheduled gives the port
 * a thread, and that thread moves it to running and owns the queue until it moves the word back. The owner re-checks
 * {@code head != tail} after the move back: an offer exchanges the tail before its sender reads the state, so either the
 * sender sees idle or the owner sees the offer. The exchange and the CAS are full fences, which is the edge between a
 * sender and the owner, and between one owner and the next ({@code RCV-7}).
 *
 * <p>Limit: a sender whose stack overflows inside of this very code, between the two stores of an offer or between the
 * word's move to scheduled and the start of a thread, can leave the port without a thread for good. Nothing on the Java
 * side reserves stack for a sequence of calls.
 *
 * <p>A superclass of the cell rather than a field of it: one object per port, no pointer on the way of a message.
 */
abstract class Mailbox extends PortVerbs {
    private static final int IDLE = 0;

    /** An activation is on its way. */
    private static final int SCHEDULED = 1;

    /** Some thread owns the queue. */
    private static final int RUNNING = 2;

    /** Dead, and some thread owns the queue to empty it. */
    private static final int SWEEPING = 3;

    private static final int DEAD = 4;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Mailbox.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final MessagePassingQueue<Object> queue = new MpscLinkedAtomicUnpaddedQueue<>();
    private volatile int state;

    Mailbox(Kernel kernel, boolean scheduled) {
        super(kernel);
        state = scheduled ? SCHEDULED : IDLE;
    }

    /** Gives the port a thread; called by whoever moved the word to scheduled. */
    abstract void activate();

    /** Disposes of what a dead port did not handle. */
    abstract void drop(Object left);

    @Override
    public final boolean isAlive() {
        return state < SWEEPING;
    }

    /** Puts something in, from any thread. */
    public final void deliver(Object payload) {
        if (state >= SWEEPING) {
            drop(payload);
            return;
        }
        put(payload);
        int seen = state;
        if (seen == IDLE || seen == DEAD) {
            wake();
        }
    }

    /** Puts something in without looking at the word: for a port whose first owner has not begun. */
    final void put(Object payload) {
        boolean accepted = queue.offer(payload);
        assert accepted : "a linked queue is never full";
    }

    private void wake() {
        if (STATE.compareAndSet(this, IDLE, SCHEDULED)) {
            try {
                activate();
            } catch (Throwable noThread) {
                // A sender at the end of its stack, or of the memory: the next sender wakes the port instead.
                boolean unused = STATE.compareAndSet(this, SCHEDULED, IDLE);
                throw noThread;
            }
        } else if (STATE.compareAndSet(this, DEAD, SWEEPING)) {
            sweep();
        }
    }

    /** The next thing, or null; for the owner. */
    final Object poll() {
        return queue.relaxedPoll();
    }

    /** Takes the queue for an activation; false for one that came twice, or too late. */
    final boolean takeOver() {
        return STATE.compareAndSet(this, SCHEDULED, RUNNING);
    }

    /** Leaves the queue to the next activation. */
    final void behind() {
        boolean unused = STATE.compareAndSet(this, RUNNING, SCHEDULED);
    }

    /** Gives the queue up; false when something came meanwhile and the caller still owns it. */
    final boolean idle() {
        if (!STATE.compareAndSet(this, RUNNING, IDLE)) {
            return true;
        }
        return queue.isEmpty() || !STATE.compareAndSet(this, IDLE, RUNNING);
    }

    /** Takes the queue back after a wait, whoever ended it. */
    final void busy() {
        boolean unused = takeOver() || STATE.compareAndSet(this, IDLE, RUNNING);
    }

    /** Ends life; for the one caller who ends it, and who must see to it that the queue is swept. */
    final void end() {
        int unused = (int) STATE.getAndSet(this, SWEEPING);
    }

    /** Empties the queue of a dead port as long as something comes; for the one thread that moved it to sweeping. */
    final void sweep() {
        do {
            for (Object left = queue.relaxedPoll(); left != null; left = queue.relaxedPoll()) {
                drop(left);
            }
            state = DEAD;
        } while (!queue.isEmpty() && STATE.compareAndSet(this, DEAD, SWEEPING));
    }
}
