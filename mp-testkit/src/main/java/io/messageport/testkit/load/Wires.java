package io.messageport.testkit.load;

import io.messageport.testkit.fault.Fault;
import io.messageport.testkit.fault.ProxyNet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All ways between the nodes of one network on this machine, with their faults: a {@link ProxyNet} whose nodes are the
 * numbers from 1. For one thread.
 */
public final class Wires implements AutoCloseable {
    private final int nodes;
    private final ProxyNet net = ProxyNet.of(1);

    /** Ways between nodes 1 to {@code nodes}; they lead nowhere before {@link #listens}. */
    public Wires(int nodes) {
        this.nodes = nodes;
    }

    /** Where this node reaches each of the others. */
    public Map<Integer, String> addresses(int from) {
        Map<Integer, String> addresses = new HashMap<>();
        for (int to = 1; to <= nodes; to++) {
            if (to != from) {
                var unused = addresses.put(to, net.address(Load.id(from), Load.id(to)));
            }
        }
        return addresses;
    }

    /** The node listens there now; for connections from then on. */
    public void listens(int node, String address) {
        net.listens(Load.id(node), address);
    }

    /** Resets all connections between the two; new ones pass. */
    public void cut(int one, int other) {
        net.reset(Load.id(one), Load.id(other));
    }

    /** Resets the connection that brings so many more bytes from one to the other, whoever dialed it; once. */
    public void cutAfter(int from, int to, long bytes) {
        net.from(Load.id(from)).to(Load.id(to)).apply(Fault.cutAfter(bytes));
    }

    /** No byte gets from one to the other, in either direction, and nobody is told. */
    public void halfOpen(int one, int other) {
        oneWay(one, other);
        oneWay(other, one);
    }

    /** No byte gets from the first to the second, and nobody is told. */
    public void oneWay(int from, int to) {
        net.partitionOneWay(List.of(Load.id(from)), List.of(Load.id(to)));
    }

    /** Connections between the group and all others are reset, and new ones refused. */
    public void partition(Set<Integer> group) {
        for (int inside : group) {
            for (int other = 1; other <= nodes; other++) {
                if (!group.contains(other)) {
                    net.cut(Load.id(inside), Load.id(other));
                }
            }
        }
    }

    /** Everything passes again, also the bytes that were kept. */
    public void heal() {
        net.heal();
    }

    /** Resets everything. */
    @Override
    public void close() {
        net.close();
    }
}
