package io.messageport.transport.peer;

import io.messageport.Guard;
import io.messageport.spi.Clock;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Real time for tests, on one thread. */
final class TestClock implements Clock {
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "test clock");
        thread.setDaemon(true);
        return thread;
    });

    private final AtomicLong offset = new AtomicLong();

    /** A deadline this far away is not taken but fails, as by a fault of the program; negative for none. */
    private volatile long failing = -1;

    TestClock() {
        executor.setRemoveOnCancelPolicy(true);
    }

    /** Makes it look as if the whole process had stood still for a while. */
    void pause(long nanos) {
        long ignored = offset.addAndGet(nanos);
    }

    /** From here on nobody can set a deadline of this length. */
    void fails(long delayNanos) {
        failing = delayNanos;
    }

    @Override
    public long nanos() {
        return System.nanoTime() + offset.get();
    }

    @Override
    public Guard schedule(long delayNanos, Runnable task) {
        if (delayNanos == failing) {
            throw new IllegalStateException("a clock with a fault");
        }
        ScheduledFuture<?> future = executor.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
