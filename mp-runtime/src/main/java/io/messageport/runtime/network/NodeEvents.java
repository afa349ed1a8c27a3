package io.messageport.runtime.network;

import io.messageport.Guard;
import io.messageport.NodeId;
import io.messageport.NodeListener;
import io.messageport.Reason;
import io.messageport.runtime.kernel.Callbacks;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Which nodes are up, and who wants to know ({@code MON-9}). Handing an event over happens under the lock, so that every
 * listener sees each node go up and down in turn; running it happens on the callback thread.
 */
final class NodeEvents {
    private final ReentrantLock lock = new ReentrantLock();
    private final Callbacks callbacks;

    /** Both guarded by the lock. */
    private final Map<NodeId, PeerLink> up = new LinkedHashMap<>();

    private final Map<Object, Entry> listeners = new LinkedHashMap<>();

    private record Entry(NodeListener listener, AtomicBoolean open) {}

    NodeEvents(Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    /** Adds a listener, which is told at once of the nodes that are up. */
    Guard add(NodeListener listener) {
        Object key = new Object();
        Entry entry = new Entry(listener, new AtomicBoolean(true));
        lock.lock();
        try {
            listeners.put(key, entry);
            for (NodeId node : up.keySet()) {
                tell(entry, l -> l.nodeUp(node));
            }
        } finally {
            lock.unlock();
        }
        return () -> {
            lock.lock();
            try {
                return listeners.remove(key) != null && entry.open.getAndSet(false);
            } finally {
                lock.unlock();
            }
        };
    }

    void up(PeerLink link) {
        lock.lock();
        try {
            up.put(link.peer(), link);
            listeners.values().forEach(entry -> tell(entry, l -> l.nodeUp(link.peer())));
        } finally {
            lock.unlock();
        }
    }

    /** A link is lost; false, and no news, when its peer is up over another one. */
    boolean down(PeerLink link, Reason reason) {
        NodeId node = link.peer();
        lock.lock();
        try {
            if (!up.remove(node, link)) {
                return false;
            }
            listeners.values().forEach(entry -> tell(entry, l -> l.nodeDown(node, reason)));
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void tell(Entry entry, Consumer<NodeListener> event) {
        callbacks.run("a node listener", () -> {
            if (entry.open.get()) {
                event.accept(entry.listener);
            }
        });
    }

    Set<NodeId> upNodes() {
        lock.lock();
        try {
            return Collections.unmodifiableSet(new LinkedHashSet<>(up.keySet()));
        } finally {
            lock.unlock();
        }
    }

    List<PeerLink> upLinks() {
        lock.lock();
        try {
            return List.copyOf(up.values());
        } finally {
            lock.unlock();
        }
    }

    /** The link to a node that is up; null when it is not. */
    PeerLink linkTo(NodeId node) {
        lock.lock();
        try {
            return up.get(node);
        } finally {
            lock.unlock();
        }
    }

    boolean isUp(NodeId node) {
        lock.lock();
        try {
            return up.containsKey(node);
        } finally {
            lock.unlock();
        }
    }
}
