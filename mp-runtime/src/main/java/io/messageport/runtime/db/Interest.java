package io.messageport.runtime.db;

import io.messageport.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One family that this node wants to know of, and what its masters have said of it: of each owner the part of its shard
 * that belongs to the family. Outlives a master, so that the next one is asked only for what is different.
 */
final class Interest {
    private final String family;
    private final View view;
    private final Map<NodeId, Shard> shards = new LinkedHashMap<>();

    /** Owners that the present master does not know, and that are in sight only for the grace. */
    private final Map<NodeId, Shard> leaving = new LinkedHashMap<>();

    private int users;

    /** The number under which the present master was asked, 0 when there is none. */
    private long asked;

    /** Whether some master has said all there was. */
    private boolean known;

    /** Whether the present master has. */
    private boolean fresh;

    Interest(String family, View view) {
        this.family = family;
        this.view = view;
    }

    boolean isKnown() {
        return known;
    }

    boolean isFresh() {
        return fresh;
    }

    /** The master is lost. */
    void stale() {
        fresh = false;
        asked = 0;
    }

    /** A master is asked under this number; what comes under others is not for us. */
    void asks(long number) {
        fresh = false;
        asked = number;
    }

    boolean isAnswer(long number) {
        return asked == number;
    }

    void use() {
        users++;
    }

    /** One user less; whether that was the last. */
    boolean leave() {
        users--;
        return users == 0;
    }

    /** How far it knows each owner. */
    List<Mark> marks() {
        List<Mark> marks = new ArrayList<>(shards.size());
        for (Shard shard : shards.values()) {
            if (!shard.isIncomplete()) {
                marks.add(Mark.of(shard));
            }
        }
        return marks;
    }

    /** What it knows, which nobody will add to: this node is global. */
    List<Shard> shards() {
        return List.copyOf(shards.values());
    }

    void brought(Delta delta) {
        NodeId owner = delta.upTo().owner();
        leaving.remove(owner);
        Shard shard = shards.get(owner);
        if (shard == null) {
            shard = new Shard(owner, delta.upTo().life());
            shards.put(owner, shard);
        } else if (shard.life() != delta.upTo().life()) {
            shard = shard.successor(delta.upTo().life());
            shards.put(owner, shard);
        }
        if (delta.from() > shard.number()) {
            return;
        }
        if (delta.retold()) {
            shard.beginRetelling();
        }
        for (Change change : delta.changes()) {
            boolean room = change.isDeletion() || shard.hasRoomFor(change);
            if (room && shard.apply(change)) {
                view.show(owner, change);
            }
        }
        shard.reaches(delta.upTo().number());
        if (delta.complete()) {
            for (Change gone : shard.endRetelling()) {
                view.hide(owner, family, gone.key());
            }
        }
    }

    /** The master has nothing of this owner; what is in sight for the grace all the same, or null. */
    Shard dropped(NodeId owner, boolean grace) {
        Shard shard = shards.get(owner);
        if (shard != null && grace && !fresh) {
            leaving.put(owner, shard);
            return shard;
        }
        forget(owner);
        return null;
    }

    /** The grace is over for this one, if it is still leaving. */
    void graceOver(Shard then) {
        if (leaving.get(then.owner()) == then) {
            forget(then.owner());
        }
    }

    private void forget(NodeId owner) {
        leaving.remove(owner);
        Shard shard = shards.remove(owner);
        if (shard != null) {
            shard.live().forEach(change -> view.hide(owner, family, change.key()));
        }
    }

    /** The master has said all there is; what it did not tell to the end it does not know. */
    void complete() {
        for (Shard shard : List.copyOf(shards.values())) {
            if (shard.isIncomplete()) {
                forget(shard.owner());
            }
        }
        known = true;
        fresh = true;
    }

    /** Nobody wants to know any more. */
    void end() {
        for (NodeId owner : List.copyOf(shards.keySet())) {
            forget(owner);
        }
    }
}
