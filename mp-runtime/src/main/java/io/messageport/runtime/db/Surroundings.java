package io.messageport.runtime.db;

import io.messageport.NodeId;

/** What the deciding part of the database asks of the world. Called in its turn; nothing here blocks. */
interface Surroundings {
    /** Sends a message to the node port of a connected peer; it is lost when there is no connection. */
    void send(NodeId to, Object... values);

    /** Has an event in a turn of its own, later. */
    void later(long nanos, Runnable event);

    /** A peer did what it must not do ({@code T-16}); for people. */
    void refused(NodeId peer, String what);
}
