package io.messageport.runtime.kernel;

/** Gives a runnable port a thread. The one seam between the ports and the threads that serve them. */
public interface Dispatcher extends AutoCloseable {
    /** Runs the activation soon, never on the calling stack; it may block, and must not delay another by that. */
    void dispatch(Activation activation);

    /** The calling thread is about to wait: whatever it keeps back for itself must go to other threads first. */
    default void beforeWaiting() {}

    /** The activation on this thread has had its share: lets others run before it goes on. */
    @SuppressWarnings("ThreadPriorityCheck") // for fairness; nothing relies on it
    default void share() {
        beforeWaiting();
        Thread.yield();
    }

    /** Ends what the dispatcher keeps running. */
    @Override
    default void close() {}
}
