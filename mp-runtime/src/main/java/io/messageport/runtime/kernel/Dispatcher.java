package io.messageport.runtime.kernel;

import java.util.function.BooleanSupplier;

/**
 * Gives a runnable port a thread. The one seam between the ports and the threads that serve them: the engine starts no
 * thread, and waits for nothing, without it.
 */
public interface Dispatcher extends AutoCloseable {
    /** In the place of a time: wait for ever. */
    long FOREVER = -1;

    /** Runs the activation soon, never on the calling stack; it may block, and must not delay another by that. */
    void dispatch(Activation activation);

    /** A thread for work of the engine's that may block, not started. */
    default Thread thread(String name, Runnable work) {
        return Thread.ofVirtual().name(name).unstarted(work);
    }

    /** The calling thread is about to wait: whatever it keeps back for itself must go to other threads first. */
    default void beforeWaiting() {}

    /**
     * The calling thread is about to wait for something. A dispatcher that lets its threads take turns does the waiting
     * in the caller's place; any other leaves it to the caller, after {@link #beforeWaiting}.
     *
     * @param over whether there is nothing to wait for any more; asked on any thread, must neither block nor throw
     * @param nanos the longest time to wait, or {@link #FOREVER}
     * @return false when the caller has yet to wait; true when it has waited: until it was over, until the time was, or
     *     until the thread was interrupted, which its interrupt flag tells
     */
    default boolean awaits(BooleanSupplier over, long nanos) {
        beforeWaiting();
        return false;
    }

    /**
     * Brings things in by turns, until one says that it was the last, then returns. A dispatcher may have turns taken by its
     * own threads, and what a turn has made runnable run between two; they never overlap. Throws what a turn has thrown,
     * which was the last then.
     *
     * @param turn waits for something and hands it to ports; returns whether there is another turn
     */
    default void pump(BooleanSupplier turn) {
        boolean more = true;
        while (more) {
            more = turn.getAsBoolean();
        }
    }

    /**
     * Whether the calling thread is a port's at this moment, and one of the dispatcher's. Nobody interrupts such a thread
     * but to end a port brutally, so it may do what an interrupt would break off, if that can be mended.
     */
    default boolean isWorker() {
        return false;
    }

    /** The activation on this thread has had its share: lets others run before it goes on. */
    @SuppressWarnings("ThreadPriorityCheck") // for fairness; nothing relies on it
    default void share() {
        beforeWaiting();
        Thread.yield();
    }

    /** Something that wants to be looked at now and then. */
    interface Look {
        /** Looks, without blocking; returns whether to look again after a while. */
        boolean again();
    }

    /** Whether it has a thread that looks at things; always the same. */
    default boolean looks() {
        return false;
    }

    /**
     * Looks at something every few milliseconds, until that has enough of it; on a thread that waits for no port.
     *
     * @throws UnsupportedOperationException unless {@link #looks}
     */
    default void looksAt(Look look) {
        throw new UnsupportedOperationException("nobody looks here");
    }

    /** Ends what the dispatcher keeps running. */
    @Override
    default void close() {}
}
