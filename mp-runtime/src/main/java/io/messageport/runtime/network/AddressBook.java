package io.messageport.runtime.network;

import io.messageport.Message;
import io.messageport.MessageMismatchException;
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
 * proves its name in the handshake. Of nodes that are down, only those heard of last are remembered.
 *
 * <p>Any thread; one short lock.
 */
final class AddressBook {
    private static final int MOST_ADDRESSES = 64;

    /** Characters of an address: the longest name of a host, and a port. */
    private static final int LONGEST_ADDRESS = 300;

    private static final int MOST_NODES_DOWN = 1024;

    private final ReentrantLock lock = new ReentrantLock();

    /** Both guarded by the lock. */
    private final Map<NodeId, Places> up = new LinkedHashMap<>();

    private final Map<NodeId, Places> down = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<NodeId, Places> eldest) {
            return size() > MOST_NODES_DOWN;
        }
    };

    /**
     * Where a node is: the address we reached it under, if we did, and what it announced last.
     *
     * @param hasSpoken whether it has announced anything, which may be that it listens nowhere
     */
    private record Places(List<String> reached, List<String> announced, boolean hasSpoken) {
        static final Places NONE = new Places(List.of(), List.of(), false);

        List<String> all() {
            Set<String> all = new LinkedHashSet<>(reached);
            all.addAll(announced);
            return List.copyOf(all);
        }
    }

    /** The addresses of a node, best first, or an empty list. */
    List<String> known(NodeId node) {
        lock.lock();
        try {
            return up.getOrDefault(node, down.getOrDefault(node, Places.NONE)).all();
        } finally {
            lock.unlock();
        }
    }

    /** The addresses that a connected node announced. */
    List<String> announced(NodeId node) {
        lock.lock();
        try {
            return up.getOrDefault(node, Places.NONE).announced();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a node is connected to this one, and listens nowhere. */
    boolean isDeaf(NodeId node) {
        lock.lock();
        try {
            Places places = up.get(node);
            return places != null && places.hasSpoken() && places.all().isEmpty();
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
            Places before = up.getOrDefault(node, Places.NONE);
            up.put(node, new Places(List.of(address), before.announced(), before.hasSpoken()));
        } finally {
            lock.unlock();
        }
    }

    /** A connected node says where it listens; what it said before holds no longer. */
    void announced(NodeId node, List<String> addresses) {
        lock.lock();
        try {
            up.put(node, new Places(up.getOrDefault(node, Places.NONE).reached(), addresses, true));
        } finally {
            lock.unlock();
        }
    }

    /** Somebody says where a node listens that is not connected to us. */
    void heard(NodeId node, List<String> addresses) {
        lock.lock();
        try {
            if (!up.containsKey(node) && !addresses.isEmpty()) {
                down.remove(node);
                down.put(node, new Places(List.of(), addresses, true));
            }
        } finally {
            lock.unlock();
        }
    }

    /** The connection to a node is lost; its addresses are history, but perhaps still right. */
    void lost(NodeId node) {
        lock.lock();
        try {
            Places last = up.remove(node);
            if (last != null) {
                down.remove(node);
                down.put(node, last);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The addresses of a message from an index on; those beyond {@value #MOST_ADDRESSES} are left out.
     *
     * @throws MessageMismatchException when one is no text, or longer than {@value #LONGEST_ADDRESS} characters
     */
    static List<String> texts(Message message, int from) {
        List<String> texts = new ArrayList<>();
        for (int i = from; i < Math.min(message.size(), from + MOST_ADDRESSES); i++) {
            String address = message.string(i);
            if (address.length() > LONGEST_ADDRESS) {
                throw new MessageMismatchException("an address of " + address.length() + " characters");
            }
            texts.add(address);
        }
        return List.copyOf(texts);
    }
}
