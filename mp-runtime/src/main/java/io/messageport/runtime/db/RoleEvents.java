package io.messageport.runtime.db;

import io.messageport.Database;
import io.messageport.Message;
import io.messageport.NodeId;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.network.RoleListener;
import java.util.List;

/** Has what the network tells done in the turns; on a reader runs nothing but the handing over of publications. */
final class RoleEvents implements RoleListener {
    private final Replica replica;
    private final Turns turns;
    private final Kernel kernel;
    private final Backlog backlog = new Backlog();

    RoleEvents(Replica replica, Turns turns, Kernel kernel) {
        this.kernel = kernel;
        this.replica = replica;
        this.turns = turns;
    }

    /** Each node is listed with where it listens ({@code DB-2}). */
    @Override
    public void listening(List<String> addresses) {
        list(Database.NODES, addresses);
    }

    @Override
    public void promoted() {
        turns.run(replica::promoted);
        list(Database.GLOBALS, null);
    }

    private void list(String family, Object value) {
        String self = kernel.self().value();
        if (Names.isKey(self)) {
            turns.run(() -> replica.put(family, self, Values.kept(value)));
        }
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
            long bytes = backlog.enters(from, message);
            turns.run(() -> {
                backlog.leaves(from, bytes);
                replica.received(from, message);
            });
        }
    }
}
