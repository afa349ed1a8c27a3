package io.messageport.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One run of a workload, as the measuring thread sees it: it begins the round, parks until every party has reported, and
 * compares the sum of the reports with what was to be. Both sides of a workload use it in the same way.
 */
final class Round {
    private static final long PATIENCE_SECONDS = 60;

    private final AtomicLong sum = new AtomicLong();

    /** Written by the measuring thread before it sends anything, and so seen by everyone who is sent something. */
    private volatile CountDownLatch open;

    void begin(int parties) {
        sum.set(0);
        open = new CountDownLatch(parties);
    }

    /** A party is done; any thread. */
    void report(long value) {
        sum.addAndGet(value);
        open.countDown();
    }

    /**
     * Waits for all parties.
     *
     * @throws IllegalStateException when some do not report in time, or their sum is not the expected one: a result that
     *     is wrong must not become a figure
     */
    void await(long expected) throws InterruptedException {
        if (!open.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(open.getCount() + " reports are missing after " + PATIENCE_SECONDS + " s");
        }
        if (sum.get() != expected) {
            throw new IllegalStateException("wrong result: " + sum + " where " + expected + " was expected");
        }
    }
}
