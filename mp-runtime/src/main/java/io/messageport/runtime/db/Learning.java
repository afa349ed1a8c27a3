package io.messageport.runtime.db;

import io.messageport.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a node that is not global learns from its master: the families that somebody here wants to know of, and no others.
 */
final class Learning {
    /** A family that somebody has asked of is followed for this long, in case it is asked of again. */
    private static final long LINGER_NANOS = 5_000_000_000L;

    private final Surroundings out;
    private final View view;
    private final long graceNanos;
    private final Map<String, Interest> interests = new LinkedHashMap<>();

    /** Null when there is none. */
    private NodeId master;

    /** What was asked last has this number; no other life of this node uses it. */
    private long asked;

    /** Learns nothing yet; {@code life} is random, of this life of the node. */
    Learning(Surroundings out, long life, View view, long graceNanos) {
        this.asked = life;
        this.out = out;
        this.view = view;
        this.graceNanos = graceNanos;
    }

    // ---- masters ---------------------------------------------------------------------------------------------------

    NodeId master() {
        return master;
    }

    void masterUp(NodeId node) {
        master = node;
        interests.forEach(this::ask);
    }

    private void ask(String family, Interest interest) {
        interest.asks(++asked);
        List<Mark> marks = interest.marks();
        int from = 0;
        do {
            int to = Math.min(marks.size(), from + Feeding.MOST_MARKS);
            List<Object> values = new ArrayList<>(List.of("dbw", family, asked, to == marks.size()));
            for (Mark mark : marks.subList(from, to)) {
                values.addAll(List.of(mark.owner(), mark.life(), mark.number()));
            }
            out.send(master, values.toArray());
            from = to;
        } while (from < marks.size());
    }

    void masterLost() {
        master = null;
        interests.values().forEach(Interest::stale);
    }

    /** The node is global: what it has learned so far, by owner; learns nothing any more. */
    Map<NodeId, List<Shard>> leave() {
        masterLost();
        Map<NodeId, List<Shard>> learned = new LinkedHashMap<>();
        for (Interest interest : interests.values()) {
            for (Shard shard : interest.shards()) {
                learned.computeIfAbsent(shard.owner(), o -> new ArrayList<>()).add(shard);
            }
        }
        interests.clear();
        return learned;
    }

    // ---- who wants to know -----------------------------------------------------------------------------------------

    void use(String family) {
        Interest interest = interests.get(family);
        if (interest == null) {
            interest = new Interest(family, view);
            interests.put(family, interest);
            if (master != null) {
                ask(family, interest);
            }
        }
        interest.use();
    }

    void leave(String family) {
        Interest interest = interests.get(family);
        if (interest != null && interest.leave()) {
            interests.remove(family);
            interest.end();
            if (master != null) {
                out.send(master, "dbu", family);
            }
        }
    }

    /** Lets go of families that were asked of, in a while. */
    void leaveLater(String family, int users) {
        out.later(LINGER_NANOS, () -> {
            for (int i = 0; i < users; i++) {
                leave(family);
            }
        });
    }

    boolean isKnown(String family) {
        Interest interest = interests.get(family);
        return interest != null && interest.isKnown();
    }

    boolean isFresh(String family) {
        Interest interest = interests.get(family);
        return interest != null && interest.isFresh();
    }

    /** Families of which a new master is telling, so that what is in sight is half of the old and half of the new. */
    Set<String> halfTold() {
        if (master == null) {
            return Set.of();
        }
        Set<String> families = new LinkedHashSet<>();
        interests.forEach((family, interest) -> {
            if (interest.isKnown() && !interest.isFresh()) {
                families.add(family);
            }
        });
        return families;
    }

    // ---- what the master says --------------------------------------------------------------------------------------

    void brought(Delta delta) {
        Interest interest = interests.get(delta.feed());
        if (interest != null && interest.isAnswer(delta.asked())) {
            interest.brought(delta);
        }
    }

    void dropped(String family, long number, NodeId owner) {
        Interest interest = interests.get(family);
        if (interest != null && interest.isAnswer(number)) {
            Shard leaving = interest.dropped(owner, graceNanos > 0);
            if (leaving != null) {
                out.later(graceNanos, () -> graceOver(family, interest, leaving));
            }
        }
    }

    /** A node that is global by then knows better, from the owner or whoever carries it. */
    private void graceOver(String family, Interest interest, Shard leaving) {
        if (interests.get(family) == interest) {
            interest.graceOver(leaving);
        }
    }

    /** Whether it was for us: the family is as the master knows it. */
    boolean complete(String family, long number) {
        Interest interest = interests.get(family);
        boolean ours = interest != null && interest.isAnswer(number);
        if (ours) {
            interest.complete();
        }
        return ours;
    }
}
