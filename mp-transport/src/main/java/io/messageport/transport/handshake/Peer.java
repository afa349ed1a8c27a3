package io.messageport.transport.handshake;

import io.messageport.NodeId;

/**
 * Who is at the other end.
 *
 * @param node its node ID
 * @param incarnation random, of this life of the node ({@code ID-3})
 * @param frameLimit greatest frame it accepts, in bytes
 */
public record Peer(NodeId node, long incarnation, int frameLimit) {

    /** Whether this one decides which socket two nodes use: the smaller (node ID, incarnation) does ({@code CON-3}). */
    boolean decidesBefore(Peer other) {
        int order = node.compareTo(other.node);
        return order < 0 || order == 0 && Long.compareUnsigned(incarnation, other.incarnation) < 0;
    }
}
