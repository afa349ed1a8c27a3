package io.messageport.testkit.fault;

import io.messageport.NodeId;
import java.util.Collection;
import java.util.List;

/**
 * The verbs with which a test breaks what lies between its nodes, and mends it. The same over links in memory and over
 * real sockets. Safe from any thread.
 */
public interface FaultyNetwork {
    /** All ways of this network and what is wrong with them. */
    FaultPlane plane();

    /** Both directions between two nodes. */
    default FaultPlane.Ways between(NodeId one, NodeId other) {
        return plane().between(one, other);
    }

    /** The directions away from a node: choose one with {@link FaultPlane.From#to}. */
    default FaultPlane.From from(NodeId node) {
        return plane().from(node);
    }

    /** All directions between all nodes, those that join later included. */
    default FaultPlane.Ways everywhere() {
        return plane().everywhere();
    }

    /**
     * Ends the connections between two nodes, both learn it at once; they may connect again at once. Over sockets a link
     * then goes on over the next connection, and nothing is lost ({@code CON-5}).
     */
    default void reset(NodeId one, NodeId other) {
        plane().reset(one, other);
    }

    /**
     * As {@link #reset}, and attempts to connect are refused until the network is healed; over sockets a link is lost when
     * that takes longer than its node's {@code resumeWindow}.
     */
    default void cut(NodeId one, NodeId other) {
        plane().cut(one, other);
    }

    /** Between these nodes and all others nothing passes any more, and nobody is told. */
    default void isolate(NodeId... group) {
        plane().partition(List.of(List.of(group)));
    }

    /** Between nodes of one group and nodes of the other nothing passes any more, and nobody is told. */
    default void partition(Collection<NodeId> one, Collection<NodeId> other) {
        plane().partition(List.of(one, other));
    }

    /**
     * Between nodes of different groups nothing passes any more, and nobody is told. A group alone is parted from all
     * nodes that are not in it; of two groups or more, nodes in none of them still reach every one.
     *
     * @throws IllegalArgumentException when there is no group, or a node is in two
     */
    default void partition(List<? extends Collection<NodeId>> groups) {
        plane().partition(groups);
    }

    /** Nothing passes any more from the first nodes to the others, and nobody is told; the way back stays open. */
    default void partitionOneWay(Collection<NodeId> from, Collection<NodeId> to) {
        plane().partitionOneWay(from, to);
    }

    /** Ends all cuts and partitions. Faults that were applied stay until others are, or {@link Fault#none}. */
    default void heal() {
        plane().heal();
    }

    /** What the faults have done so far, on all ways together. */
    default FaultCounts counts() {
        return plane().counts();
    }
}
