package io.messageport.runtime.network;

import io.messageport.NodeId;

/** What the database asks of the network. Any thread; nothing here blocks. */
public interface Peers {
    /** This node. */
    NodeId self();

    /**
     * Sends a message to the node port of a connected node, in the order of its link.
     *
     * @return false when there is no link to it that is up, or no more; nothing was sent
     * @throws IllegalArgumentException when a value cannot be encoded or the message is too large; nothing was sent
     */
    boolean send(NodeId to, Object... values);
}
