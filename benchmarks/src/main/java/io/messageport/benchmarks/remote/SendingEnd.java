package io.messageport.benchmarks.remote;

/** The end of a workload that sends and measures; opened once, run again and again by one thread, closed once. */
interface SendingEnd {
    /** Starts, and connects to the receiving end, which gave this address. */
    void open(String address) throws Exception;

    /**
     * Does the work once, and returns when the receiving end has confirmed all of it.
     *
     * @param count operations; each workload says of what
     * @return how long that took, in nanoseconds
     * @throws IllegalStateException when something was lost, doubled, reordered or altered: a result that is wrong must
     *     not become a figure
     */
    long run(int count) throws Exception;

    /** Ends all that {@link #open} started, and waits for it. */
    void close() throws Exception;
}
