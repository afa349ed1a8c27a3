package io.messageport.runtime.kernel;

import io.messageport.spi.Current;

/**
 * Runs activations on virtual threads, and chains of them on one: what a handler makes runnable waits in the {@link
 * Worker}'s slot of one element until that handler is done, and then runs on the same thread, without a wake-up. A
 * second one displaces the first, which gets a thread of its own, so fan-out spreads over the cores.
 *
 * <p>A handler may block with a full slot. Three things keep that from delaying the port in the slot: our own waiting
 * verbs empty it first, the {@link SlotWatch} starts what has sat in a slot for a tick, and a chain that never ends
 * yields its carrier now and then.
 */
public final class NextSlotDispatcher implements Dispatcher {
    private final SlotWatch watch;

    /** The dispatcher of the node with this name. */
    public NextSlotDispatcher(String nodeName) {
        watch = new SlotWatch("mp-slots " + nodeName, this);
    }

    @Override
    public void dispatch(Activation activation) {
        Current here = Current.ofThread();
        Activation displaced =
                here instanceof Worker worker && worker.dispatcher() == this ? worker.keep(activation) : activation;
        if (displaced != null) {
            start(displaced);
        }
    }

    @Override
    public void beforeWaiting() {
        Current here = Current.ofThread();
        if (here instanceof Worker worker && worker.dispatcher() == this) {
            Activation kept = worker.takeNext();
            if (kept != null) {
                start(kept);
            }
        }
    }

    void start(Activation activation) {
        Thread.startVirtualThread(new Worker(this, activation));
    }

    SlotWatch watch() {
        return watch;
    }

    @Override
    public void close() {
        watch.close();
    }
}
