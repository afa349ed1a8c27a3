package io.messageport.testkit.net;

import io.messageport.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The losses of links that have begun and that the node is not told of yet ({@code SND-5b}). Any thread; one short lock. */
final class Losses {
    private final Courier courier;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by the lock; one entry for each loss. */
    private final List<NodeId> untold = new ArrayList<>();

    Losses(Courier courier) {
        this.courier = courier;
    }

    void begin(NodeId peer) {
        lock.lock();
        try {
            untold.add(peer);
        } finally {
            lock.unlock();
        }
    }

    void told(NodeId peer) {
        lock.lock();
        try {
            untold.remove(peer);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the node has yet to be told that a link to this peer is lost. */
    boolean areUntold(NodeId peer) {
        lock.lock();
        try {
            return untold.contains(peer);
        } finally {
            lock.unlock();
        }
    }

    private boolean areTold() {
        lock.lock();
        try {
            return untold.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the node is told of all. */
    void awaitTold() {
        if (courier.awaits(this::areTold)) {
            return;
        }
        lock.lock();
        try {
            while (!untold.isEmpty()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
