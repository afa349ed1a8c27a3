package io.messageport.runtime.timer;

import io.messageport.Guard;
import io.messageport.spi.Clock;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machine's monotonic time, and one daemon thread that runs what is due; asleep while nothing is. */
public final class SystemClock implements Clock {
    private static final Logger LOG = LoggerFactory.getLogger(SystemClock.class);

    private static final long ANCHOR_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ScheduledThreadPoolExecutor due;
    private final AtomicBoolean anchored = new AtomicBoolean();

    /** Whether a far deadline was set since the anchor was. */
    private volatile boolean used;

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
            if (delayNanos > ANCHOR_NANOS) {
                anchor();
            }
            scheduled = due.schedule(() -> runLogged(task), delayNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            return () -> false;
        }
        return () -> scheduled.cancel(false);
    }

    /**
     * Sees to it that something is due before a deadline that is far away. A task that is due first of all wakes the
     * thread, only to sleep again; and a deadline of a call is mostly cancelled long before it is due. The anchor costs
     * one wake-up for all deadlines set in its time, and is not renewed when there were none.
     */
    private void anchor() {
        if (!used) {
            used = true;
        }
        if (!anchored.get() && anchored.compareAndSet(false, true)) {
            used = false;
            var unused = due.schedule(this::lift, ANCHOR_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    private void lift() {
        anchored.set(false);
        if (used) {
            anchor();
        }
    }

    /** How many tasks wait for their time. */
    int waiting() {
        return due.getQueue().size();
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
