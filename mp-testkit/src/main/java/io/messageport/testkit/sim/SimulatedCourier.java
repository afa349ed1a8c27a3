package io.messageport.testkit.sim;

import io.messageport.runtime.kernel.Dispatcher;
import io.messageport.testkit.net.Courier;
import java.util.function.BooleanSupplier;

/** The time of a simulation for an in-memory network, and a lane of steps for each of its lanes. */
final class SimulatedCourier implements Courier {
    private final Scheduler scheduler;
    private final SteppedDispatcher dispatcher;

    SimulatedCourier(Scheduler scheduler, SteppedDispatcher dispatcher) {
        this.scheduler = scheduler;
        this.dispatcher = dispatcher;
    }

    @Override
    public long nanos() {
        return scheduler.now();
    }

    @Override
    public Lane lane(String name) {
        return new Stepped(scheduler.lane(name));
    }

    @Override
    public boolean awaits(BooleanSupplier over) {
        boolean interrupted = false;
        while (!over.getAsBoolean()) {
            boolean unused = dispatcher.awaits(over, Dispatcher.FOREVER);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    /** One lane. */
    private final class Stepped implements Lane {
        private final io.messageport.testkit.sim.Lane steps;
        private boolean closed;

        Stepped(io.messageport.testkit.sim.Lane steps) {
            this.steps = steps;
        }

        @Override
        public void run(long delayNanos, Runnable task) {
            var unused = scheduler.alarm(delayNanos, steps, () -> {
                if (!closed) {
                    task.run();
                }
            });
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
