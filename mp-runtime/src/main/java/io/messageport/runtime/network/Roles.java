package io.messageport.runtime.network;

import io.messageport.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is global, and who is whose master ({@code DB-1}): what happens to the connections, and what is to be done about it.
 * Knows no thread, no link and no time.
 *
 * <p>A node is global when it is told to be, when it has no seeds or one of them turns out to be itself, and when another
 * uses it as a seed. It stays so. Every other node has one master, a seed that is connected. Whoever knows two global
 * nodes, of which one is its master or it is global itself, makes them known to each other.
 */
final class Roles {
    /** The nodes whose connection is up, in the order in which they came up. */
    private final Map<NodeId, Peer> up = new LinkedHashMap<>();

    /** The nodes that addresses of seeds have led to, connected or not. */
    private final Set<NodeId> seeds = new LinkedHashSet<>();

    private boolean global;

    /** Whether no master is chosen any more. */
    private boolean closing;

    /** Null for none. */
    private NodeId master;

    /** What has to be done, in this order; empty after each event. */
    private List<Act> acts = new ArrayList<>();

    private static final class Peer {
        boolean global;
        boolean slave;
    }

    /** Something to do. */
    sealed interface Act {
        /** Send this verb to a connected node. */
        record Say(NodeId to, String verb, List<String> more) implements Act {
            Say(NodeId to, String verb, String... more) {
                this(to, verb, List.of(more));
            }
        }

        /** Tell a connected node of a global one, and where that is. */
        record Introduce(NodeId to, NodeId other) implements Act {}

        /** See {@link RoleListener#promoted}. */
        record Promoted() implements Act {}

        /** See {@link RoleListener#masterUp}. */
        record MasterUp(NodeId node) implements Act {}

        /** See {@link RoleListener#masterLost}. */
        record MasterLost(NodeId node) implements Act {}

        /** See {@link RoleListener#globalUp}. */
        record GlobalUp(NodeId node) implements Act {}

        /** See {@link RoleListener#globalLost}. */
        record GlobalLost(NodeId node) implements Act {}

        /** See {@link RoleListener#slaveUp}. */
        record SlaveUp(NodeId node) implements Act {}

        /** See {@link RoleListener#slaveLost}. */
        record SlaveLost(NodeId node) implements Act {}
    }

    /**
     * What others may look at while events go on; immutable.
     *
     * @param global whether this node is
     * @param master this node's, or null
     * @param globals the connected nodes that are global
     * @param needed the connected nodes whose connection serves a role
     */
    record Standing(boolean global, NodeId master, Set<NodeId> globals, Set<NodeId> needed) {
        static final Standing NONE = new Standing(false, null, Set.of(), Set.of());
    }

    Standing standing() {
        Set<NodeId> globals = new LinkedHashSet<>();
        Set<NodeId> needed = new LinkedHashSet<>();
        up.forEach((node, peer) -> {
            if (peer.global) {
                globals.add(node);
            }
            if (seeds.contains(node) || peer.slave || peer.global && global || node.equals(master)) {
                needed.add(node);
            }
        });
        return new Standing(global, master, globals, needed);
    }

    private List<Act> done() {
        List<Act> all = acts;
        acts = new ArrayList<>();
        return all;
    }

    /** A connection is up. */
    List<Act> up(NodeId node) {
        lose(node);
        up.put(node, new Peer());
        if (global) {
            acts.add(new Act.Say(node, "role", "global"));
        }
        if (seeds.contains(node)) {
            use(node);
        }
        return done();
    }

    /** A connection is lost. */
    List<Act> down(NodeId node) {
        lose(node);
        return done();
    }

    /** A node turns out to be a seed of this one. */
    List<Act> seed(NodeId node) {
        if (seeds.add(node) && up.containsKey(node)) {
            use(node);
        }
        return done();
    }

    /** A node is no seed of this one any more; as a master it stays until it is lost. */
    List<Act> noSeed(NodeId node) {
        boolean unused = seeds.remove(node);
        return done();
    }

    /** The connections are about to end, one after the other. */
    List<Act> close() {
        closing = true;
        return done();
    }

    /** This node is to be global: its configuration says so, a seed of its own is itself, or it is a peer's seed. */
    List<Act> promote() {
        becomeGlobal();
        return done();
    }

    /** A peer says that it is global. */
    List<Act> isGlobal(NodeId node) {
        Peer peer = up.get(node);
        if (peer != null && !peer.global) {
            peer.global = true;
            freed(node, peer);
            if (global) {
                acts.add(new Act.GlobalUp(node));
            }
            introduce(node);
        }
        return done();
    }

    /** A peer has chosen this node as its master. */
    List<Act> chosenBy(NodeId node) {
        Peer peer = up.get(node);
        if (peer != null) {
            becomeGlobal();
            if (!peer.slave && !peer.global) {
                peer.slave = true;
                acts.add(new Act.SlaveUp(node));
            }
        }
        return done();
    }

    /** A peer has this node as its master no longer. */
    List<Act> leftBy(NodeId node) {
        Peer peer = up.get(node);
        if (peer != null) {
            freed(node, peer);
        }
        return done();
    }

    private void becomeGlobal() {
        if (global) {
            return;
        }
        if (master != null) {
            acts.add(new Act.Say(master, "mas0"));
            acts.add(new Act.MasterLost(master));
            master = null;
        }
        global = true;
        acts.add(new Act.Promoted());
        up.keySet().forEach(node -> acts.add(new Act.Say(node, "role", "global")));
        up.forEach((node, peer) -> {
            if (peer.global) {
                acts.add(new Act.GlobalUp(node));
                introduce(node);
            }
        });
    }

    private void use(NodeId seed) {
        if (global || master != null) {
            acts.add(new Act.Say(seed, "seed"));
        } else {
            choose(seed);
        }
    }

    private void choose(NodeId node) {
        master = node;
        acts.add(new Act.Say(node, "mas"));
        acts.add(new Act.MasterUp(node));
        if (up.get(node).global) {
            introduce(node);
        }
    }

    private void lose(NodeId node) {
        Peer peer = up.remove(node);
        if (peer == null) {
            return;
        }
        freed(node, peer);
        if (peer.global && global) {
            acts.add(new Act.GlobalLost(node));
        }
        if (node.equals(master)) {
            master = null;
            acts.add(new Act.MasterLost(node));
            up.keySet().stream().filter(seeds::contains).findFirst().filter(next -> !closing).ifPresent(this::choose);
        }
    }

    private void freed(NodeId node, Peer peer) {
        if (peer.slave) {
            peer.slave = false;
            acts.add(new Act.SlaveLost(node));
        }
    }

    /** Makes a global node known to the others, as far as that is this node's business: to its master, or as a global. */
    private void introduce(NodeId node) {
        up.forEach((other, peer) -> {
            if (peer.global && !other.equals(node) && (global || node.equals(master) || other.equals(master))) {
                acts.add(new Act.Introduce(node, other));
                acts.add(new Act.Introduce(other, node));
            }
        });
    }
}
