package io.messageport.testkit.sim;

/** Ends the work of a thread that waits in a simulation that is over. */
final class SimulationOver extends Error {
    private static final long serialVersionUID = 1L;

    SimulationOver() {
        super("the simulation is over", null, false, false);
    }
}
