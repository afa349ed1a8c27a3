package io.messageport.transport.peer;

import io.messageport.Guard;
import io.messageport.NodeId;
import io.messageport.runtime.link.Transport.Dialed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tries the addresses of one node until one is accepted ({@code CON-2}). One thread runs it; trials, clock and table
 * report to it through its queue.
 *
 * <p>The next address is tried after the interval, or at once when the one before it has said no; earlier trials stay
 * open, three of each address. When all have said no, it is over before the overall limit. As long as some say nothing, all
 * are tried again in turn, one each interval: the network may have swallowed what asked for the connection, and the machine
 * that asks repeats itself ever more rarely.
 */
final class Dialer {
    /** Trials of one address that say nothing; before one more, the oldest but the first is given up. */
    private static final int MOST_SILENT = 3;

    private final Host host;
    private final Opening opening;
    private final Links links;
    private final Optional<NodeId> wanted;
    private final boolean awaitsOthers;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    // Owned by the dialing thread.
    /** What was said last of each address, and of the whole. */
    private final Map<String, String> said = new LinkedHashMap<>();

    /** Oldest first. */
    private final Set<Trial> open = new LinkedHashSet<>();

    private final List<InetSocketAddress> targets = new ArrayList<>();

    /** How many turns there were; in the first round each target has one. */
    private int turns;

    private boolean connectedElsewhere;
    private Guard timer = () -> false;
    private long interval;

    /** As the other, for a node that may be connected by another way. */
    Dialer(Host host, Opening opening, Links links, Optional<NodeId> wanted) {
        this(host, opening, links, wanted, true);
    }

    /** @param awaitsOthers whether the socket that a duplicate speaks of is waited for; else it is as good as a failure */
    Dialer(Host host, Opening opening, Links links, Optional<NodeId> wanted, boolean awaitsOthers) {
        this.awaitsOthers = awaitsOthers;
        this.host = host;
        this.opening = opening;
        this.links = links;
        this.wanted = wanted;
    }

    private sealed interface Event {
        record Due() implements Event {}

        record Ended(Trial trial, Outcome outcome) implements Event {}

        record LinkUp(NodeId node) implements Event {}

        record Stop(String why) implements Event {}
    }

    /** The node is connected by another way; ends the dialing. */
    void connected(NodeId node) {
        events.add(new Event.LinkUp(node));
    }

    /** Ends the dialing without success. */
    void stop(String why) {
        events.add(new Event.Stop(why));
    }

    /** Dials; returns when a trial was accepted, all have failed, or the time is over. */
    Dialed run(List<String> addresses) throws InterruptedException {
        Guard limit = host.clock().schedule(host.config().monitorTimeout().toNanos(),
                () -> stop("no connection within " + host.config().monitorTimeout().toSeconds() + " s"));
        try {
            resolve(addresses);
            if (targets.isEmpty()) {
                return failed();
            }
            interval = TrialSchedule.interval(host.config(), targets.size(), ThreadLocalRandom.current().nextDouble());
            next();
            Dialed result = failedAll();
            while (result == null) {
                result = follow(events.take());
            }
            return result;
        } finally {
            limit.close();
            timer.close();
            open.forEach(links.isShut() ? Trial::abort : Trial::cancel);
        }
    }

    private void resolve(List<String> addresses) {
        Addresses.Names names = host.config().extension(Addresses.Names.class).orElse(InetAddress::getAllByName);
        for (String address : addresses) {
            try {
                Addresses.toDial(address, names).stream().filter(one -> !targets.contains(one)).forEach(targets::add);
            } catch (IOException e) {
                said.put(address, e.getMessage());
            }
        }
    }

    /** Tries the next address in turn that can be tried. */
    private void next() {
        if (connectedElsewhere) {
            return;
        }
        timer.close();
        for (int i = 0; i < targets.size() && (isFirstRound() || !open.isEmpty()); i++) {
            if (begin(targets.get(turns++ % targets.size()))) {
                break;
            }
        }
        if (!open.isEmpty()) {
            timer = host.clock().schedule(interval, () -> events.add(new Event.Due()));
        }
    }

    private boolean isFirstRound() {
        return turns < targets.size();
    }

    private boolean begin(InetSocketAddress target) {
        List<Trial> same = open.stream().filter(trial -> trial.leadsTo(target)).toList();
        if (same.stream().anyMatch(Trial::isTalking)) {
            return false;
        }
        try {
            Trial trial = new Trial(target);
            if (same.size() == MOST_SILENT) {
                open.remove(same.get(1));
                same.get(1).cancel();
            }
            open.add(trial);
            host.threads().start("dial " + trial.address(),
                    () -> trial.run(opening, wanted, outcome -> events.add(new Event.Ended(trial, outcome))));
            return true;
        } catch (IOException e) {
            said.put(Addresses.text(target), Addresses.text(target) + ": " + e.getMessage());
            return false;
        }
    }

    private Dialed follow(Event event) {
        return switch (event) {
            case Event.Due e -> {
                next();
                yield failedAll();
            }
            case Event.LinkUp e -> new Dialed.Connected(e.node());
            case Event.Stop e -> {
                said.put("", e.why());
                yield failed();
            }
            case Event.Ended e -> ended(e.trial(), e.outcome());
        };
    }

    private Dialed ended(Trial trial, Outcome outcome) {
        boolean counts = open.remove(trial);
        return switch (outcome) {
            case Outcome.Connected o -> new Dialed.Connected(o.node());
            case Outcome.Self o -> new Dialed.Self();
            case Outcome.Duplicate o when awaitsOthers -> {
                awaitOther(o.node());
                yield null;
            }
            case Outcome.Duplicate o -> failed(trial, "another socket is being settled");
            case Outcome.Failed o when !counts -> null;
            case Outcome.Failed o -> failed(trial, o.why());
        };
    }

    private Dialed failed(Trial trial, String why) {
        said.put(trial.address(), trial.address() + ": " + why);
        if (isFirstRound()) {
            next();
        }
        return failedAll();
    }

    /** Another socket was accepted; its thread is about to say so. */
    private void awaitOther(NodeId node) {
        connectedElsewhere = true;
        links.whenUp(node, () -> connected(node));
        timer.close();
        timer = host.clock().schedule(host.config().handshakeTimeout().toNanos(),
                () -> stop("node " + node + " says it is connected, but it is not"));
    }

    private Dialed failedAll() {
        return open.isEmpty() && !isFirstRound() && !connectedElsewhere ? failed() : null;
    }

    private Dialed failed() {
        return new Dialed.Failed(String.join("; ", said.values()));
    }
}
