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

    TestClock() {
        executor.setRemoveOnCancelPolicy(true);
    }

    /** Makes it look as if the whole process had stood still for a while. */
    void pause(long nanos) {
        long ignored = offset.addAndGet(nanos);
    }

    @Override
    public long nanos() {
        return System.nanoTime() + offset.get();
    }

    @Override
    public Guard schedule(long delayNanos, Runnable task) {
        ScheduledFuture<?> future = executor.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
