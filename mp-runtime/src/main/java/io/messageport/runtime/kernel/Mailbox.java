package io.messageport.runtime.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.atomic.unpadded.MpscLinkedAtomicUnpaddedQueue;

/**
 * The mailbox of a port and the word that says who owns it.
 *
 * <p>Senders offer to the queue and then look at the state word; whoever moves it from idle to scheduled gives the port
 * a thread, and that thread owns the queue until it moves the word back. The owner re-checks {@code head != tail} after
 * the move back: an offer exchanges the tail before its sender reads the state, so either the sender sees idle or the
 * owner sees the offer. The exchange and the CAS are full fences, which is the edge between a sender and the owner, and
 * between one owner and the next ({@code RCV-7}).
 *
 * <p>A superclass of the cell rather than a field of it: one object per port, no pointer on the way of a message.
 */
abstract class Mailbox extends PortVerbs {
    static final int IDLE = 0;
    static final int SCHEDULED = 1;

    /** Dead, and some thread owns the queue to empty it. */
    static final int SWEEPING = 2;

    static final int DEAD = 3;

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
        if (state != SCHEDULED) {
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
            activate();
        } else if (state == DEAD) {
            sweep();
        }
    }

    /** The next thing, or null; for the owner. */
    final Object poll() {
        return queue.relaxedPoll();
    }

    /** Gives the queue up; false when something came meanwhile and the caller still owns it. */
    final boolean idle() {
        if (!STATE.compareAndSet(this, SCHEDULED, IDLE)) {
            return true;
        }
        return queue.isEmpty() || !STATE.compareAndSet(this, IDLE, SCHEDULED);
    }

    /** Takes the queue back after a wait, whoever ended it. */
    final void busy() {
        boolean ignored = STATE.compareAndSet(this, IDLE, SCHEDULED);
    }

    /** Ends life; true for the one caller who ended it, and who must see to it that the queue is swept. */
    final boolean end() {
        int before;
        do {
            before = state;
            if (before >= SWEEPING) {
                return false;
            }
        } while (!STATE.compareAndSet(this, before, SWEEPING));
        return true;
    }

    /** Empties the queue of a dead port, as long as something comes; by whoever holds or takes the right to. */
    final void sweep() {
        boolean mine = state == SWEEPING || STATE.compareAndSet(this, DEAD, SWEEPING);
        while (mine) {
            for (Object left = queue.relaxedPoll(); left != null; left = queue.relaxedPoll()) {
                drop(left);
            }
            state = DEAD;
            mine = !queue.isEmpty() && STATE.compareAndSet(this, DEAD, SWEEPING);
        }
    }
}
