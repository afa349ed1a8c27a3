package io.messageport.testkit.sim;

/** A step waits for something outside of the simulation, or never ends. */
final class StuckStep extends AssertionError {
    private static final long serialVersionUID = 1L;

    StuckStep(Thread thread) {
        super("a step does not end: it runs for ever, or waits for something that is no part of the simulation");
        setStackTrace(thread.getStackTrace());
    }
}
