package io.messageport.benchmarks.remote;

/** The end of a workload that is sent to; opened once, closed once. */
interface ReceivingEnd {
    /** Starts; gives what the sending end needs to reach it, one line of text. */
    String open() throws Exception;

    /** Ends all that {@link #open} started, and waits for it. */
    void close() throws Exception;
}
