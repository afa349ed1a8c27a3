package io.messageport.testkit.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whoever sends numbered messages in the model: a port, or a node. */
abstract class Sender {
    /** For each port the moments at which messages 1, 2, ... were sent to it. */
    private final Map<Actor, List<Long>> sent = new LinkedHashMap<>();

    abstract Site site();

    /** Notes another message; returns its number. */
    int sends(Actor to, long now) {
        List<Long> times = sent.computeIfAbsent(to, fresh -> new ArrayList<>());
        times.add(now);
        return times.size();
    }

    Map<Actor, List<Long>> sent() {
        return sent;
    }

    /** When a message was sent. */
    long sentAt(Actor to, int number) {
        return sent.get(to).get(number - 1);
    }

    /** How many were sent before a moment. */
    int sentBefore(Actor to, long moment) {
        return (int) sent.getOrDefault(to, List.of()).stream().filter(at -> at < moment).count();
    }
}
