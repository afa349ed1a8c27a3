package io.messageport.spi;

import io.messageport.Guard;

/** The one source of time of a node: monotonic, and replaceable, so that a test can own time. */
public interface Clock extends AutoCloseable {
    /** Nanoseconds since an arbitrary moment; never goes back. */
    long nanos();

    /**
     * Runs {@code task} once, no earlier than {@code delayNanos} from now, on a thread of the clock's that it must not
     * block.
     */
    Guard schedule(long delayNanos, Runnable task);

    /** Runs nothing any more. */
    @Override
    void close();
}
