package io.messageport.runtime.db;

import io.messageport.Database;
import io.messageport.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All entries of one life of one node, or the part of them that belongs to one family, up to some number of the owner's.
 * The original is with the owner; copies follow it change by change. The last {@value #MOST_DELETIONS} deletions are
 * remembered; a copy further behind than these is told all that is there instead.
 */
final class Shard {
    static final int MOST_DELETIONS = 1024;

    private static final Log NOTHING = new Log();

    private final NodeId owner;
    private final long life;
    private final Log all = new Log();
    private final Map<String, Leaf> leaves = new LinkedHashMap<>();
    private final TreeMap<Long, Change> deletions = new TreeMap<>();
    private long number;
    private int size;
    private long bytes;

    /** Deletions up to this number are not in the logs, since it has been told otherwise than change by change. */
    private long floor;

    /** The greatest horizon of a family that nothing is left of: whoever is behind it may have missed a deletion there. */
    private long leftBehind;

    /** While all is told anew: what was not told yet. */
    private Set<Change> doubtful = new LinkedHashSet<>();

    /** Entries that are left of an earlier life, until this one is complete; they have no place in the logs. */
    private boolean retelling;

    /** The part of one family: the last change of each key, and their order. */
    private static final class Leaf {
        private final Map<String, Change> last = new LinkedHashMap<>();
        private final Log log = new Log();

        Leaf(long horizon) {
            log.forgetsUpTo(horizon);
        }
    }

    Shard(NodeId owner, long life) {
        this.owner = owner;
        this.life = life;
    }

    NodeId owner() {
        return owner;
    }

    long life() {
        return life;
    }

    /** Everything up to this number of the owner's is in here. */
    long number() {
        return number;
    }

    /** How many keys have a value. */
    int size() {
        return size;
    }

    /** About how much memory these take. */
    long bytes() {
        return bytes;
    }

    /**
     * Whether a copy may take this in: what is still to be deleted, or told anew, counts beside what an owner may have,
     * since it can come behind.
     */
    boolean hasRoomFor(Change change) {
        return size - doubtful.size() < Database.MOST_ENTRIES + MOST_DELETIONS
                && bytes + change.bytes() <= 2 * Database.MOST_BYTES;
    }

    /** Whether it misses something before its number, since it is being told anew. */
    boolean isIncomplete() {
        return retelling;
    }

    // ---- what is in it ---------------------------------------------------------------------------------------------

    /** The last change of a key that is there; null when it is not. */
    Change find(String family, String key) {
        Leaf leaf = leaves.get(family);
        Change found = leaf == null ? null : leaf.last.get(key);
        return found == null || found.isDeletion() ? null : found;
    }

    /** All that is there. */
    List<Change> live() {
        List<Change> live = new ArrayList<>(size);
        for (Leaf leaf : leaves.values()) {
            for (Change change : leaf.last.values()) {
                if (!change.isDeletion()) {
                    live.add(change);
                }
            }
        }
        return live;
    }

    /** The families in which something is, or was until lately. */
    Set<String> families() {
        return Collections.unmodifiableSet(leaves.keySet());
    }

    /** The changes of a family, or of all when it is empty. */
    Log log(String family) {
        if (family.isEmpty()) {
            return all;
        }
        Leaf leaf = leaves.get(family);
        return leaf == null ? NOTHING : leaf.log;
    }

    /** One that is behind this number of a family, or of all when it is empty, must be told everything. */
    long horizon(String family) {
        boolean isGone = !family.isEmpty() && !leaves.containsKey(family);
        return Math.max(floor, isGone ? leftBehind : log(family).horizon());
    }

    private Leaf leaf(String family) {
        return leaves.computeIfAbsent(family, f -> new Leaf(leftBehind));
    }

    // ---- changes ---------------------------------------------------------------------------------------------------

    /** The next number, for the owner's own changes. */
    long nextNumber() {
        return number + 1;
    }

    /**
     * Takes a change in, unless it knows a later one of the key.
     *
     * @return whether it was news
     */
    boolean apply(Change change) {
        number = Math.max(number, change.number());
        Leaf leaf = leaf(change.family());
        Change before = leaf.last.get(change.key());
        if (before != null) {
            if (before.number() >= change.number() && !doubtful.contains(before)) {
                return false;
            }
            forget(leaf, before);
        }
        leaf.last.put(change.key(), change);
        leaf.log.add(change);
        all.add(change);
        if (change.isDeletion()) {
            deletions.put(change.number(), change);
            if (deletions.size() > MOST_DELETIONS) {
                forgetDeletion(deletions.firstEntry().getValue());
            }
        } else {
            size++;
            bytes += change.bytes();
        }
        return true;
    }

    /** Everything up to this number is in here, with what was applied. */
    void reaches(long upTo) {
        number = Math.max(number, upTo);
    }

    private void forget(Leaf leaf, Change change) {
        leaf.last.remove(change.key());
        if (doubtful.remove(change) && change.number() == 0) {
            size--;
            bytes -= change.bytes();
            return;
        }
        leaf.log.remove(change);
        all.remove(change);
        if (change.isDeletion()) {
            deletions.remove(change.number());
        } else {
            size--;
            bytes -= change.bytes();
        }
    }

    private void forgetDeletion(Change deletion) {
        Leaf leaf = leaves.get(deletion.family());
        leaf.log.forgetsUpTo(deletion.number());
        all.forgetsUpTo(deletion.number());
        remove(leaf, deletion);
    }

    /** Forgets a change, and its family when that was the last of it: families come and go as keys do. */
    private void remove(Leaf leaf, Change change) {
        forget(leaf, change);
        if (leaf.last.isEmpty()) {
            leaves.remove(change.family());
            leftBehind = Math.max(leftBehind, leaf.log.horizon());
        }
    }

    // ---- told anew -------------------------------------------------------------------------------------------------

    /** From now on it is told all that is there. */
    void beginRetelling() {
        doubtful.addAll(live());
        retelling = true;
    }

    /**
     * It has been told all that is there.
     *
     * @return what is not there any more
     */
    List<Change> endRetelling() {
        if (!retelling) {
            return List.of();
        }
        List<Change> gone = new ArrayList<>(doubtful);
        for (Change change : gone) {
            remove(leaves.get(change.family()), change);
        }
        doubtful = new LinkedHashSet<>();
        retelling = false;
        floor = number;
        return gone;
    }

    /** A shard of another life of the owner, with what is in here until it has been told what is really there. */
    Shard successor(long nextLife) {
        Shard next = new Shard(owner, nextLife);
        for (Change old : live()) {
            Change inherited = new Change(0, old.version(), old.family(), old.key(), old.value(), old.size());
            next.leaf(old.family()).last.put(old.key(), inherited);
            next.size++;
            next.bytes += inherited.bytes();
        }
        next.beginRetelling();
        return next;
    }

    /** A copy of its own. */
    Shard copy() {
        Shard copy = new Shard(owner, life);
        for (Change change : all.after(-1)) {
            boolean unused = copy.apply(change);
        }
        copy.number = number;
        copy.floor = floor;
        copy.leftBehind = leftBehind;
        copy.all.forgetsUpTo(all.horizon());
        leaves.forEach((family, leaf) -> copy.leaf(family).log.forgetsUpTo(leaf.log.horizon()));
        return copy;
    }
}
