package io.messageport.testkit;

import java.util.function.BooleanSupplier;

/**
 * How a {@link Probe} lets time pass until something has happened: the seam between expectations and whatever runs the
 * nodes. The usual one parks the test's thread; that of a simulation steps the simulation, whose time is a number.
 */
public interface Waiting {
    /** Nanoseconds since an arbitrary moment, in the time in which expectations count. */
    long nanos();

    /**
     * Returns as soon as {@code over} holds, at the latest when this much time has passed.
     *
     * @param over is cheap, and may be asked at any time on any thread, though never on two at once
     * @param nanos nothing or less means: look, and do not wait
     * @return whether {@code over} holds
     */
    boolean until(BooleanSupplier over, long nanos) throws InterruptedException;

    /** Something has happened that {@code over} may depend on; from any thread. */
    default void changed() {}
}
