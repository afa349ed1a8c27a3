package io.messageport.runtime.kernel;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.Reason;
import io.messageport.face.Faces;
import io.messageport.runtime.observe.Observation;
import io.messageport.spi.Clock;

/**
 * What the ports of one node share.
 *
 * @param self the node's ID
 * @param config its settings
 * @param table its live ports
 * @param router the way to every port
 * @param dispatcher the threads that serve the ports
 * @param clock the node's time
 * @param callbacks where user callbacks run that belong to no port
 * @param deadLetters messages that found nobody
 * @param observation who looks at what happens
 * @param unknownValues values that no record had a place for
 * @param verbs what the rooms around the kernel do for a port
 */
public record Kernel(
        NodeId self,
        NodeConfig config,
        PortTable table,
        Router router,
        Dispatcher dispatcher,
        Clock clock,
        Callbacks callbacks,
        DeadLetters deadLetters,
        Observation observation,
        UnknownValues unknownValues,
        Verbs verbs) {
    /** Why ports die when their node is closed. */
    public static final Reason SHUTDOWN = Reason.of("shutdown", "node closed");

    /** The typed face of messages on this node. */
    public Faces faces() {
        return config.faces();
    }
}
