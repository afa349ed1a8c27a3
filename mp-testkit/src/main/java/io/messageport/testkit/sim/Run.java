package io.messageport.testkit.sim;

import java.util.function.BooleanSupplier;

/** What the driver wants: to go on until a state, or until nothing can run up to a time. */
final class Run {
    final BooleanSupplier goal;
    final long until;
    final long mostSteps;

    /** Why it ended, for the driver; null when the goal was reached. */
    String end;

    Throwable failure;

    Run(BooleanSupplier goal, long until, long mostSteps) {
        this.goal = goal;
        this.until = until;
        this.mostSteps = mostSteps;
    }
}
