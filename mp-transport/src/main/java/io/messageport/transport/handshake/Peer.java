package io.messageport.transport.handshake;

import io.messageport.NodeId;

/**
 * Who is at the other end.
 *
 * @param node its node ID
 * @param incarnation random, of this life of the node ({@code ID-3})
 * @param messageLimit greatest message it accepts, encoded, in bytes; also the most it holds of messages in parts
 * @param resumes whether it acknowledges, and goes on over another socket ({@code CON-5})
 */
public record Peer(NodeId node, long incarnation, int messageLimit, boolean resumes) {

    /** A peer of the plainest kind, which does not resume. */
    public Peer(NodeId node, long incarnation, int messageLimit) {
        this(node, incarnation, messageLimit, false);
    }

    /** Whether this one decides which socket two nodes use: the smaller (node ID, incarnation) does ({@code CON-3}). */
    boolean decidesBefore(Peer other) {
        int order = node.compareTo(other.node);
        return order < 0 || order == 0 && Long.compareUnsigned(incarnation, other.incarnation) < 0;
    }
}
