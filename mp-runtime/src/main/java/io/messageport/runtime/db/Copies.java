package io.messageport.runtime.db;

import io.messageport.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shards of others that a global node has, by who brought them. Of each owner one at most is in sight: that from the
 * owner itself before that of another global, the latest before the others. One whose source is lost stays for a while,
 * in sight for as long as the grace is, and is what the source goes on from when it comes back.
 */
final class Copies {
    private final Sight sight;
    private final Map<NodeId, Map<NodeId, Copy>> copies = new LinkedHashMap<>();
    private final Map<NodeId, Copy> inSight = new LinkedHashMap<>();
    private final Holdings holdings = new Holdings();
    private long orders;

    /** What is done when something in sight changes. */
    interface Sight {
        /** Another shard of this owner is in sight, or the first; {@code before} may be null. */
        void shown(Shard now, NodeId source, Shard before);

        /** Nothing of the owner is in sight any more. */
        void hidden(Shard before);

        /** A key has changed. */
        void changed(Shard shard, Change change);

        /** A key is not there any more, and no change says so. */
        void gone(Shard shard, Change change);

        /** It has been told anew, so that its log does not tell all that has changed. */
        void retold(Shard shard);
    }

    private enum State {
        /** It is being brought, and was not in sight before. */
        COMING,
        LIVE,
        /** Its source is lost, and the grace is not over. */
        LINGERING,
        /** Its source is lost. */
        ASLEEP
    }

    private static final class Copy {
        private final NodeId source;
        private Shard shard;
        private Shard shown;
        private State state = State.COMING;
        private long order;

        Copy(NodeId source) {
            this.source = source;
        }

        int rank() {
            return switch (state) {
                case LIVE -> shard.owner().equals(source) ? 3 : 2;
                case LINGERING -> 1;
                case COMING, ASLEEP -> 0;
            };
        }
    }

    Copies(Sight sight) {
        this.sight = sight;
    }

    /** What is in sight of an owner; null for nothing. */
    Shard inSight(NodeId owner) {
        Copy copy = inSight.get(owner);
        return copy == null ? null : copy.shown;
    }

    /** All that is in sight. */
    List<Shard> allInSight() {
        return inSight.values().stream().map(copy -> copy.shown).toList();
    }

    // ---- what sources say ------------------------------------------------------------------------------------------

    /**
     * A source has this; returns how far it is known already, which is what the source is to go on from. Null when the
     * source has told of too many owners.
     */
    Mark offered(NodeId source, Mark has) {
        if (find(has.owner(), source) == null && !holdings.hasRoomForOwner(source)) {
            return null;
        }
        Map<NodeId, Copy> rivals = copies.computeIfAbsent(has.owner(), owner -> new LinkedHashMap<>());
        Copy copy = rivals.computeIfAbsent(source, s -> {
            holdings.ownerAdded(s);
            return new Copy(s);
        });
        Shard base = base(rivals, copy, has);
        holdings.grown(source, base.bytes() - (copy.shard == null ? 0 : copy.shard.bytes()));
        boolean stays = copy == inSight.get(has.owner()) && (base == copy.shard || base.isIncomplete());
        copy.shard = base;
        copy.order = ++orders;
        copy.state = stays || base.number() >= has.number() && !base.isIncomplete() ? State.LIVE : State.COMING;
        choose(has.owner());
        return Mark.of(base);
    }

    /**
     * What a source goes on from: what it has brought itself, or the owner has. What a third has brought may be a lie, which
     * would outlive the liar as the truth of somebody else.
     */
    private static Shard base(Map<NodeId, Copy> rivals, Copy copy, Mark has) {
        Shard own = copy.shard;
        if (isBase(own, has)) {
            return own;
        }
        Copy ofOwner = rivals.get(has.owner());
        if (ofOwner != null && isBase(ofOwner.shard, has)) {
            return ofOwner.shard.copy();
        }
        // One that has nothing yet would never be told to the end.
        boolean succeeds = own != null && copy.shown != null && has.number() > 0;
        return succeeds ? own.successor(has.life()) : new Shard(has.owner(), has.life());
    }

    private static boolean isBase(Shard shard, Mark has) {
        return shard != null && shard.life() == has.life() && !shard.isIncomplete();
    }

    /**
     * A source brings changes; those nobody asked for, and those before which something is missing, are ignored.
     *
     * @return whether there was room for all of them
     */
    boolean brought(NodeId source, Delta delta) {
        NodeId owner = delta.upTo().owner();
        Copy copy = find(owner, source);
        if (copy == null || copy.shard.life() != delta.upTo().life()
                || copy.state == State.ASLEEP || copy.state == State.LINGERING
                || delta.from() > copy.shard.number()) {
            return true;
        }
        Shard shard = copy.shard;
        long before = shard.bytes();
        boolean hadRoom = true;
        boolean seen = copy.shown == shard;
        if (delta.retold()) {
            shard.beginRetelling();
        }
        for (Change change : delta.changes()) {
            boolean room =
                    change.isDeletion() || shard.hasRoomFor(change) && holdings.hasRoomFor(source, change);
            hadRoom &= room;
            if (room && shard.apply(change) && seen) {
                sight.changed(shard, change);
            }
        }
        shard.reaches(delta.upTo().number());
        if (delta.complete()) {
            boolean retold = shard.isIncomplete();
            List<Change> gone = shard.endRetelling();
            if (seen && retold) {
                gone.forEach(change -> sight.gone(shard, change));
                sight.retold(shard);
            }
            if (copy.state == State.COMING) {
                copy.state = State.LIVE;
                choose(owner);
            }
        }
        holdings.grown(source, shard.bytes() - before);
        return hadRoom;
    }

    private Copy find(NodeId owner, NodeId source) {
        Map<NodeId, Copy> rivals = copies.get(owner);
        return rivals == null ? null : rivals.get(source);
    }

    /** A source has nothing of this owner any more. */
    void dropped(NodeId source, NodeId owner) {
        Copy copy = find(owner, source);
        if (copy != null) {
            sleep(owner, copy);
            choose(owner);
        }
    }

    /** A source begins to say what it has; what it said before, over a connection that is lost, does not hold. */
    void begins(NodeId source) {
        for (NodeId owner : owners()) {
            Copy copy = find(owner, source);
            if (copy != null && (copy.state == State.LIVE || copy.state == State.COMING)) {
                sleep(owner, copy);
                choose(owner);
            }
        }
    }

    // ---- sources that are lost -------------------------------------------------------------------------------------

    /** A source is lost; what it brought stays in sight until {@link #graceOver}, which is to come when this says so. */
    boolean lost(NodeId source, boolean grace) {
        boolean lingers = false;
        for (NodeId owner : owners()) {
            Copy copy = find(owner, source);
            if (copy == null || copy.state == State.ASLEEP || copy.state == State.LINGERING) {
                continue;
            }
            if (grace && copy.state == State.LIVE && inSight.get(owner) == copy) {
                copy.state = State.LINGERING;
                copy.order = orders;
                lingers = true;
            } else {
                sleep(owner, copy);
            }
            choose(owner);
        }
        forgetWhenThereIsTooMuch(source);
        return lingers;
    }

    /** What a source that is lost may go on from when it comes back is only kept while that is little. */
    private void forgetWhenThereIsTooMuch(NodeId source) {
        if (holdings.total() > Holdings.MOST_BYTES) {
            forget(source, orders);
        }
    }

    private List<NodeId> owners() {
        return new ArrayList<>(copies.keySet());
    }

    /** How many offers there have been; what lingers since before a later offer has been told apart by this. */
    long orders() {
        return orders;
    }

    /** What lingers of a source since then or earlier is out of sight. */
    void graceOver(NodeId source, long since) {
        for (NodeId owner : owners()) {
            Copy copy = find(owner, source);
            if (copy != null && copy.state == State.LINGERING && copy.order <= since) {
                sleep(owner, copy);
                choose(owner);
            }
        }
        forgetWhenThereIsTooMuch(source);
    }

    /** What has been asleep since then or earlier is forgotten. */
    void forget(NodeId source, long since) {
        for (NodeId owner : owners()) {
            Copy copy = find(owner, source);
            if (copy != null && copy.state == State.ASLEEP && copy.order <= since) {
                remove(owner, copy);
            }
        }
    }

    private void sleep(NodeId owner, Copy copy) {
        if (copy.shard.isIncomplete()) {
            remove(owner, copy);
        }
        copy.state = State.ASLEEP;
        copy.order = orders;
    }

    private void remove(NodeId owner, Copy copy) {
        Map<NodeId, Copy> rivals = copies.get(owner);
        rivals.remove(copy.source);
        holdings.grown(copy.source, -copy.shard.bytes());
        holdings.ownerRemoved(copy.source);
        if (rivals.isEmpty()) {
            copies.remove(owner);
        }
    }

    // ---- what is in sight ------------------------------------------------------------------------------------------

    private void choose(NodeId owner) {
        Map<NodeId, Copy> rivals = copies.getOrDefault(owner, Map.of());
        Copy best = null;
        for (Copy copy : rivals.values()) {
            if (copy.rank() > 0 && (best == null || copy.rank() > best.rank()
                    || copy.rank() == best.rank() && copy.order > best.order)) {
                best = copy;
            }
        }
        if (best != null && best.state == State.LIVE) {
            for (Copy copy : List.copyOf(rivals.values())) {
                if (copy.state == State.LINGERING) {
                    sleep(owner, copy);
                }
            }
        }
        show(owner, best);
    }

    private void show(NodeId owner, Copy best) {
        Copy last = inSight.get(owner);
        Shard before = last == null ? null : last.shown;
        if (last != null && last != best) {
            last.shown = null;
        }
        if (best == null) {
            inSight.remove(owner);
            if (before != null) {
                sight.hidden(before);
            }
        } else if (best.shard != before) {
            inSight.put(owner, best);
            best.shown = best.shard;
            sight.shown(best.shard, best.source, before);
        } else {
            inSight.put(owner, best);
        }
    }
}
