package io.messageport.runtime.db;

import io.messageport.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What this node tells its peers: the shards it carries to its master or to the other global nodes, families to those of
 * its slaves that have asked. A change costs as many messages as there are peers that want to know of it.
 */
final class Feeding {
    /** Marks of one message. */
    static final int MOST_MARKS = 256;

    /** Families that one peer may ask for, and owners that it may know. */
    private static final int MOST_ASKED = 100_000;

    private final Surroundings out;
    private final Function<NodeId, Shard> inSight;
    private final Supplier<Collection<Shard>> allInSight;
    private final Map<NodeId, Flow> flows = new LinkedHashMap<>();
    private final Map<NodeId, Feed> whole = new LinkedHashMap<>();
    private final Map<String, Set<Feed>> families = new LinkedHashMap<>();
    private final Map<NodeId, Shard> carried = new LinkedHashMap<>();
    private final Map<NodeId, Wish> wishes = new LinkedHashMap<>();
    private final Set<Flow> due = new LinkedHashSet<>();
    private final Withdrawals withdrawals;

    /** What a peer has said so far of a family that it asks for. */
    private record Wish(String family, long asked, List<Mark> marks) {}

    /**
     * Tells nobody yet.
     *
     * @param inSight what this node sees of an owner, or null
     * @param allInSight all that it sees
     */
    Feeding(Surroundings out, Function<NodeId, Shard> inSight, Supplier<Collection<Shard>> allInSight) {
        this.out = out;
        this.inSight = inSight;
        this.allInSight = allInSight;
        this.withdrawals = new Withdrawals(out);
    }

    /** Nothing passes what a peer is to forget. */
    private void send(NodeId peer, Object... values) {
        withdrawals.send(peer);
        out.send(peer, values);
    }

    // ---- peers -----------------------------------------------------------------------------------------------------

    /** A peer is to be told of all that this node carries. */
    void tellsAll(NodeId peer) {
        whole.put(peer, flow(peer).begin("", 0));
        send(peer, "dbb");
        sendMarks(peer, List.of("dbh"), carried.values().stream().map(Mark::of).toList());
    }

    private Flow flow(NodeId peer) {
        return flows.computeIfAbsent(peer, p -> new Flow(p, due::add));
    }

    /** Sends marks in as many messages as it takes, at least one when the head says that it is the last. */
    void sendMarks(NodeId peer, List<Object> head, List<Mark> marks) {
        for (int from = 0; from < marks.size(); from += MOST_MARKS) {
            List<Object> values = new ArrayList<>(head);
            for (Mark mark : marks.subList(from, Math.min(marks.size(), from + MOST_MARKS))) {
                values.add(mark.owner());
                values.add(mark.life());
                values.add(mark.number());
            }
            send(peer, values.toArray());
        }
    }

    /** A peer is lost, or has another role. */
    void forget(NodeId peer) {
        withdrawals.forget(peer);
        whole.remove(peer);
        wishes.remove(peer);
        Flow flow = flows.remove(peer);
        if (flow != null) {
            due.remove(flow);
            flow.feeds().forEach(this::leaves);
        }
    }

    private void leaves(Feed feed) {
        Set<Feed> feeds = families.get(feed.family());
        if (feeds != null && feeds.remove(feed) && feeds.isEmpty()) {
            families.remove(feed.family());
        }
    }

    // ---- what is carried -------------------------------------------------------------------------------------------

    /** From now on this node tells others of this shard. */
    void carry(Shard shard) {
        if (carried.put(shard.owner(), shard) != shard) {
            whole.forEach((peer, feed) -> {
                boolean unused = feed.drop(shard.owner());
                sendMarks(peer, List.of("dbh"), List.of(Mark.of(shard)));
            });
        }
    }

    boolean carries(NodeId owner) {
        return carried.containsKey(owner);
    }

    /** Another brings what this owner has, or nobody. */
    void carryNoMore(NodeId owner) {
        if (carried.remove(owner) != null) {
            whole.forEach((peer, feed) -> {
                boolean unused = feed.drop(owner);
                withdrawals.add(peer, "", 0, owner);
            });
        }
    }

    /** A shard has changed in a key of this family, or somehow when it is empty. */
    void changed(Shard shard, String family) {
        whole.values().forEach(feed -> feed.changed(shard));
        if (!family.isEmpty()) {
            families.getOrDefault(family, Set.of()).forEach(feed -> feed.changed(shard));
        } else {
            families.values().forEach(feeds -> feeds.forEach(feed -> feed.changed(shard)));
        }
    }

    /** Another shard of its owner is in sight. */
    void shown(Shard shard) {
        families.values().forEach(feeds -> feeds.forEach(feed -> feed.replaced(shard)));
    }

    /** Nothing of an owner is in sight any more. */
    void hidden(NodeId owner) {
        flows.forEach((peer, flow) -> flow.feeds().forEach(feed -> {
            if (!feed.isOfAll() && feed.drop(owner)) {
                withdrawals.add(peer, feed.family(), feed.asked(), owner);
            }
        }));
    }

    // ---- what peers say --------------------------------------------------------------------------------------------

    /** A peer wants what follows these marks. */
    void follows(NodeId peer, List<Mark> marks) {
        Feed feed = whole.get(peer);
        if (feed == null) {
            return;
        }
        for (Mark mark : marks) {
            Shard shard = carried.get(mark.owner());
            if (shard != null && shard.life() == mark.life()) {
                feed.follow(shard, mark.number());
            }
        }
    }

    /** A peer wants a family; these marks and those to come are what it knows. False when it wants too much. */
    boolean wants(NodeId peer, String family, long asked, boolean last, List<Mark> marks) {
        Wish wish = wishes.get(peer);
        if (wish == null || wish.asked != asked || !wish.family.equals(family)) {
            wish = new Wish(family, asked, new ArrayList<>());
            wishes.put(peer, wish);
        }
        if (wish.marks.size() + marks.size() > MOST_ASKED || flow(peer).size() > MOST_ASKED) {
            wishes.remove(peer);
            return false;
        }
        wish.marks.addAll(marks);
        if (last) {
            wishes.remove(peer);
            grant(peer, wish);
        }
        return true;
    }

    private void grant(NodeId peer, Wish wish) {
        wantsNoMore(peer, wish.family);
        Feed feed = flow(peer).begin(wish.family, wish.asked);
        families.computeIfAbsent(wish.family, f -> new LinkedHashSet<>()).add(feed);
        for (Mark mark : wish.marks) {
            Shard shard = inSight.apply(mark.owner());
            if (shard == null) {
                withdrawals.add(peer, wish.family, wish.asked, mark.owner());
            } else if (shard.life() == mark.life()) {
                feed.follow(shard, mark.number());
            } else {
                feed.retell(shard);
            }
        }
        for (Shard shard : allInSight.get()) {
            feed.changed(shard);
        }
        feed.open();
    }

    /** A peer does not want a family any more. */
    void wantsNoMore(NodeId peer, String family) {
        Flow flow = flows.get(peer);
        Feed ended = flow == null ? null : flow.end(family);
        if (ended != null) {
            leaves(ended);
        }
    }

    /** So much of what a peer was told has arrived there. */
    void arrived(NodeId peer, int weight) {
        Flow flow = flows.get(peer);
        if (flow != null) {
            flow.arrived(weight);
        }
    }

    /** Sends what waits, as far as the peers can take it. */
    void flush() {
        withdrawals.sendAll();
        if (due.isEmpty()) {
            return;
        }
        List<Flow> flowing = List.copyOf(due);
        due.clear();
        for (Flow flow : flowing) {
            for (Object[] message : flow.take()) {
                send(flow.peer(), message);
            }
        }
    }
}
