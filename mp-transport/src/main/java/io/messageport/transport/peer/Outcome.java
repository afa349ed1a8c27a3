package io.messageport.transport.peer;

import io.messageport.NodeId;

/** How the handshake on one socket ended. */
sealed interface Outcome {
    /** The link to this node is up on it. */
    record Connected(NodeId node) implements Outcome {}

    /** The nodes are connected by another socket, or about to be. */
    record Duplicate(NodeId node) implements Outcome {}

    /** The other end is this very node. */
    record Self() implements Outcome {}

    /** Nothing came of it. */
    record Failed(String why) implements Outcome {}
}
