package io.messageport.testkit.fault;

import io.messageport.NodeId;
import java.util.Objects;

/**
 * One direction between two nodes.
 *
 * @param from who sends
 * @param to who receives
 */
public record Way(NodeId from, NodeId to) {
    /** Neither end is null. */
    public Way {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
    }

    /** The other direction. */
    public Way back() {
        return new Way(to, from);
    }

    @Override
    public String toString() {
        return from + " -> " + to;
    }
}
