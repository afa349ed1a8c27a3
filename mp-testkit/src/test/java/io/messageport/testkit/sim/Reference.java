package io.messageport.testkit.sim;

import io.messageport.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What may happen, told plainly: every event of a run is shown to it, and it objects to what the contracts forbid. Time
 * is the number of the event.
 */
final class Reference {
    private final List<Actor> actors = new ArrayList<>();
    private final List<Watching> watchings = new ArrayList<>();
    private final List<Sender> senders = new ArrayList<>();
    private final List<Asking> askings = new ArrayList<>();

    /** Pairs of nodes whose connection the test may have broken. */
    private final Set<Set<String>> disturbed = new HashSet<>();

    private long now;

    /** The first objection. Handlers and callbacks throw it too, but there it would be taken for a failure of theirs. */
    private AssertionError objection;

    /** A call, and how often it was answered. */
    static final class Asking {
        final Site at;
        final Actor owner;
        int answers;

        Asking(Site at, Actor owner) {
            this.at = at;
            this.owner = owner;
        }
    }

    /** Objects; the text begins with the contract. */
    private AssertionError broken(String contract, Object... what) {
        StringBuilder text = new StringBuilder(contract).append(':');
        for (Object part : what) {
            text.append(' ').append(part);
        }
        if (objection == null) {
            objection = new AssertionError(text.toString());
        }
        return objection;
    }

    /** Throws the first objection, if there is one. */
    void check() {
        if (objection != null) {
            throw objection;
        }
    }

    long tick() {
        return ++now;
    }

    List<Actor> actors() {
        return actors;
    }

    List<Watching> watchings() {
        return watchings;
    }

    /** The number under which a sender names itself in its messages. */
    int numberOf(Sender sender) {
        return senders.indexOf(sender);
    }

    Sender sender(int number) {
        return senders.get(number);
    }

    void add(Actor actor) {
        actors.add(actor);
        senders.add(actor);
        actor.site().actors.add(actor);
    }

    void add(Site site) {
        senders.add(site);
    }

    void disturb(String one, String other) {
        disturbed.add(Set.of(one, other));
    }

    /** Whether everything between them must have arrived. */
    private boolean isSound(Site one, Site other) {
        return one == other || !one.name.equals(other.name) && !disturbed.contains(Set.of(one.name, other.name));
    }

    // ---- messages --------------------------------------------------------------------------------------------------

    int sends(Sender from, Actor to) {
        return from.sends(to, tick());
    }

    /** SND-4, SND-5, KIL-2. */
    void receives(Actor to, Sender from, int number) {
        long at = tick();
        int last = to.lastOf(from);
        to.received(from, number);
        if (to.death != null) {
            throw broken("RCV-6", to, "is dead and receives message", number, "from", from);
        }
        if (number <= last) {
            throw broken("SND-4", to, "receives", number, "after", last, "from", from);
        }
        for (int lost = last + 1; lost < number; lost++) {
            loses(to, from, lost, number);
        }
        for (Actor.Kill kill : to.kills) {
            if (kill.by() == from && to.wasThere(from, kill.at()) && kill.at() < from.sentAt(to, number)
                    && isSound(from.site(), to.site())) {
                throw broken("KIL-2", to, "receives", number, "from", from, "sent after kill", kill, "now", at);
            }
        }
    }

    private void loses(Actor to, Sender from, int lost, int met) {
        long sent = from.sentAt(to, lost);
        if (!to.wasThere(from, sent)) {
            return;
        }
        if (isSound(from.site(), to.site())) {
            throw broken("SND-4", to, "receives", met, "of those sent, but never", lost, "from", from,
                    "over a sound way");
        }
        for (Watching watching : to.watchings) {
            if (watching.form == Watching.Form.NODE_CALLBACK && watching.at == from.site() && watching.since < sent
                    && watching.firedAt < 0 && !watching.cancelled) {
                throw broken("SND-5", to, "receives", met, "without", lost, "from", from,
                        "sent at", sent, "although this has not fired:", watching);
            }
        }
    }

    // ---- monitors --------------------------------------------------------------------------------------------------

    Watching watches(Watching.Form form, Site at, Actor target, Actor watcher) {
        Watching watching = new Watching(form, at, target, watcher, tick());
        watchings.add(watching);
        target.watchings.add(watching);
        return watching;
    }

    void cancels(Watching watching) {
        boolean prevented = watching.handle.cancel();
        if (prevented && watching.firedAt >= 0) {
            throw broken("MON-2", watching, "was cancelled after it fired with", watching.reason);
        }
        if (prevented && watching.cancelled) {
            throw broken("MON-2", watching, "was cancelled twice");
        }
        watching.cancelled |= prevented;
        watching.cancelRefused |= !prevented && !watching.cancelled;
    }

    /** MON-1 to MON-4. */
    void fires(Watching watching, Reason reason) {
        long at = tick();
        if (watching.firedAt >= 0) {
            throw broken("MON-2", watching, "fires again with", reason, "after", watching.reason);
        }
        if (watching.cancelled) {
            throw broken("MON-2", watching, "fires although it was cancelled");
        }
        watching.firedAt = at;
        watching.reason = reason;
    }

    /** Whether it fired because its target was out of reach, not because it died of this. */
    private boolean wasOutOfReach(Watching watching) {
        Actor target = watching.target;
        return switch (watching.reason) {
            case Reason.TransportError error ->
                    error.node().equals(target.site().name) && !isSound(watching.at, target.site());
            case Reason.NoSuchPort unknown -> unknown.port().equals(target.id);
            default -> false;
        };
    }

    /** MON-4, MON-9: when a node is reported down, those who watched its ports have been told. */
    void nodeDown(Site at, String peer) {
        if (!at.up.remove(peer)) {
            throw broken("MON-9", "node", peer, "goes down at", at, "where it was not up");
        }
        if (!at.upWhenQuiet.remove(peer)) {
            return;
        }
        for (Watching watching : watchings) {
            if (watching.at == at && watching.form == Watching.Form.NODE_CALLBACK
                    && watching.target.site().name.equals(peer) && watching.since <= at.quietAt && watching.firedAt < 0
                    && !watching.cancelled) {
                throw broken("SND-5", "node", peer, "is down at", at, "before this fired:", watching);
            }
        }
    }

    void nodeUp(Site at, String peer) {
        if (!at.up.add(peer)) {
            throw broken("MON-9", "node", peer, "comes up at", at, "twice");
        }
    }

    /** Nothing is left to be done at this moment. */
    void quiet(Iterable<Site> sites) {
        long at = tick();
        for (Site site : sites) {
            site.quietAt = at;
            site.upWhenQuiet.clear();
            site.upWhenQuiet.addAll(site.up);
        }
    }

    void asks(Asking asking) {
        askings.add(asking);
    }

    void answered(Asking asking) {
        if (++asking.answers > 1) {
            throw broken("CAL-2", "a call of", asking.owner, "at", asking.at, "is answered twice");
        }
    }

    // ---- the end ---------------------------------------------------------------------------------------------------

    /** What must hold when everything that was to happen has happened, and all ways are open. */
    void end() {
        watchings.forEach(this::end);
        actors.forEach(this::explain);
        for (Sender from : senders) {
            from.sent().forEach((to, times) -> arrived(from, to, times.size()));
        }
        for (Asking asking : askings) {
            if (asking.answers == 0 && asking.at.open && (asking.owner == null || !asking.owner.isDead())) {
                throw broken("CAL-2", "a call of", asking.owner, "at", asking.at, "is never answered");
            }
        }
    }

    private void end(Watching watching) {
        Actor target = watching.target;
        if (watching.form == Watching.Form.LINK) {
            // One that died normally before its node closed ended the link with that.
            boolean dies = target.death == null ? !target.site().open : !target.death.isNormal();
            if (dies && !watching.cancelled && watching.canBeTold()) {
                throw broken("MON-1", watching, "has not killed, though its target died of", target.death);
            }
            return;
        }
        boolean over = target.isDead() || watching.cancelRefused;
        if (over && watching.firedAt < 0 && !watching.cancelled && watching.canBeTold()) {
            throw broken("MON-2", watching, "never fires, though its target died of", target.death);
        }
        boolean outOfReach = watching.firedAt >= 0 && wasOutOfReach(watching);
        if (outOfReach && watching.reason instanceof Reason.NoSuchPort && !target.isDead()
                && target.wasThere(watching.at, 0) && isSound(watching.at, target.site())) {
            throw broken("MON-3", watching, "fired with", watching.reason, "although its target lives");
        }
        boolean told = watching.firedAt >= 0 && !outOfReach;
        if (told && target.began() && !watching.reason.equals(target.death)) {
            throw broken("MON-1", watching, "fired with", watching.reason, "but its target died of", target.death);
        }
    }

    /** A port dies of what was done to it, or of a link. */
    private void explain(Actor actor) {
        Reason death = actor.death;
        if (death == null || actor.causes.contains(death)) {
            return;
        }
        boolean far = death instanceof Reason.TransportError || death instanceof Reason.NoSuchPort;
        for (Watching link : watchings) {
            if (link.form == Watching.Form.LINK && link.watcher == actor
                    && !link.cancelled && (far || death.equals(link.target.death))) {
                return;
            }
        }
        throw broken("KIL-1", actor, "died of", death, "which nobody did to it:", actor.causes);
    }

    /** SND-5, KIL-2: what had to arrive has arrived. */
    private void arrived(Sender from, Actor to, int sent) {
        int last = to.lastOf(from);
        if (to.death == null && to.began() && to.site().open && last < sent && from.site().open) {
            for (int lost = last + 1; lost <= sent; lost++) {
                loses(to, from, lost, sent);
            }
        }
        for (Actor.Kill kill : to.kills) {
            if (kill.by() == from && kill.reason().equals(to.death) && !kill.reason().isNormal()
                    && isSound(from.site(), to.site()) && to.wasThere(from, 0)
                    && last < from.sentBefore(to, kill.at())) {
                throw broken("KIL-2", to, "has received", last, "from", from, "and then obeyed", kill, "sent after",
                        from.sentBefore(to, kill.at()));
            }
        }
    }
}
