package io.messageport.testkit.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges the journals of all lives of all nodes; pure.
 *
 * <p>Of each epoch of a stream arrive the numbers from 0 on, one by one, in one life of the receiver's node, and nothing
 * more after the first lost one, until the monitor has fired. What was sent while it was about to fire may go out on the
 * next connection: it comes <em>late</em>, after the fire, still in order. Epochs arrive in their order, and a new one only
 * after the monitor of the old one has fired ({@code SND-4}, {@code SND-5}).
 *
 * <p>Of a network at work, what a receiver has written must be read before what its senders have ({@link Journals} does).
 */
public final class Guarantee {
    private final List<Life> lives;
    private final Map<Integer, Integer> newest = new HashMap<>();
    private final Map<Stream, List<Sent>> sent = new TreeMap<>();
    private final Map<Stream, List<Received>> received = new TreeMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private long begun;
    private long handled;
    private long lost;
    private long underWay;
    private long late;
    private long epochs;

    private Guarantee(List<Life> lives) {
        this.lives = lives.stream().sorted(Comparator.comparingInt(Life::life)).toList();
        for (Life life : this.lives) {
            newest.merge(life.node(), life.life(), Math::max);
            life.sent().forEach(epoch -> sent.computeIfAbsent(epoch.by(), s -> new ArrayList<>()).add(epoch));
            life.received().forEach(run -> received.computeIfAbsent(run.of(), s -> new ArrayList<>()).add(run));
        }
    }

    /** What the journals say so far; messages may still be under way. */
    public static Verdict check(List<Life> lives) {
        return new Guarantee(lives).verdict(List.of());
    }

    /** What the journals say at the end, when {@link #unsettled} had its time to become empty. */
    public static Verdict checkSettled(List<Life> lives) {
        return new Guarantee(lives).verdict(unsettled(lives));
    }

    /**
     * What keeps the network from being at rest: each stream of the newest lives has an open epoch, all of which has
     * arrived in the newest life of the receiver. With all faults healed and the senders hushed, this becomes empty.
     */
    public static List<Violation> unsettled(List<Life> lives) {
        Guarantee all = new Guarantee(lives);
        List<Violation> waiting = new ArrayList<>();
        all.sent.forEach((stream, list) -> {
            if (stream.fromLife() == all.newest.get(stream.from())) {
                String why = all.unsettled(stream, list.getLast());
                if (!why.isEmpty()) {
                    waiting.add(new Violation(Violation.Kind.SILENT, stream, why));
                }
            }
        });
        return waiting;
    }

    private String unsettled(Stream stream, Sent last) {
        if (last.fired()) {
            return "epoch " + last.epoch() + " is over, and no other one was begun";
        }
        List<Received> runs = received.getOrDefault(stream, List.of());
        long got = runs.stream().filter(run -> run.epoch() == last.epoch()).mapToLong(Received::count).sum();
        if (got == 0 || got != last.begun() || last.begun() != last.done()) {
            return "of epoch " + last.epoch() + " " + last.begun() + " sends were begun, " + last.done()
                    + " returned, and "
                    + got + " arrived; no monitor has fired";
        }
        if (runs.getLast().life() != newest.getOrDefault(stream.to(), 0)) {
            return "the receiver of epoch " + last.epoch() + " died with life " + runs.getLast().life()
                    + " of its node, and no monitor has fired";
        }
        return "";
    }

    private Verdict verdict(List<Violation> atTheEnd) {
        for (Life life : lives) {
            if (life.spoiled() > 0) {
                report(Violation.Kind.SPOILED, null,
                        life.spoiled() + " messages to n" + life.node() + "." + life.life());
            }
            if (life.unwritten() > 0) {
                report(Violation.Kind.UNWRITTEN, null,
                        "the journal of n" + life.node() + "." + life.life() + " had no room for " + life.unwritten());
            }
        }
        sent.forEach((stream, list) -> new Following(stream, list).all(received.getOrDefault(stream, List.of())));
        received.forEach((stream, runs) -> {
            if (!sent.containsKey(stream)) {
                report(Violation.Kind.INVENTED, stream,
                        "the sender has begun nothing, but " + runs.getFirst() + " arrived");
            }
        });
        violations.addAll(atTheEnd);
        return new Verdict(begun, handled, lost, underWay, late, epochs, violations);
    }

    private void report(Violation.Kind kind, Stream stream, String text) {
        violations.add(new Violation(kind, stream, text));
    }

    /** One stream, run by run. */
    private final class Following {
        private final Stream stream;
        private final Map<Integer, Sent> sentBy = new TreeMap<>();

        /** Of the present epoch: the runs so far, the number expected next, and the life that got the last one. */
        private final List<Received> before = new ArrayList<>();

        private int epoch = -1;
        private long next;
        private int life;

        Following(Stream stream, List<Sent> epochsOfStream) {
            this.stream = stream;
            epochsOfStream.forEach(one -> sentBy.put(one.epoch(), one));
        }

        void all(List<Received> runs) {
            runs.forEach(this::take);
            for (Sent one : sentBy.values()) {
                if (one.fires() > 1) {
                    report(Violation.Kind.TWICE, stream,
                            "the monitor of epoch " + one.epoch() + " fired " + one.fires() + " times");
                }
                count(one, runs);
            }
        }

        private void count(Sent one, List<Received> runs) {
            long got = runs.stream().filter(run -> run.epoch() == one.epoch()).mapToLong(Received::count).sum();
            epochs++;
            begun += one.begun();
            handled += got;
            boolean over = one.fired() || stream.fromLife() != newest.get(stream.from());
            long rest = Math.max(0, one.begun() - got);
            lost += over ? rest : 0;
            underWay += over ? 0 : rest;
        }

        private void take(Received run) {
            Sent origin = sentBy.get(run.epoch());
            if (origin == null || run.end() > origin.begun()) {
                report(Violation.Kind.INVENTED, stream, text(run, "was not sent: the sender has " + origin));
                return;
            }
            if (run.epoch() < epoch) {
                report(Violation.Kind.REORDER, stream, text(run, "came behind epoch " + epoch));
                return;
            }
            if (run.epoch() > epoch) {
                enter(run);
            }
            if (run.first() < next) {
                again(run);
            } else if (run.first() != next && !isLate(run, origin)) {
                report(Violation.Kind.GAP, stream,
                        text(run, "came where " + next + " was expected; the sender has " + origin));
            } else if (run.first() == next && run.life() != life && !isLate(run, origin)) {
                report(Violation.Kind.EARLY, stream,
                        text(run, "came to another life of the receiver than those before; the sender has " + origin));
            }
            late += run.first() > next ? run.count() : 0;
            before.add(run);
            next = Math.max(next, run.end());
            life = run.life();
        }

        private void enter(Received run) {
            for (int left = Math.max(epoch, 0); left < run.epoch(); left++) {
                Sent old = sentBy.get(left);
                if (old == null || !old.fired() || old.firedAt() > run.firstAt()) {
                    report(Violation.Kind.EARLY, stream,
                            text(run, "came before the monitor of epoch " + left + " had fired: " + old));
                }
            }
            epoch = run.epoch();
            next = 0;
            life = run.life();
            before.clear();
        }

        private void again(Received run) {
            boolean seen = before.stream().anyMatch(one -> one.first() < run.end() && run.first() < one.end());
            report(seen ? Violation.Kind.DUPLICATE : Violation.Kind.REORDER, stream,
                    text(run, "came where " + next + " was expected"));
        }

        /** Whether the monitor had fired before, so that it says nothing about this any more. */
        private boolean isLate(Received run, Sent origin) {
            return origin.fired() && run.firstAt() >= origin.firedAt();
        }

        private String text(Received run, String what) {
            String numbers = run.count() == 1 ? "" + run.first() : run.first() + " to " + (run.end() - 1);
            return "in epoch " + run.epoch() + ", " + numbers + " (at " + run.firstAt() + ", life " + run.life() + ") "
                    + what;
        }
    }
}
