package io.messageport.runtime.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The place of one worker that has run out of work and looks around for a moment before it ends, so that what becomes
 * runnable meanwhile, such as a port that keeps pace with its sender, costs no thread. One at most, and only where there
 * is another core to spare; a node where nothing happens spins nowhere.
 *
 * <p>Whoever takes the worker out of the place, by compare-and-set, owes it something to run; the worker ends only when
 * it is the one who took itself out.
 */
final class Lingering {
    private static final long MOMENT_NANOS = 5_000;
    private static final int LOOKS = 32;
    private static final boolean SPARE_CORE = Runtime.getRuntime().availableProcessors() > 1;
    private static final VarHandle PLACE;

    static {
        try {
            PLACE = MethodHandles.lookup().findVarHandle(Lingering.class, "place", Worker.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile Worker place;

    /** Gives the activation to the worker that lingers; false when there is none. */
    boolean give(Activation activation) {
        Worker waiting = place;
        if (waiting == null || !PLACE.compareAndSet(this, waiting, null)) {
            return false;
        }
        waiting.give(activation);
        return true;
    }

    /** Waits a moment for something to run; null when nothing came. */
    Activation linger(Worker worker) {
        if (!SPARE_CORE || place != null || !PLACE.compareAndSet(this, null, worker)) {
            return null;
        }
        long end = System.nanoTime() + MOMENT_NANOS;
        do {
            for (int i = 0; i < LOOKS; i++) {
                Activation given = worker.takeGiven();
                if (given != null) {
                    return given;
                }
                Thread.onSpinWait();
            }
        } while (System.nanoTime() - end < 0);
        return PLACE.compareAndSet(this, worker, null) ? null : awaitGiven(worker);
    }

    /** Somebody has taken the worker out, and is about to say what for. */
    @SuppressWarnings("ThreadPriorityCheck") // the giver may have been interrupted by the system, not by us
    private static Activation awaitGiven(Worker worker) {
        Activation given = worker.takeGiven();
        while (given == null) {
            Thread.yield();
            given = worker.takeGiven();
        }
        return given;
    }
}
