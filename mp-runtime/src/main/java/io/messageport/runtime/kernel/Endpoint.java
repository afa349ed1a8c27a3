package io.messageport.runtime.kernel;

import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.runtime.monitor.Watch;

/** Whatever can stand behind a port name of this node. Any thread may call; no method runs user code, and
 * none but {@link #deliver} blocks. */
public interface Endpoint {
    /** Its address. */
    PortId id();

    /** Whether it has not died. */
    boolean isAlive();

    /** Whether nothing that it takes will ever be handled: dead, and no other life will follow ({@code ID-5}). */
    default boolean isGone() {
        return !isAlive();
    }

    /**
     * Takes a message; may park the calling thread where the port was opened so ({@code BND-1}).
     *
     * @param payload {@code Object[]} for a list of values, or the record that is its typed face
     */
    void deliver(Object payload);

    /** As {@link #deliver}, but never parks. */
    default void arrive(Object payload) {
        deliver(payload);
    }

    /** As {@link #deliver}, but never parks; false when there is no room, and then nothing was done. */
    default boolean deliverIfRoom(Object payload) {
        deliver(payload);
        return true;
    }

    /** Kills it after what this thread has sent it before ({@code KIL-2}). */
    void kill(Reason reason);

    /**
     * Registers a watch.
     *
     * @return false when the port is dead already; then the caller fires it
     */
    boolean watch(Watch watch);
}
