package io.messageport.runtime.db;

import io.messageport.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * What a node sees: for each key the entry with the greatest version, of equal ones that of the greatest owner ({@code
 * DB-3}), and which keys have come to look otherwise since that was asked last.
 */
final class View {
    private final Map<String, Family> families = new LinkedHashMap<>();

    /** Of the families that look otherwise. */
    private final Map<String, Set<String>> touched = new LinkedHashMap<>();

    /** What an owner has set. */
    private record Claim(NodeId owner, Change change) {
        boolean beats(Claim other) {
            int byVersion = Long.compare(change.version(), other.change.version());
            return byVersion != 0 ? byVersion > 0 : owner.compareTo(other.owner) > 0;
        }
    }

    private static final class Family {
        private final Map<String, List<Claim>> claims = new LinkedHashMap<>();
        private SortedEntries visible = SortedEntries.EMPTY;
    }

    /** What is visible in a family; a snapshot. */
    SortedEntries entries(String family) {
        Family known = families.get(family);
        return known == null ? SortedEntries.EMPTY : known.visible;
    }

    /** An owner has this for a key, or nothing any more. */
    void show(NodeId owner, Change change) {
        if (change.isDeletion()) {
            hide(owner, change.family(), change.key());
            return;
        }
        Family family = families.computeIfAbsent(change.family(), f -> new Family());
        List<Claim> claims = family.claims.computeIfAbsent(change.key(), k -> new ArrayList<>(1));
        claims.removeIf(claim -> claim.owner.equals(owner));
        claims.add(new Claim(owner, change));
        settle(family, change.family(), change.key(), claims);
    }

    /** An owner has nothing for this key. */
    void hide(NodeId owner, String familyName, String key) {
        Family family = families.get(familyName);
        List<Claim> claims = family == null ? null : family.claims.get(key);
        if (claims == null || !claims.removeIf(claim -> claim.owner.equals(owner))) {
            return;
        }
        if (claims.isEmpty()) {
            family.claims.remove(key);
        }
        settle(family, familyName, key, claims);
        if (family.claims.isEmpty()) {
            families.remove(familyName);
        }
    }

    private void settle(Family family, String name, String key, List<Claim> claims) {
        Claim winner = null;
        for (Claim claim : claims) {
            if (winner == null || claim.beats(winner)) {
                winner = claim;
            }
        }
        boolean wasThere = family.visible.containsKey(key);
        if (winner == null) {
            family.visible = family.visible.without(key);
        } else if (wasThere && Values.same(family.visible.get(key), winner.change.value())) {
            return;
        } else {
            family.visible = family.visible.with(key, winner.change.value());
        }
        if (wasThere || winner != null) {
            touched.computeIfAbsent(name, n -> new TreeSet<>()).add(key);
        }
    }

    /** All of a family is to be told again, even when that is nothing: somebody may not have been told yet. */
    void touch(String family) {
        touched.computeIfAbsent(family, n -> new TreeSet<>()).addAll(entries(family).keySet());
    }

    /** Tells and forgets which keys look otherwise, family by family; families whose time has not come stay. */
    void takeTouched(Set<String> notYet, BiConsumer<String, Set<String>> taking) {
        if (touched.isEmpty()) {
            return;
        }
        Map<String, Set<String>> taken = new LinkedHashMap<>(touched);
        taken.keySet().removeAll(notYet);
        touched.keySet().removeAll(taken.keySet());
        taken.forEach(taking);
    }
}
