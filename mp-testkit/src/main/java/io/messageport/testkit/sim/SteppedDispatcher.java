package io.messageport.testkit.sim;

import io.messageport.runtime.kernel.Activation;
import io.messageport.runtime.kernel.Dispatcher;
import io.messageport.runtime.kernel.Endpoint;
import io.messageport.spi.Current;
import java.util.function.BooleanSupplier;

/** Makes each turn of a port, each thread of the engine and each end of a wait a step of the simulation. */
final class SteppedDispatcher implements Dispatcher {
    private final Simulation simulation;
    private final Scheduler scheduler;

    SteppedDispatcher(Simulation simulation, Scheduler scheduler) {
        this.simulation = simulation;
        this.scheduler = scheduler;
    }

    @Override
    public void dispatch(Activation activation) {
        String name =
                activation instanceof Endpoint port ? port.id().toString() : activation.getClass().getSimpleName();
        scheduler.add(scheduler.lane(name), () -> activation.run(Current.ofThread()));
    }

    @Override
    public Thread thread(String name, Runnable work) {
        return scheduler.thread(name, work);
    }

    @Override
    public boolean awaits(BooleanSupplier over, long nanos) {
        if (scheduler.isDriver()) {
            simulation.awaitAsDriver(over, nanos);
        } else {
            scheduler.suspend(over, nanos);
        }
        return true;
    }

    @Override
    public void share() {
        if (!scheduler.isDriver()) {
            scheduler.share();
        }
    }
}
