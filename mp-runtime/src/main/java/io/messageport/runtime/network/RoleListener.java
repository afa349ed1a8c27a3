package io.messageport.runtime.network;

import io.messageport.Message;
import io.messageport.NodeId;
import java.util.List;

/**
 * What the network tells the database of roles ({@code DB-1}). One call at a time, in the order in which things happened.
 * Runs on readers and timers, so nothing here may block; calls {@link Peers} freely.
 */
public interface RoleListener {
    /** This node listens there, or tells others so; empty for nowhere. Once, when it starts, unless that fails. */
    void listening(List<String> addresses);

    /** This node is global from now on; at most once, before any {@link #globalUp}. */
    void promoted();

    /** Another node is this one's master; only while this node is not global, and one at a time. */
    void masterUp(NodeId master);

    /** It is no longer: its connection was lost, or this node is about to become global. */
    void masterLost(NodeId master);

    /** Another global node is connected; only while this node is global. */
    void globalUp(NodeId node);

    /** Its connection was lost. */
    void globalLost(NodeId node);

    /** A connected node, which is not global, chose this one as its master. */
    void slaveUp(NodeId node);

    /** It is no slave any more: its connection was lost, or it has another master, or is global. */
    void slaveLost(NodeId node);

    /**
     * A message to the node port whose tag starts with {@code db}, from this authenticated peer, in the order of its link:
     * after what the peer told of its role before.
     *
     * @throws io.messageport.MessageMismatchException when it is malformed; the connection to the peer is ended
     */
    void received(NodeId from, Message message);

    /** Of a node without a database. */
    RoleListener NOBODY = new RoleListener() {
        @Override
        public void listening(List<String> addresses) {
            // Nobody to tell.
        }

        @Override
        public void promoted() {
            // Nobody to tell.
        }

        @Override
        public void masterUp(NodeId master) {
            // Nobody to tell.
        }

        @Override
        public void masterLost(NodeId master) {
            // Nobody to tell.
        }

        @Override
        public void globalUp(NodeId node) {
            // Nobody to tell.
        }

        @Override
        public void globalLost(NodeId node) {
            // Nobody to tell.
        }

        @Override
        public void slaveUp(NodeId node) {
            // Nobody to tell.
        }

        @Override
        public void slaveLost(NodeId node) {
            // Nobody to tell.
        }

        @Override
        public void received(NodeId from, Message message) {
            // Nobody to tell.
        }
    };
}
