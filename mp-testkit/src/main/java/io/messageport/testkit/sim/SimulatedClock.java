package io.messageport.testkit.sim;

import io.messageport.Guard;
import io.messageport.spi.Clock;

/** The time of one node of a simulation, which is that of all. What is due at one moment comes in the order of its start. */
final class SimulatedClock implements Clock {
    private final Scheduler scheduler;
    private final Lane lane;
    private boolean closed;

    SimulatedClock(Scheduler scheduler, String node) {
        this.scheduler = scheduler;
        this.lane = scheduler.lane("clock of " + node);
    }

    @Override
    public long nanos() {
        return scheduler.now();
    }

    @Override
    public Guard schedule(long delayNanos, Runnable task) {
        Alarm alarm = scheduler.alarm(delayNanos, lane, () -> {
            if (!closed) {
                task.run();
            }
        });
        return alarm::cancel;
    }

    @Override
    public void close() {
        closed = true;
    }
}
