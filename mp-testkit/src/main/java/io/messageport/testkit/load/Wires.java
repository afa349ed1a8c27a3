package io.messageport.testkit.load;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * All ways between the nodes of one network on this machine, with their faults: one listening socket on loopback for each
 * ordered pair, through which the first dials the second. Nodes are numbers from 1. For one thread.
 */
public final class Wires implements AutoCloseable {
    private final Map<Pair, Relay> relays = new HashMap<>();

    private record Pair(int from, int to) {}

    /** Ways between nodes 1 to {@code nodes}; they lead nowhere before {@link #listens}. */
    public Wires(int nodes) throws IOException {
        for (int from = 1; from <= nodes; from++) {
            for (int to = 1; to <= nodes; to++) {
                if (from != to) {
                    var unused = relays.put(new Pair(from, to), new Relay());
                }
            }
        }
    }

    /** Where this node reaches each of the others. */
    public Map<Integer, String> addresses(int from) throws IOException {
        Map<Integer, String> addresses = new HashMap<>();
        for (Map.Entry<Pair, Relay> entry : relays.entrySet()) {
            if (entry.getKey().from() == from) {
                var unused = addresses.put(entry.getKey().to(), entry.getValue().address());
            }
        }
        return addresses;
    }

    /** The node listens there now; for connections from then on. */
    public void listens(int node, String address) {
        relays.forEach((pair, relay) -> {
            if (pair.to() == node) {
                relay.target(address);
            }
        });
    }

    /** Resets all connections between the two; new ones pass. */
    public void cut(int one, int other) {
        between(one, other, Relay::cut);
    }

    /** Resets the next connection that {@code from} has dialed to {@code to} behind so many bytes more, once. */
    public void cutAfter(int from, int to, long bytes) {
        relays.get(new Pair(from, to)).cutAfter(bytes);
    }

    /** No byte gets from one to the other, in either direction, and nobody is told. */
    public void halfOpen(int one, int other) {
        oneWay(one, other);
        oneWay(other, one);
    }

    /** No byte gets from the first to the second, on connections that either of them dialed, and nobody is told. */
    public void oneWay(int from, int to) {
        relays.get(new Pair(from, to)).stallForth(true);
        relays.get(new Pair(to, from)).stallBack(true);
    }

    /** Connections between the group and all others are reset, and new ones refused. */
    public void partition(Set<Integer> group) {
        relays.forEach((pair, relay) -> {
            if (group.contains(pair.from()) != group.contains(pair.to())) {
                relay.refuse(true);
                relay.cut();
            }
        });
    }

    /** Everything passes again, also the bytes that were kept. */
    public void heal() {
        relays.values().forEach(relay -> {
            relay.refuse(false);
            relay.stallForth(false);
            relay.stallBack(false);
        });
    }

    private void between(int one, int other, Consumer<Relay> action) {
        action.accept(relays.get(new Pair(one, other)));
        action.accept(relays.get(new Pair(other, one)));
    }

    /** Resets everything. */
    @Override
    public void close() throws IOException {
        for (Relay relay : relays.values()) {
            relay.close();
        }
    }
}
