package io.messageport.runtime.network;

import io.messageport.Message;
import io.messageport.NodeId;
import io.messageport.runtime.network.Roles.Act;
import io.messageport.runtime.network.Roles.Standing;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what {@link Roles} decides: sends the verbs, and tells the database, all under one lock, so that it learns
 * everything in order. Any thread; nothing under the lock blocks.
 */
final class Membership {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Cluster cluster;

    /** Guarded by the lock. */
    private final Roles roles = new Roles();

    /** Written under the lock. */
    private volatile Standing standing = Standing.NONE;

    private final RoleListener listener;

    Membership(Cluster cluster, RoleListener listener) {
        this.cluster = cluster;
        this.listener = listener;
    }

    /** The roles at this moment. */
    Standing standing() {
        return standing;
    }

    /** This node tells others that it listens there. */
    void listening(List<String> addresses) {
        lock.lock();
        try {
            listener.listening(addresses);
        } finally {
            lock.unlock();
        }
    }

    void up(NodeId node) {
        apply(() -> roles.up(node));
    }

    void down(NodeId node) {
        apply(() -> roles.down(node));
    }

    void seed(NodeId node) {
        apply(() -> roles.seed(node));
    }

    void noSeed(NodeId node) {
        apply(() -> roles.noSeed(node));
    }

    void close() {
        apply(roles::close);
    }

    void promote() {
        apply(roles::promote);
    }

    void isGlobal(NodeId node) {
        apply(() -> roles.isGlobal(node));
    }

    void chosenBy(NodeId node) {
        apply(() -> roles.chosenBy(node));
    }

    void leftBy(NodeId node) {
        apply(() -> roles.leftBy(node));
    }

    /** A message for the database. */
    void received(NodeId from, Message message) {
        lock.lock();
        try {
            listener.received(from, message);
        } finally {
            lock.unlock();
        }
    }

    private void apply(Supplier<List<Act>> event) {
        lock.lock();
        try {
            List<Act> acts = event.get();
            standing = roles.standing();
            for (Act act : acts) {
                try {
                    carryOut(act);
                } catch (RuntimeException e) {
                    LOG.error("node {}: {} failed for an internal reason", cluster.self(), act, e);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void carryOut(Act act) {
        switch (act) {
            case Act.Say say -> {
                Object[] values = new Object[1 + say.more().size()];
                values[0] = say.verb();
                for (int i = 1; i < values.length; i++) {
                    values[i] = say.more().get(i - 1);
                }
                boolean ignored = cluster.tell(say.to(), values);
            }
            case Act.Introduce pair -> cluster.introduce(pair.to(), pair.other());
            case Act.Promoted promoted -> {
                LOG.info("node {} is global now", cluster.self());
                listener.promoted();
            }
            case Act.MasterUp up -> {
                LOG.info("node {} has the master {}", cluster.self(), up.node());
                cluster.canBeAsked(up.node());
                listener.masterUp(up.node());
            }
            case Act.MasterLost lost -> listener.masterLost(lost.node());
            case Act.GlobalUp up -> {
                cluster.canBeAsked(up.node());
                listener.globalUp(up.node());
            }
            case Act.GlobalLost lost -> {
                cluster.globalLost(lost.node());
                listener.globalLost(lost.node());
            }
            case Act.SlaveUp up -> listener.slaveUp(up.node());
            case Act.SlaveLost lost -> listener.slaveLost(lost.node());
        }
    }
}
