package io.messageport.runtime.db;

import io.messageport.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one node has in sight, its own entries and those of others: keeps the {@link View} and the peers who are told of it
 * in step with the shards.
 */
final class Picture implements Copies.Sight {
    private final Shard own;
    private final View view = new View();
    private final Copies copies = new Copies(this);
    private final Feeding feeding;
    private final Set<NodeId> slaves = new LinkedHashSet<>();

    /** By owner, what a global node knows only from when it was none; no peer is told of it. */
    private final Map<NodeId, List<Shard>> kept = new LinkedHashMap<>();

    Picture(Shard own, Surroundings out) {
        this.own = own;
        this.feeding = new Feeding(out, this::inSight, this::allInSight);
        feeding.carry(own);
    }

    Shard own() {
        return own;
    }

    View view() {
        return view;
    }

    Copies copies() {
        return copies;
    }

    Feeding feeding() {
        return feeding;
    }

    /** The nodes whose master this one is, for whom it speaks to other global ones. */
    Set<NodeId> slaves() {
        return slaves;
    }

    private Shard inSight(NodeId owner) {
        return owner.equals(own.owner()) ? own : copies.inSight(owner);
    }

    private List<Shard> allInSight() {
        List<Shard> all = new ArrayList<>(copies.allInSight());
        all.add(own);
        return all;
    }

    void changeOwn(Change change) {
        boolean unused = own.apply(change);
        changed(own, change);
    }

    // ---- shards of others ------------------------------------------------------------------------------------------

    @Override
    public void shown(Shard now, NodeId source, Shard before) {
        NodeId owner = now.owner();
        if (before != null) {
            hideAllBut(now, before);
        }
        List<Shard> parts = kept.remove(owner);
        if (parts != null) {
            parts.forEach(part -> hideAllBut(now, part));
        }
        now.live().forEach(change -> view.show(owner, change));
        if (source.equals(owner) && slaves.contains(owner)) {
            feeding.carry(now);
        } else {
            feeding.carryNoMore(owner);
        }
        feeding.shown(now);
    }

    private void hideAllBut(Shard better, Shard worse) {
        for (Change change : worse.live()) {
            if (better == null || better.find(change.family(), change.key()) == null) {
                view.hide(worse.owner(), change.family(), change.key());
            }
        }
    }

    @Override
    public void hidden(Shard before) {
        hideAllBut(null, before);
        feeding.carryNoMore(before.owner());
        feeding.hidden(before.owner());
    }

    @Override
    public void changed(Shard shard, Change change) {
        view.show(shard.owner(), change);
        feeding.changed(shard, change.family());
    }

    @Override
    public void gone(Shard shard, Change change) {
        view.hide(shard.owner(), change.family(), change.key());
    }

    @Override
    public void retold(Shard shard) {
        feeding.changed(shard, "");
    }

    // ---- change of role --------------------------------------------------------------------------------------------

    /**
     * Keeps what a plain node has learned in sight, until the owners' shards are here or {@link #forgetKept} comes.
     *
     * @return whether there is something
     */
    boolean keep(Map<NodeId, List<Shard>> learned) {
        kept.putAll(learned);
        return !kept.isEmpty();
    }

    void forgetKept() {
        kept.values().forEach(parts -> parts.forEach(part -> hideAllBut(null, part)));
        kept.clear();
    }
}
