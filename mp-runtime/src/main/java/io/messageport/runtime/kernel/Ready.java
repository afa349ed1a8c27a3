package io.messageport.runtime.kernel;

import io.messageport.spi.Current;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jctools.queues.atomic.unpadded.SpmcAtomicUnpaddedArrayQueue;

/**
 * Activations that a worker's handlers made runnable beyond the one in its slot: filled by the worker's own thread,
 * emptied by that thread, by a helper (by further ones while threads wait), and by the {@link SlotWatch} for what waits
 * too long.
 */
final class Ready extends SpmcAtomicUnpaddedArrayQueue<Activation> implements Activation {
    private static final int CAPACITY = 1024;

    /** How many must wait before a helper is worth its start. */
    private static final int WORTH_HELP = 4;

    private static final VarHandle HELPED;

    static {
        try {
            HELPED = MethodHandles.lookup().findVarHandle(Ready.class, "helped", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile boolean helped;

    /** Owned by the watch: how far the queue had been filled at its last look. */
    private long mark;

    Ready() {
        super(CAPACITY);
    }

    /** Whether the caller is to start a helper; without a fence, so a late one may be missed, and the watch helps then. */
    boolean needsHelp() {
        return !helped && size() >= WORTH_HELP && HELPED.compareAndSet(this, false, true);
    }

    /** Makes the worker that runs it the helper. */
    @Override
    public void run(Current here) {
        ((Worker) here).help(this);
    }

    /** For the helper: the next activation, or null when its help is over. */
    Activation help() {
        Activation found = relaxedPoll();
        while (found == null) {
            helped = false;
            if (isEmpty() || !needsHelp()) {
                return null;
            }
            found = poll();
        }
        return found;
    }

    /** For the watch, once a tick: takes what has waited since the last look. */
    void takeStuck(List<Activation> stuck) {
        while (currentConsumerIndex() < mark) {
            Activation found = poll();
            if (found != null) {
                stuck.add(found);
            }
        }
        mark = currentProducerIndex();
    }
}
