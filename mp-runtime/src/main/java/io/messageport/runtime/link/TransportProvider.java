package io.messageport.runtime.link;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.spi.Clock;

/** Makes transports; found by {@code ServiceLoader}, or given as an extension of the configuration. */
public interface TransportProvider {
    /**
     * The transport of one node.
     *
     * @param self the node's ID, already expanded
     * @param incarnation random, of this life of the node ({@code ID-3})
     * @param config limits, times and the secret
     * @param clock the node's time
     * @param events the node
     */
    Transport open(NodeId self, long incarnation, NodeConfig config, Clock clock, LinkEvents events);
}
