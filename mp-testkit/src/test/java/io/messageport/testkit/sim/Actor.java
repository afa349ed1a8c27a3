package io.messageport.testkit.sim;

import io.messageport.PortId;
import io.messageport.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A port of the model, with what has happened to it. */
final class Actor extends Sender {
    private final int number;
    private Site site;

    /** Who asked for a spawned one; null for one that was there from the beginning. */
    private final Site spawner;

    /** When it began to be there; always there when negative. */
    private long beganAt;

    final PortId id;

    /** Why it died; null while it lives. */
    Reason death;

    /** The last number received from each sender. */
    private final Map<Sender, Integer> last = new HashMap<>();

    /** What was done to it that could be the reason of its death. */
    final Set<Reason> causes = new HashSet<>();

    final List<Kill> kills = new ArrayList<>();
    final List<Watching> watchings = new ArrayList<>();

    /** A kill on its way to this port. */
    record Kill(Sender by, Reason reason, long at) {}

    Actor(int number, Site site, PortId id, Site spawner) {
        this.number = number;
        this.site = site;
        this.id = id;
        this.spawner = spawner;
        this.beganAt = spawner == null ? -1 : Long.MAX_VALUE;
    }

    /** Its init runs, in some life of the node that was asked. */
    void begins(Site there, long now) {
        site = there;
        beganAt = now;
    }

    boolean began() {
        return beganAt < Long.MAX_VALUE;
    }

    /** Whether what somebody did to it at some moment found it there, if it came. */
    boolean wasThere(Sender by, long moment) {
        return moment > beganAt || by.site() == spawner;
    }

    @Override
    Site site() {
        return site;
    }

    int lastOf(Sender from) {
        return last.getOrDefault(from, 0);
    }

    void received(Sender from, int message) {
        last.put(from, message);
    }

    boolean isDead() {
        return death != null || !site.open;
    }

    @Override
    public String toString() {
        return "port " + number + " on " + site;
    }
}
