package io.messageport.testkit.net;

import java.util.function.BooleanSupplier;

/**
 * Where a {@link MemoryNetwork} gets its time and its threads from, so that a test can own both. Safe from any thread.
 */
public interface Courier {
    /** The real one: the machine's time, and a virtual thread for each lane that has something to do. */
    static Courier realTime() {
        return new RealTimeCourier();
    }

    /** Nanoseconds since an arbitrary moment; never goes back. */
    long nanos();

    /** A lane of its own, with a name for people. */
    Lane lane(String name);

    /**
     * The calling thread is about to wait for something. A courier that lets threads take turns does the waiting in its
     * place, any other leaves it to the caller.
     *
     * @param over whether there is nothing to wait for any more; must neither block nor throw
     * @return false when the caller has yet to wait; true when it is over
     */
    default boolean awaits(BooleanSupplier over) {
        return false;
    }

    /** Runs tasks one at a time: in the order in which they are due, those due together in the order they were given. */
    interface Lane {
        /** Runs the task no earlier than so many nanoseconds from now, never on the calling stack. */
        void run(long delayNanos, Runnable task);

        /** Runs nothing any more, but what is running. */
        void close();
    }
}
