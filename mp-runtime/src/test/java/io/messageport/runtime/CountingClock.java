package io.messageport.runtime;

import io.messageport.Guard;
import io.messageport.runtime.timer.SystemClock;
import io.messageport.spi.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The system's clock, which tells how many tasks wait for their time. */
final class CountingClock implements Clock {
    private final Clock clock = new SystemClock("counting");
    private final AtomicInteger waiting = new AtomicInteger();

    int waiting() {
        return waiting.get();
    }

    @Override
    public long nanos() {
        return clock.nanos();
    }

    @Override
    public Guard schedule(long delayNanos, Runnable task) {
        AtomicBoolean open = new AtomicBoolean(true);
        waiting.incrementAndGet();
        Guard scheduled = clock.schedule(delayNanos, () -> {
            over(open);
            task.run();
        });
        return () -> {
            over(open);
            return scheduled.cancel();
        };
    }

    private void over(AtomicBoolean open) {
        if (open.getAndSet(false)) {
            waiting.decrementAndGet();
        }
    }

    @Override
    public void close() {
        clock.close();
    }
}
