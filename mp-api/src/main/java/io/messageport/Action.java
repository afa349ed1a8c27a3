package io.messageport;

/** Code that runs in a port's context, where it may block and may throw. */
@FunctionalInterface
public interface Action {
    /** Runs; whatever it throws kills the port it runs in. */
    void run() throws Exception;
}
