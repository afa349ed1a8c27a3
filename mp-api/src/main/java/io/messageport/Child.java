package io.messageport;

import java.util.Optional;

/**
 * What a supervisor knows of one of its children at one moment.
 *
 * @param key what the supervisor's methods call it by: its name, or text of the supervisor's own for one without
 * @param port its port, or the one it had before it ended; empty before its first start
 * @param state whether it runs
 * @param restarts how often it has been started again
 * @param spec how it is treated
 */
public record Child(String key, Optional<PortId> port, State state, long restarts, ChildSpec spec) {
    /** Whether a child runs, and if not, what it waits for. */
    public enum State {
        /** It has been started and has not ended. */
        RUNNING,
        /** It has ended and is about to be started again. */
        RESTARTING,
        /** It has ended and waits for {@link Supervisor#restartChild}. */
        STOPPED
    }

    /**
     * How many children a supervisor has.
     *
     * @param specs all of them
     * @param active those that run
     * @param supervisors those of all that are or were last supervisors
     * @param workers those of all that are not
     */
    public record Count(int specs, int active, int supervisors, int workers) {}
}
