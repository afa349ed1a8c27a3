package io.messageport.runtime.kernel;

import io.messageport.spi.Current;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Runs activations on virtual threads, and chains of them on one: what a handler makes runnable waits in the {@link
 * Worker}'s slot of one element until that handler is done, and then runs on the same thread, without a wake-up. A
 * second one displaces the first into the worker's {@link Ready} line, from which a helper, a virtual thread too, takes
 * it when a core is free for that; so fan-out spreads over the cores without a thread for each.
 *
 * <p>A handler may block while something waits behind it. Three things keep that from delaying a port: our own waiting
 * verbs hand over first what waits, the {@link SlotWatch} gives threads to what has waited for a tick, and a chain that
 * never ends yields its carrier now and then.
 */
public final class NextSlotDispatcher implements Dispatcher {
    private final SlotWatch watch;
    private final LongSupplier nanos;
    private final Lingering lingering = new Lingering();

    /**
     * The dispatcher of the node with this name.
     *
     * @param nanos the node's time, by which it tells how long ports have been busy
     */
    public NextSlotDispatcher(String nodeName, LongSupplier nanos) {
        this.nanos = nanos;
        watch = new SlotWatch("mp-slots " + nodeName, this);
    }

    @Override
    public void dispatch(Activation activation) {
        if (Current.ofThread() instanceof Worker worker && worker.dispatcher() == this) {
            worker.keep(activation);
        } else {
            start(activation);
        }
    }

    @Override
    public void beforeWaiting() {
        if (Current.ofThread() instanceof Worker worker && worker.dispatcher() == this) {
            worker.leave();
        }
    }

    @Override
    public void share() {
        if (Current.ofThread() instanceof Worker worker && worker.dispatcher() == this) {
            worker.leavePorts();
            worker.offerCarrier();
        } else {
            Dispatcher.super.share();
        }
    }

    @Override
    public boolean isWorker() {
        return Current.ofThread() instanceof Worker worker && worker.core() != null;
    }

    @Override
    public void pump(BooleanSupplier turn) {
        Pump pump = new Pump(turn);
        // Not on this thread, which is to learn of the end whatever handlers do.
        start(pump);
        pump.awaitOver();
    }

    /** Gives the activation a thread; where there is no memory for one, as soon as there is. */
    void start(Activation activation) {
        if (lingering.give(activation)) {
            return;
        }
        try {
            Thread.startVirtualThread(new Worker(this, activation));
        } catch (OutOfMemoryError noThread) {
            watch.startLater(activation);
        }
    }

    @Override
    public boolean looks() {
        return true;
    }

    @Override
    public void looksAt(Look look) {
        watch.add(look);
    }

    long nanos() {
        return nanos.getAsLong();
    }

    Lingering lingering() {
        return lingering;
    }

    SlotWatch watch() {
        return watch;
    }

    @Override
    public void close() {
        watch.close();
    }
}
