package io.messageport.benchmarks;

/** One side of a workload, ours or a peer's: opened once, run again and again by one thread, closed. */
interface Side {
    /** Starts what the runs need. */
    void open() throws Exception;

    /**
     * Does the work once, and returns when all of it is done and found right.
     *
     * @param size how much; each workload says of what
     * @throws IllegalStateException when the result is wrong
     */
    void run(int size) throws Exception;

    /** Ends all that {@link #open} started, and waits for it. */
    void close() throws Exception;
}
