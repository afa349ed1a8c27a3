package io.messageport.runtime.supervise;

import io.messageport.Body;
import io.messageport.ChildSpec;
import io.messageport.NodeId;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.SupervisorSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Carries out what a strategist decides, in words: {@code start a}, {@code stop c b}, {@code finish ...}. */
final class Play {
    static final Body NOTHING = self -> {};
    private static final NodeId NODE = NodeId.of("node");

    private final Strategist strategist;
    private final Map<String, Long> lives = new HashMap<>();
    private final Map<String, Integer> failing = new HashMap<>();
    private final List<String> reports = new ArrayList<>();
    private Long ticket;
    private long now = Long.MAX_VALUE - 1_000_000;
    private double dice;

    Play(SupervisorSpec spec) {
        strategist = new Strategist(spec);
    }

    static ChildSpec child(String name) {
        return ChildSpec.thread(name, NOTHING);
    }

    static Play of(SupervisorSpec spec) {
        Play play = new Play(spec);
        String unused = play.boot();
        return play;
    }

    String boot() {
        return on(new Event.Boot());
    }

    String ends(String key, Object... reason) {
        return on(new Event.Ended(key, lives.get(key), Reason.of(reason)));
    }

    String endsOnceMore(String key, long life) {
        return on(new Event.Ended(key, life, Reason.of("crash")));
    }

    long life(String key) {
        return lives.get(key);
    }

    String retry() {
        return on(new Event.Retry(ticket));
    }

    String on(Event event) {
        StringJoiner said = new StringJoiner(", ");
        Deque<Act> todo = new ArrayDeque<>(strategist.on(event, now, dice));
        while (!todo.isEmpty()) {
            Act act = todo.removeFirst();
            String words = words(act);
            if (!words.isEmpty()) {
                said.add(words);
            }
            if (act instanceof Act.Start start) {
                todo.addAll(strategist.on(outcome(start), now, dice));
            }
        }
        return said.toString();
    }

    private Event outcome(Act.Start start) {
        lives.put(start.key(), start.life());
        int times = failing.getOrDefault(start.key(), 0);
        failing.put(start.key(), times - 1);
        return times > 0
                ? new Event.StartFailed(Reason.of("no"))
                : new Event.Started(new PortId(NODE, start.key()), start.key().startsWith("sup"));
    }

    private String words(Act act) {
        return switch (act) {
            case Act.Start start -> "start " + start.key() + (start.node() > 0 ? "@" + start.node() : "");
            case Act.Stop stop -> {
                StringJoiner keys = new StringJoiner(" ", stop.together() ? "stop together " : "stop ", "");
                stop.endings().forEach(ending -> keys.add(ending.key() + (ending.keeps() ? "+" : "")));
                yield keys.toString();
            }
            case Act.Release release -> "release " + release.key();
            case Act.Later later -> {
                ticket = later.ticket();
                yield "later " + later.delayNanos() / 1_000_000;
            }
            case Act.Finish finish -> "finish " + finish.reason();
            case Act.Report report -> {
                reports.add(report.key() + ": " + report.reason() + ": " + report.consequence());
                yield "";
            }
            case Act.Done done -> "done " + done.child().state();
            case Act.Unknown unknown -> "unknown " + unknown.key();
            case Act.Refused refused -> "refused " + refused.text();
            case Act.Failed failed -> "failed " + failed.key() + " " + failed.reason();
        };
    }

    Play failing(String key, int times) {
        failing.put(key, times);
        return this;
    }

    Play passing(long millis) {
        now += millis * 1_000_000;
        return this;
    }

    Play dice(double rolled) {
        dice = rolled;
        return this;
    }

    List<String> reports() {
        return reports;
    }

    Roster roster() {
        return strategist.roster();
    }
}
