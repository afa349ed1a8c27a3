package io.messageport.runtime.kernel;

/** Gives a runnable port a thread. The one seam between the ports and the threads that serve them. */
@FunctionalInterface
public interface Dispatcher {
    /** Runs the activation soon, never on the calling stack; it may block, and must not delay another by that. */
    void dispatch(Runnable activation);

    /** A virtual thread for each activation. */
    static Dispatcher virtualThreads() {
        return activation -> Thread.ofVirtual().name("mp-port").start(activation);
    }
}
