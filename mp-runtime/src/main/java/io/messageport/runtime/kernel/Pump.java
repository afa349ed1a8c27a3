package io.messageport.runtime.kernel;

import io.messageport.spi.Current;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * Brings in what ports then handle, such as what arrives on a socket, by turns on the threads that run the ports: what a
 * turn makes runnable runs before the next turn on the same thread, with warm caches and without a wake-up; a turn whose
 * time does not come within a tick, since a handler blocks or computes, gets a thread of its own.
 *
 * <p>Turns follow each other, whichever threads take them: each sees all that the one before has written.
 */
final class Pump implements Activation {
    private static final VarHandle DUE;

    static {
        try {
            DUE = MethodHandles.lookup().findVarHandle(Pump.class, "due", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final BooleanSupplier turn;
    private final CountDownLatch over = new CountDownLatch(1);

    /** Whoever sets it to false takes the next turn: worker and watch may both have hold of the pump. */
    private volatile boolean due = true;

    /** Written by who takes the last turn, before it is over. */
    private Throwable failure;

    /** How many turns were taken; written by who takes one, and read by the watch. */
    private volatile int turns;

    /** A pump that takes turns like this until one says that it was the last. */
    Pump(BooleanSupplier turn) {
        this.turn = turn;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // turns do not overlap
    public void run(Current here) {
        if (!due || !DUE.compareAndSet(this, true, false)) {
            return;
        }
        boolean more = false;
        try {
            turns++;
            // One that a handler has left behind would close the socket that is read.
            boolean unused = Thread.interrupted();
            Worker worker = (Worker) here;
            worker.leave();
            more = turn.getAsBoolean();
            if (more) {
                worker.offerCarrierToOthers();
                due = true;
                worker.pumps(this);
            }
        } catch (Throwable thrown) {
            more = false;
            failure = thrown;
        } finally {
            if (!more) {
                over.countDown();
            }
        }
    }

    /** How many turns were taken by now. */
    int turns() {
        return turns;
    }

    /** Returns when the last turn was taken, or throws what it threw. */
    void awaitOver() {
        boolean interrupted = false;
        for (boolean waits = true; waits;) {
            try {
                over.await();
                waits = false;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError("a turn threw what it cannot", failure);
        }
    }
}
