package io.messageport.runtime.db;

import io.messageport.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one peer is told: whole shards, or one family of all. Knows how far the peer is with each owner; what changes while
 * the peer is behind is told once, as it is by then.
 */
final class Feed {
    private final NodeId peer;
    private final String family;
    private final long asked;
    private final Runnable due;
    private final Map<NodeId, Cursor> cursors = new LinkedHashMap<>();
    private final Set<NodeId> behind = new LinkedHashSet<>();

    /** Whether the peer waits to hear that it has all there was when it asked. */
    private boolean opening;

    /** How far the peer is with one owner. */
    private static final class Cursor {
        private Shard shard;
        private long told;
        private boolean retell;

        /** That it is behind this horizon is no reason to tell all anew: it is being done, or has been. */
        private long accepted;

        Cursor(Shard shard, long told, boolean retell) {
            this.shard = shard;
            this.told = told;
            this.retell = retell;
        }

        boolean lacksDeletions(String family) {
            return retell || told < shard.horizon(family) && accepted < shard.horizon(family);
        }
    }

    /**
     * A feed.
     *
     * @param peer whom it tells; what the peer has set itself it is not told
     * @param family what the peer is told of; empty for whole shards
     * @param asked the number under which the peer has asked for it
     * @param due run when there is something to be sent
     */
    Feed(NodeId peer, String family, long asked, Runnable due) {
        this.peer = peer;
        this.family = family;
        this.asked = asked;
        this.due = due;
    }

    String family() {
        return family;
    }

    long asked() {
        return asked;
    }

    boolean isOfAll() {
        return family.isEmpty();
    }

    /** The peer is to be told when it is no longer behind. */
    void open() {
        opening = true;
        due.run();
    }

    /** Whether that is to be told now; once. */
    boolean opens() {
        boolean opens = opening && behind.isEmpty();
        opening &= !opens;
        return opens;
    }

    boolean isBehind() {
        return !behind.isEmpty();
    }

    /** Whether the peer has been told of this owner. */
    boolean tells(NodeId owner) {
        return cursors.containsKey(owner);
    }

    /** The peer has a shard up to this number, and is to be told the rest. */
    void follow(Shard shard, long known) {
        cursors.put(shard.owner(), new Cursor(shard, Math.min(known, shard.number()), false));
        changed(shard);
    }

    /** The peer has another life of the owner, or it cannot be known what it has. */
    void retell(Shard shard) {
        cursors.put(shard.owner(), new Cursor(shard, 0, true));
        behind(shard.owner());
    }

    /** What is visible of an owner is another object. */
    void replaced(Shard shard) {
        Cursor cursor = cursors.get(shard.owner());
        if (cursor == null) {
            begin(shard);
        } else if (cursor.shard.life() != shard.life()) {
            retell(shard);
        } else {
            cursor.shard = shard;
            cursor.told = Math.min(cursor.told, shard.number());
            changed(shard);
        }
    }

    private void begin(Shard shard) {
        if (!isOfAll() && !shard.owner().equals(peer)
                && (!shard.log(family).isEmpty() || shard.isIncomplete())) {
            follow(shard, 0);
        }
    }

    /** Something may have changed that the peer wants to know. */
    void changed(Shard shard) {
        Cursor cursor = cursors.get(shard.owner());
        if (cursor == null) {
            begin(shard);
        } else if (cursor.shard == shard && isBehind(cursor)) {
            behind(shard.owner());
        }
    }

    private void behind(NodeId owner) {
        behind.add(owner);
        due.run();
    }

    private boolean isBehind(Cursor cursor) {
        return cursor.shard.log(family).hasAfter(cursor.told) || cursor.lacksDeletions(family);
    }

    /** The owner is not visible any more; whether the peer has been told of it. */
    boolean drop(NodeId owner) {
        behind.remove(owner);
        return cursors.remove(owner) != null;
    }

    /** The next part of what one owner's changes the peer lacks, of at most this weight but at least one change. */
    Delta next(int room) {
        NodeId owner = behind.iterator().next();
        // To the end of the line, so that large shards let small ones pass.
        behind.remove(owner);
        Cursor cursor = cursors.get(owner);
        Shard shard = cursor.shard;
        boolean retold = cursor.lacksDeletions(family);
        if (retold) {
            cursor.told = 0;
            cursor.retell = false;
            cursor.accepted = shard.horizon(family);
        }
        long from = cursor.told;
        List<Change> changes = new ArrayList<>();
        int weight = 1;
        for (Change change : shard.log(family).after(cursor.told)) {
            if (changes.size() == Delta.MOST_CHANGES || !changes.isEmpty() && weight + change.weight() > room) {
                break;
            }
            changes.add(change);
            weight += change.weight();
        }
        long last = changes.isEmpty() ? shard.number() : changes.getLast().number();
        boolean complete = !shard.log(family).hasAfter(last);
        cursor.told = complete ? shard.number() : last;
        if (!complete) {
            behind.add(owner);
        }
        return new Delta(family, asked, from, new Mark(owner, shard.life(), cursor.told), retold, complete, changes);
    }
}
