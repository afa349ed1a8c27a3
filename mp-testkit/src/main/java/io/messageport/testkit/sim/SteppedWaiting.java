package io.messageport.testkit.sim;

import io.messageport.testkit.Waiting;
import java.util.function.BooleanSupplier;

/** Lets a probe wait in the time of a simulation, which takes steps meanwhile. */
final class SteppedWaiting implements Waiting {
    private final Simulation simulation;

    SteppedWaiting(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public long nanos() {
        return simulation.time().toNanos();
    }

    @Override
    public boolean until(BooleanSupplier over, long nanos) {
        if (nanos > 0 && !over.getAsBoolean()) {
            simulation.awaitAsDriver(over, nanos);
        }
        return over.getAsBoolean();
    }
}
