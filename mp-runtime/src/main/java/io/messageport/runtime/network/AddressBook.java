package io.messageport.runtime.network;

import io.messageport.Message;
import io.messageport.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where nodes listen: what they announced themselves, and where we reached them. An address is a hint; who answers there
 * proves its name in the handshake. Of nodes that are down, only those lost last are remembered.
 *
 * <p>Any thread; one short lock.
 */
final class AddressBook {
    private static final int MOST_ADDRESSES = 64;
    private static final int MOST_NODES_DOWN = 1024;

    private final ReentrantLock lock = new ReentrantLock();

    /** Both guarded by the lock. */
    private final Map<NodeId, List<String>> up = new LinkedHashMap<>();

    private final Map<NodeId, List<String>> down = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<NodeId, List<String>> eldest) {
            return size() > MOST_NODES_DOWN;
        }
    };

    /** The addresses of a node, best first, or an empty list. */
    List<String> known(NodeId node) {
        lock.lock();
        try {
            return up.getOrDefault(node, down.getOrDefault(node, List.of()));
        } finally {
            lock.unlock();
        }
    }

    boolean isKnown(NodeId node) {
        lock.lock();
        try {
            return up.containsKey(node) || down.containsKey(node);
        } finally {
            lock.unlock();
        }
    }

    /** We reached a node under this address, so it comes before all that it announces. */
    void reached(NodeId node, String address) {
        lock.lock();
        try {
            Set<String> all = new LinkedHashSet<>(List.of(address));
            all.addAll(up.getOrDefault(node, List.of()));
            up.put(node, List.copyOf(all));
        } finally {
            lock.unlock();
        }
    }

    /** A connected node says where it listens. */
    void announced(NodeId node, List<String> addresses) {
        lock.lock();
        try {
            Set<String> all = new LinkedHashSet<>(up.getOrDefault(node, List.of()));
            all.addAll(addresses);
            up.put(node, List.copyOf(all));
        } finally {
            lock.unlock();
        }
    }

    /** The connection to a node is lost; its addresses are history, but perhaps still right. */
    void lost(NodeId node) {
        lock.lock();
        try {
            List<String> last = up.remove(node);
            if (last != null) {
                down.remove(node);
                down.put(node, last);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The texts of a message from an index on. */
    static List<String> texts(Message message, int from) {
        List<String> texts = new ArrayList<>();
        for (int i = from; i < Math.min(message.size(), from + MOST_ADDRESSES); i++) {
            texts.add(message.string(i));
        }
        return List.copyOf(texts);
    }
}
