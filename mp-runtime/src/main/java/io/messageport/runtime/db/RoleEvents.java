package io.messageport.runtime.db;

import io.messageport.Message;
import io.messageport.NodeId;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.network.RoleListener;

/** Has what the network tells done in the turns; on a reader runs nothing but the handing over of publications. */
final class RoleEvents implements RoleListener {
    private final Replica replica;
    private final Turns turns;
    private final Kernel kernel;

    RoleEvents(Replica replica, Turns turns, Kernel kernel) {
        this.kernel = kernel;
        this.replica = replica;
        this.turns = turns;
    }

    @Override
    public void promoted() {
        turns.run(replica::promoted);
    }

    @Override
    public void masterUp(NodeId master) {
        turns.run(() -> replica.masterUp(master));
    }

    @Override
    public void masterLost(NodeId master) {
        lost(() -> replica.masterLost(master));
    }

    @Override
    public void globalUp(NodeId node) {
        turns.run(() -> replica.globalUp(node));
    }

    @Override
    public void globalLost(NodeId node) {
        lost(() -> replica.globalLost(node));
    }

    @Override
    public void slaveUp(NodeId slave) {
        turns.run(() -> replica.slaveUp(slave));
    }

    @Override
    public void slaveLost(NodeId slave) {
        lost(() -> replica.slaveLost(slave));
    }

    /** A node that closes loses one peer after the other, and must not tell the last of the first. */
    private void lost(Runnable event) {
        if (!kernel.verbs().isClosing()) {
            turns.run(event);
        }
    }

    @Override
    public void received(NodeId from, Message message) {
        if (NodeGroups.PUBLICATION.equals(message.tag())) {
            NodeGroups.arrived(kernel, message);
        } else {
            turns.run(() -> replica.received(from, message));
        }
    }
}
