package io.messageport;

/** Told when nodes come and go. Calls for one node strictly alternate, up first ({@code MON-9}); must not block. */
public interface NodeListener {
    /** A connection to the node is up. */
    void nodeUp(NodeId node);

    /**
     * The connection was lost; all monitors on the node's ports have fired before this ({@code SND-5}).
     *
     * @param reason how it was lost
     */
    void nodeDown(NodeId node, Reason reason);
}
