package io.messageport.runtime.db;

import io.messageport.Message;
import io.messageport.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One node's share in the database, in whatever role it has ({@code DB-1}): takes events one after the other, and has
 * messages sent. A plain node knows its own entries, and of its master the families that somebody wants to know of. A
 * global node knows all.
 */
final class Replica {
    /** What a global node has learned as a plain one is in sight for this long while it learns it anew. */
    private static final long CHANGE_OF_ROLE_NANOS = 10_000_000_000L;

    /** Shards whose source is lost are forgotten after this long. */
    private static final long FORGET_NANOS = 600_000_000_000L;

    private static final int ARRIVED_AT_ONCE = Flow.WINDOW / 4;

    private final NodeId self;
    private final Options options;
    private final Surroundings out;
    private final Picture picture;
    private final Feeding feeding;
    private final Learning learning;
    private final Audience audience = new Audience();
    private final Set<NodeId> globals = new LinkedHashSet<>();

    /** By peer, the weight of what has arrived and was not confirmed. */
    private final Map<NodeId, Integer> arrived = new LinkedHashMap<>();

    private boolean global;

    /** Greater than or equal to every version seen. */
    private long clock;

    /**
     * How it behaves.
     *
     * @param graceNanos how long lost entries stay in sight
     * @param alone whether there is nobody who could become its master: what it has itself is all there is
     */
    record Options(long graceNanos, boolean alone) {}

    Replica(NodeId self, long life, Options options, Surroundings out) {
        this.self = self;
        this.options = options;
        this.out = out;
        this.picture = new Picture(new Shard(self, life), out);
        this.feeding = picture.feeding();
        this.learning = new Learning(out, life, picture.view(), options.graceNanos());
    }

    // ---- what users do ---------------------------------------------------------------------------------------------

    /** Sets an own entry. */
    void put(String family, String key, Values.Kept value) {
        clock = Math.min(Change.GREATEST_VERSION, clock + 1);
        long number = picture.own().nextNumber();
        picture.changeOwn(new Change(number, clock, family, key, value.value(), value.size()));
    }

    /** Deletes an own entry. */
    void delete(String family, String key) {
        if (picture.own().find(family, key) != null) {
            picture.changeOwn(Change.deletion(picture.own().nextNumber(), family, key));
        }
    }

    /** All that this node has set. */
    Shard own() {
        return picture.own();
    }

    /** What is in sight of a family at this moment. */
    SortedEntries entries(String family) {
        return picture.view().entries(family);
    }

    private boolean seesAll() {
        return global || options.alone() && learning.master() == null;
    }

    /** Tells a listener what is there as soon as that is known, then all changes. */
    void watch(String family, Audience.Listener listener) {
        learning.use(family);
        audience.add(family, listener);
        if (seesAll() || learning.isKnown(family)) {
            begin(family, listener);
        }
    }

    private void begin(String family, Audience.Listener listener) {
        SortedEntries now = picture.view().entries(family);
        listener.changed(now, now.keySet());
    }

    /** Tells a listener nothing more. */
    void unwatch(String family, Audience.Listener listener) {
        if (audience.remove(family, listener)) {
            learning.leave(family);
        }
    }

    /** Answers as soon as what is in a family can be known. */
    void ask(String family, Consumer<SortedEntries> question) {
        learning.use(family);
        audience.ask(family, question);
        if (seesAll() || learning.isFresh(family)) {
            answer(family);
        }
    }

    /** Nobody waits for the answer any longer. */
    void unask(String family, Consumer<SortedEntries> question) {
        if (audience.unask(family, question)) {
            learning.leave(family);
        }
    }

    private void answer(String family) {
        int answered = audience.answer(family, picture.view().entries(family));
        if (answered > 0) {
            learning.leaveLater(family, answered);
        }
    }

    /** All there is can be seen from now on: who waits is told. */
    private void seesAllNow() {
        for (String family : audience.families()) {
            answer(family);
            picture.view().touch(family);
        }
    }

    // ---- roles -----------------------------------------------------------------------------------------------------

    void promoted() {
        if (global) {
            return;
        }
        global = true;
        if (picture.keep(learning.leave())) {
            out.later(Math.max(CHANGE_OF_ROLE_NANOS, options.graceNanos()), picture::forgetKept);
        }
        seesAllNow();
    }

    void masterUp(NodeId master) {
        feeding.tellsAll(master);
        learning.masterUp(master);
    }

    void masterLost(NodeId master) {
        gone(master);
        learning.masterLost();
    }

    void slaveUp(NodeId slave) {
        picture.slaves().add(slave);
    }

    void slaveLost(NodeId slave) {
        picture.slaves().remove(slave);
        gone(slave);
        sourceLost(slave);
    }

    void globalUp(NodeId node) {
        globals.add(node);
        feeding.tellsAll(node);
    }

    void globalLost(NodeId node) {
        globals.remove(node);
        gone(node);
        sourceLost(node);
    }

    private void gone(NodeId peer) {
        arrived.remove(peer);
        feeding.forget(peer);
    }

    private void sourceLost(NodeId source) {
        boolean lingers = picture.copies().lost(source, options.graceNanos() > 0);
        long since = picture.copies().orders();
        if (lingers) {
            out.later(options.graceNanos(), () -> picture.copies().graceOver(source, since));
        }
        out.later(options.graceNanos() + FORGET_NANOS, () -> picture.copies().forget(source, since));
    }

    // ---- messages --------------------------------------------------------------------------------------------------

    /**
     * A message of the database's from a peer, whatever it may hold. What comes too late for the role that the peer has, or
     * that this node has, is ignored; what no role allows is refused.
     */
    void received(NodeId from, Message message) {
        try {
            take(from, message);
        } catch (IllegalArgumentException malformed) {
            out.refused(from, "sent a malformed message: " + malformed.getMessage());
        }
    }

    private void take(NodeId from, Message message) {
        switch (message.string(0)) {
            case "dbb" -> picture.copies().begins(from);
            case "dbh" -> offered(from, Marks.of(message, 1));
            case "dbq" -> feeding.follows(from, Marks.of(message, 1));
            case "dbw" -> wants(from, message);
            case "dbu" -> feeding.wantsNoMore(from, message.string(1));
            case Delta.TAG -> brought(from, message);
            case "dbe" -> complete(from, message.string(1), message.longValue(2));
            case "dbx" -> dropped(from, message);
            case "dba" -> feeding.arrived(from, message.intValue(1));
            default -> out.refused(from, "sent a message nobody knows: " + message.string(0));
        }
    }

    private void require(boolean allowed, NodeId from, String otherwise) {
        if (!allowed) {
            out.refused(from, otherwise);
        }
    }

    private void wants(NodeId from, Message message) {
        String family = message.string(1);
        Names.requireReadable(family);
        if (picture.slaves().contains(from)) {
            require(feeding.wants(from, family, message.longValue(2), message.bool(3), Marks.of(message, 4)), from,
                    "asked for too many families");
        }
    }

    /**
     * Whether a peer may tell of an owner: a slave of itself, a global node of everybody but this node. Of itself any may
     * try, whose role has changed while the message was under way; a global node may take this one for its slave that long.
     */
    private boolean mayTell(NodeId from, NodeId owner) {
        if (globals.contains(from)) {
            return !owner.equals(self);
        }
        require(!global || owner.equals(from), from, "claimed to speak for node " + owner);
        return owner.equals(from) && picture.slaves().contains(from);
    }

    private void offered(NodeId from, List<Mark> marks) {
        List<Mark> known = new ArrayList<>(marks.size());
        for (Mark mark : marks) {
            if (mayTell(from, mark.owner())) {
                Mark base = picture.copies().offered(from, mark);
                require(base != null, from, "told of more than " + Holdings.MOST_OWNERS + " nodes");
                if (base != null) {
                    known.add(base);
                }
            }
        }
        feeding.sendMarks(from, List.of("dbq"), known);
    }

    /** Of somebody without a role nothing is kept. */
    private void confirm(NodeId from, int weight) {
        if (!globals.contains(from) && !picture.slaves().contains(from) && !from.equals(learning.master())) {
            return;
        }
        int sum = arrived.merge(from, weight, Integer::sum);
        if (sum >= ARRIVED_AT_ONCE) {
            arrived.remove(from);
            out.send(from, "dba", sum);
        }
    }

    private void brought(NodeId from, Message message) {
        confirm(from, Delta.weightOf(message));
        Delta delta = Delta.of(message);
        for (Change change : delta.changes()) {
            clock = Math.max(clock, change.version());
        }
        if (delta.feed().isEmpty()) {
            if (mayTell(from, delta.upTo().owner())) {
                require(picture.copies().brought(from, delta), from,
                        "brought more of the database than there is room for");
            }
        } else if (from.equals(learning.master()) && !delta.upTo().owner().equals(self)) {
            learning.brought(delta);
        }
    }

    private void complete(NodeId from, String family, long asked) {
        if (!from.equals(learning.master())) {
            return;
        }
        boolean began = !learning.isKnown(family);
        if (learning.complete(family, asked)) {
            answer(family);
            if (began) {
                picture.view().touch(family);
            }
        }
    }

    private void dropped(NodeId from, Message message) {
        for (int i = 1; i < message.size(); i++) {
            Message part = Message.of(message.list(i).toArray());
            for (int owner = 2; owner < part.size(); owner++) {
                dropped(from, part.string(0), part.longValue(1), part.node(owner));
            }
        }
    }

    private void dropped(NodeId from, String family, long asked, NodeId owner) {
        if (!family.isEmpty()) {
            if (from.equals(learning.master())) {
                learning.dropped(family, asked, owner);
            }
        } else if (mayTell(from, owner)) {
            picture.copies().dropped(from, owner);
        }
    }

    /** After some events: peers are told what is due, and listeners what has changed. */
    void flush() {
        picture.view().takeTouched(learning.halfTold(), (family, keys) -> {
            if (seesAll() || learning.isKnown(family)) {
                audience.tell(family, picture.view().entries(family), keys);
            }
        });
        feeding.flush();
    }
}
