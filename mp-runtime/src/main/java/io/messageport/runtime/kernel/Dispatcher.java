package io.messageport.runtime.kernel;

/** Gives a runnable port a thread. The one seam between the ports and the threads that serve them. */
public interface Dispatcher extends AutoCloseable {
    /** Runs the activation soon, never on the calling stack; it may block, and must not delay another by that. */
    void dispatch(Runnable activation);

    /** As {@link #dispatch}, for an activation that has had its share and goes behind what else can run. */
    default void dispatchBehind(Runnable activation) {
        dispatch(activation);
    }

    /** The calling thread is about to wait: whatever it keeps back for itself must go to other threads first. */
    default void beforeWaiting() {}

    /** Ends what the dispatcher keeps running. */
    @Override
    default void close() {}
}
