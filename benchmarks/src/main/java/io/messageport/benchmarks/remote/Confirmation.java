package io.messageport.benchmarks.remote;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What the sending end waits for: that each lane of the receiving end has confirmed what was sent to it. */
final class Confirmation {
    static final long PATIENCE_SECONDS = 60;

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong misplaced = new AtomicLong();

    /** Written by the measuring thread before it sends anything, and so seen by everyone who is sent something. */
    private volatile CountDownLatch open = new CountDownLatch(0);

    void begin(int lanes) {
        received.set(0);
        misplaced.set(0);
        open = new CountDownLatch(lanes);
    }

    /** A lane has got so many, and so many of them were not the next one or not what was sent; any thread. */
    void confirm(long laneReceived, long laneMisplaced) {
        received.addAndGet(laneReceived);
        misplaced.addAndGet(laneMisplaced);
        open.countDown();
    }

    /**
     * Waits for all lanes.
     *
     * @throws IllegalStateException when they do not confirm in time exactly what was sent
     */
    void await(long sent) throws InterruptedException {
        if (!open.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(open.getCount() + " lanes have not confirmed within " + PATIENCE_SECONDS
                    + " s; of " + sent + " messages " + received + " are confirmed");
        }
        if (received.get() != sent || misplaced.get() != 0) {
            throw new IllegalStateException("sent=" + sent + " received=" + received + " misplaced=" + misplaced);
        }
    }
}
