package io.messageport.runtime.db;

import io.messageport.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Connections between {@link FakeNode}s, and the roles that come of them. Each end of a connection learns of its loss in
 * its own time; there is no other before both have.
 */
final class FakeNetwork {
    final RandomGenerator random;
    final Map<NodeId, FakeNode> nodes = new LinkedHashMap<>();
    final Map<Set<NodeId>, Wire> wires = new LinkedHashMap<>();
    long now;
    private long lives;

    FakeNetwork(RandomGenerator random) {
        this.random = random;
    }

    /** One connection. */
    static final class Wire {
        final NodeId[] ends = new NodeId[2];
        final List<Queue<Object[]>> queues = List.of(new ArrayDeque<>(), new ArrayDeque<>());
        final boolean[] told = new boolean[2];
        boolean cut;

        int endOf(NodeId node) {
            return ends[0].equals(node) ? 0 : 1;
        }
    }

    FakeNode start(String name, boolean global, long graceNanos) {
        FakeNode node = new FakeNode(name, lives += 1_000_000, graceNanos, this);
        nodes.put(node.id, node);
        node.global = global;
        if (global) {
            node.events.add(node.replica::promoted);
        }
        return node;
    }

    FakeNode node(String name) {
        return nodes.get(NodeId.of(name));
    }

    private static Set<NodeId> pair(NodeId one, NodeId other) {
        return Set.of(one, other);
    }

    Wire wire(NodeId one, NodeId other) {
        return wires.get(pair(one, other));
    }

    void send(FakeNode from, NodeId to, Object[] values) {
        Wire wire = wire(from.id, to);
        if (wire != null && !wire.cut && !wire.told[wire.endOf(from.id)] && nodes.get(from.id) == from) {
            wire.queues.get(wire.endOf(to)).add(values);
        }
    }

    /** A message that has arrived, if one has. */
    boolean deliver(Wire wire, int end) {
        Object[] values = wire.cut ? null : wire.queues.get(end).poll();
        if (values != null) {
            nodes.get(wire.ends[end]).received(wire.ends[1 - end], values);
        }
        return values != null;
    }

    void connect(FakeNode one, FakeNode other) {
        if (wire(one.id, other.id) != null || one == other) {
            return;
        }
        Wire wire = new Wire();
        wire.ends[0] = one.id;
        wire.ends[1] = other.id;
        wires.put(pair(one.id, other.id), wire);
        if (one.global && other.global) {
            one.events.add(() -> one.replica.globalUp(other.id));
            other.events.add(() -> other.replica.globalUp(one.id));
        } else if (one.global) {
            choose(other);
        } else {
            choose(one);
        }
    }

    private void choose(FakeNode plain) {
        if (plain.master != null || plain.global) {
            return;
        }
        for (Wire wire : wires.values()) {
            if (pair(wire.ends[0], wire.ends[1]).contains(plain.id) && !wire.told[wire.endOf(plain.id)] && !wire.cut) {
                FakeNode master = nodes.get(wire.ends[1 - wire.endOf(plain.id)]);
                plain.master = master.id;
                plain.events.add(() -> plain.replica.masterUp(master.id));
                master.events.add(() -> master.replica.slaveUp(plain.id));
                return;
            }
        }
    }

    /** A plain node becomes global, as when somebody makes it its seed. */
    void promote(FakeNode plain) {
        if (plain.global) {
            return;
        }
        plain.global = true;
        NodeId before = plain.master;
        if (before != null) {
            plain.master = null;
            plain.events.add(() -> plain.replica.masterLost(before));
            Wire wire = wire(plain.id, before);
            FakeNode old = nodes.get(before);
            if (!wire.cut && !wire.told[wire.endOf(before)]) {
                old.events.add(() -> old.replica.slaveLost(plain.id));
            }
        }
        plain.events.add(plain.replica::promoted);
        for (Wire wire : wires.values()) {
            if (pair(wire.ends[0], wire.ends[1]).contains(plain.id) && !wire.cut) {
                FakeNode peer = nodes.get(wire.ends[1 - wire.endOf(plain.id)]);
                if (peer.global) {
                    plain.events.add(() -> plain.replica.globalUp(peer.id));
                    peer.events.add(() -> peer.replica.globalUp(plain.id));
                }
            }
        }
    }

    void cut(Wire wire) {
        wire.cut = true;
    }

    /** One end of a cut connection learns of it. */
    void tell(Wire wire, int end) {
        if (!wire.cut || wire.told[end]) {
            return;
        }
        wire.told[end] = true;
        FakeNode node = nodes.get(wire.ends[end]);
        NodeId peer = wire.ends[1 - end];
        if (node != null) {
            lost(node, peer, nodes.get(peer));
        }
        if (wire.told[0] && wire.told[1]) {
            wires.remove(pair(wire.ends[0], wire.ends[1]));
        }
    }

    private void lost(FakeNode node, NodeId peer, FakeNode other) {
        if (peer.equals(node.master)) {
            node.master = null;
            node.events.add(() -> node.replica.masterLost(peer));
            choose(node);
        } else if (node.global) {
            // Whatever the peer was: both are told of at most one of the two.
            node.events.add(() -> node.replica.slaveLost(peer));
            node.events.add(() -> node.replica.globalLost(peer));
        }
    }

    /** A process is gone: its peers learn in their own time. */
    void crash(FakeNode node) {
        nodes.remove(node.id);
        for (Wire wire : new ArrayList<>(wires.values())) {
            if (pair(wire.ends[0], wire.ends[1]).contains(node.id)) {
                wire.cut = true;
                tell(wire, wire.endOf(node.id));
            }
        }
    }

    Set<FakeNode> all() {
        return new LinkedHashSet<>(nodes.values());
    }

    /** One step of a random kind. */
    void step() {
        List<FakeNode> every = List.copyOf(nodes.values());
        FakeNode node = every.get(random.nextInt(every.size()));
        List<Wire> all = List.copyOf(wires.values());
        if (random.nextBoolean() || all.isEmpty()) {
            node.step(random.nextInt(3) != 0);
        } else {
            Wire wire = all.get(random.nextInt(all.size()));
            int end = random.nextInt(2);
            if (wire.cut) {
                tell(wire, end);
            } else {
                boolean unused = deliver(wire, end);
            }
        }
    }

    /** Lets happen all that can. */
    void settle() {
        boolean busy = true;
        while (busy) {
            busy = false;
            for (Wire wire : List.copyOf(wires.values())) {
                for (int end = 0; end < 2; end++) {
                    if (wire.cut) {
                        tell(wire, end);
                        busy = true;
                    }
                    while (deliver(wire, end)) {
                        busy = true;
                    }
                }
            }
            for (FakeNode node : all()) {
                while (!node.events.isEmpty()) {
                    node.step(false);
                    busy = true;
                }
                long before = node.sent;
                node.replica.flush();
                busy |= node.sent != before || !node.events.isEmpty();
            }
        }
    }

    void advance(long nanos) {
        now += nanos;
        all().forEach(FakeNode::timersDue);
    }
}
