package io.messageport.runtime.kernel;

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
    public void dispatch(Runnable activation) {
        Worker here = Worker.ofThread();
        Runnable displaced = here == null || here.dispatcher() != this ? activation : here.keep(activation);
        if (displaced != null) {
            start(displaced);
        }
    }

    @Override
    public void dispatchBehind(Runnable activation) {
        start(activation);
    }

    @Override
    public void beforeWaiting() {
        Worker here = Worker.ofThread();
        if (here != null && here.dispatcher() == this) {
            Runnable kept = here.takeNext();
            if (kept != null) {
                start(kept);
            }
        }
    }

    void start(Runnable activation) {
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
