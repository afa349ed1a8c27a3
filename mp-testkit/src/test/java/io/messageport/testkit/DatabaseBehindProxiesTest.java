package io.messageport.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.testkit.fault.FaultyNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Five nodes over real sockets, two of them seeds, fall into two parts, go on setting and deleting entries on both sides,
 * and come together again.
 */
@MpTest(nodes = 0, over = Over.PROXIES)
@Tag("T-23")
@Tag("DB-3")
@Tag("DB-4")
@Tag("DB-8")
class DatabaseBehindProxiesTest {
    private static final List<String> NAMES = List.of("s1", "s2", "p1", "p2", "p3");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** From the heal until all nodes show the same. */
    private static final Duration AGREED = Duration.ofSeconds(10);

    private final FaultyNetwork network;
    private final List<Node> nodes = new ArrayList<>();

    /** By node, what somebody who watches there has been told. */
    private final ConcurrentMap<String, Map<String, Object>> seen = new ConcurrentHashMap<>();

    /** By key, what each owner has set: a key of its own, one that is contested, and one that comes and goes. */
    private final Map<String, Map<String, Object>> set = new TreeMap<>();

    private final Random random = new Random(23);
    private int round;

    private enum Kind {
        /** Neither side hears the other. */
        SYMMETRIC,
        /** One side hears the other. */
        ONE_WAY,
        /** Cut and healed again and again, along other borders each time. */
        FLAPPING
    }

    DatabaseBehindProxiesTest(TestNodes starting, FaultyNetwork network) {
        this.network = network;
        for (String name : NAMES) {
            Node node = starting.start(name, this::settings);
            nodes.add(node);
            var unused = node.db().watch("f", change -> seen.put(name, Map.copyOf(change.now().entries())));
        }
    }

    /** The first is a seed of the second, both are seeds of the others; what is lost is dialed every second and a half. */
    private NodeConfig.Builder settings(NodeConfig.Builder config) {
        return config.seed(TestNodes.addresses(nodes.subList(0, Math.min(2, nodes.size())).toArray(Node[]::new)))
                .monitorTimeout(Duration.ofMillis(1500)).heartbeatInterval(Duration.ofMillis(100))
                .silenceLimit(Duration.ofMillis(700)).resumeWindow(Duration.ofMillis(300));
    }

    @Test
    void shouldAgreeAfterPartitionsOfEachKind() {
        write();
        agree("at first", PATIENCE);
        for (Kind kind : Kind.values()) {
            fallApart(kind);
        }
    }

    @Test
    @Tag("soak")
    @Timeout(3_600)
    void shouldAgreeAfterPartitionsForMinutes() {
        write();
        agree("at first", PATIENCE);
        for (int i = 0; i < 100; i++) {
            fallApart(Kind.values()[i % Kind.values().length]);
        }
    }

    private void fallApart(Kind kind) {
        Set<String> group = group();
        cut(kind, group);
        if (kind == Kind.FLAPPING) {
            for (int i = 0; i < 5; i++) {
                pause(300);
                write();
                network.heal();
                pause(300);
                cut(kind, group());
            }
        } else {
            // Each side shows its own entries and no others, and what it then sets is seen on its own side alone.
            until(kind + " to be noticed", () -> NAMES.stream().allMatch(name -> sides(group, name)));
            write();
            until(kind + " and writes", () -> NAMES.stream().allMatch(
                    name -> sides(group, name) && Integer.valueOf(round).equals(number(seen.get(name).get(name)))));
        }
        long healed = System.nanoTime();
        network.heal();
        agree("after " + kind + " of " + group + " in round " + round, AGREED.minusNanos(System.nanoTime() - healed));
    }

    private static Integer number(Object value) {
        return value instanceof Long number ? number.intValue() : null;
    }

    /** Whether a node shows of the nodes' own keys those of its side; where no seed is, it has only lost the others. */
    private boolean sides(Set<String> group, String at) {
        boolean side = group.contains(at);
        if (group.contains("s1") != side && group.contains("s2") != side) {
            return nodes.get(NAMES.indexOf(at)).upNodes().isEmpty();
        }
        Map<String, Object> shown = seen.getOrDefault(at, Map.of());
        return NAMES.stream().allMatch(name -> shown.containsKey(name) == (group.contains(name) == side));
    }

    /** One to four of the nodes. */
    private Set<String> group() {
        Set<String> group = new HashSet<>();
        while (group.isEmpty() || group.size() < NAMES.size() - 1 && random.nextBoolean()) {
            group.add(NAMES.get(random.nextInt(NAMES.size())));
        }
        return group;
    }

    private void cut(Kind kind, Set<String> group) {
        List<NodeId> one = NAMES.stream().filter(group::contains).map(NodeId::of).toList();
        List<NodeId> other = NAMES.stream().filter(name -> !group.contains(name)).map(NodeId::of).toList();
        if (kind == Kind.ONE_WAY) {
            network.partitionOneWay(one, other);
        } else {
            network.partition(one, other);
        }
    }

    private void pause(int mostMillis) {
        LockSupport.parkNanos(20_000_000L + random.nextInt(mostMillis) * 1_000_000L);
    }

    /** Each node sets its own key and one that all of them set, and sets or deletes a third. */
    private void write() {
        round++;
        for (Node node : nodes) {
            String name = node.id().value();
            set(node, name, round);
            set(node, "contested", name + round);
            String passing = "passing " + name;
            if (random.nextBoolean()) {
                set(node, passing, round);
            } else {
                set.remove(passing);
                boolean unused = node.db().delete("f", passing);
            }
        }
    }

    private void set(Node node, String key, Object value) {
        var unused = node.db().set("f", key, value);
        set.computeIfAbsent(key, k -> new TreeMap<>()).put(node.id().value(), value);
    }

    /** All nodes show the same, and of each key what one of its owners has set last. */
    private void agree(String when, Duration within) {
        try {
            until(when, within, () -> NAMES.stream().allMatch(name -> isRight(seen.get(name))));
        } catch (RuntimeException late) {
            throw new AssertionError(when + ": " + seen + " instead of one of " + set, late);
        }
        for (Node node : nodes) {
            try {
                assertEquals(seen.get("s1"), node.db().family("f").entries(), when + ", asked at " + node.id());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        assertTrue(seen.get("s1").size() > NAMES.size(), when);
    }

    private boolean isRight(Map<String, Object> shown) {
        return shown != null && shown.equals(seen.get("s1")) && shown.keySet().equals(set.keySet())
                && shown.entrySet().stream().allMatch(entry -> set.get(entry.getKey()).values().stream()
                        .anyMatch(value -> value.equals(entry.getValue())
                                || value.equals(number(entry.getValue()))));
    }

    private static void until(String what, Callable<Boolean> holds) {
        until(what, PATIENCE, holds);
    }

    private static void until(String what, Duration within, Callable<Boolean> holds) {
        await(what).atMost(within).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(holds);
    }
}
