package io.messageport.runtime.kernel;

import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.runtime.monitor.Watch;

/** Whatever can stand behind a port name of this node. Any thread may call; no method blocks or runs user code. */
public interface Endpoint {
    /** Its address. */
    PortId id();

    /** Whether it has not died. */
    boolean isAlive();

    /**
     * Takes a message.
     *
     * @param payload {@code Object[]} for a list of values, or the record that is its typed face
     */
    void deliver(Object payload);

    /** Kills it after what this thread has sent it before ({@code KIL-2}). */
    void kill(Reason reason);

    /**
     * Registers a watch.
     *
     * @return false when the port is dead already; then the caller fires it
     */
    boolean watch(Watch watch);
}
