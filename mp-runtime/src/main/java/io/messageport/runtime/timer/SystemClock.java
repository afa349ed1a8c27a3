package io.messageport.runtime.timer;

import io.messageport.Guard;
import io.messageport.spi.Clock;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machine's monotonic time, and one daemon thread that runs what is due; asleep while nothing is. */
public final class SystemClock implements Clock {
    private static final Logger LOG = LoggerFactory.getLogger(SystemClock.class);

    private final ScheduledThreadPoolExecutor due;

    /** A clock of its own for the node with this name. */
    public SystemClock(String nodeName) {
        due = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("mp-clock " + nodeName).factory());
        due.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Guard schedule(long delayNanos, Runnable task) {
        Future<?> scheduled;
        try {
            scheduled = due.schedule(() -> runLogged(task), delayNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            return () -> false;
        }
        return () -> scheduled.cancel(false);
    }

    private static void runLogged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a clock task failed; its deadline is lost", e);
        }
    }

    @Override
    public void close() {
        due.shutdownNow();
    }
}
