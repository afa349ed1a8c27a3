package io.messageport.testkit.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.DatabaseOptions;
import io.messageport.FamilyChange;
import io.messageport.Guard;
import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.Port;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * A random history of the database on five nodes, two of them seeds: what each has set is kept beside, and in the end, when
 * all is healed, every node must show what they have set together.
 */
final class DatabaseHistory {
    private static final List<String> NAMES = List.of("s1", "s2", "p1", "p2", "p3");
    private static final List<String> FAMILIES = List.of("f", "g");

    private final Simulation sim;
    private final RandomGenerator random;
    private final Duration grace;
    private final Map<String, Member> members = new LinkedHashMap<>();

    /** One life of a node, and what it has set. */
    private static final class Member {
        private final Node node;
        private final Map<String, Map<String, Object>> set = new LinkedHashMap<>();
        private final List<Registered> ports = new ArrayList<>();
        private final Map<String, Mirror> mirrors = new LinkedHashMap<>();
        private final List<Held> guards = new ArrayList<>();

        Member(Node node) {
            this.node = node;
            FAMILIES.forEach(family -> set.put(family, new TreeMap<>()));
        }
    }

    private record Registered(Port port, String family) {}

    private record Held(Guard guard, String family, String key, Object value) {}

    /** The map of somebody who believes what a watch tells. */
    private static final class Mirror {
        private final Map<String, Object> map = new TreeMap<>();
        private Guard guard;
        private boolean closed;
        private int calls;

        void changed(FamilyChange change) {
            assertTrue(!closed, "called after its guard was closed");
            calls++;
            assertEquals(Set.of(), common(change.added(), map.keySet()), "added, but there already");
            assertEquals(change.changed(), common(change.changed(), map.keySet()), "changed, but not there");
            assertEquals(change.deleted(), common(change.deleted(), map.keySet()), "deleted, but not there");
            map.keySet().removeAll(change.deleted());
            for (Set<String> keys : List.of(change.added(), change.changed())) {
                keys.forEach(key -> map.put(key, change.now().value(key)));
            }
            assertEquals(change.now().entries(), map, "what the changes add up to");
        }

        private static Set<String> common(Set<String> one, Set<String> other) {
            Set<String> common = new TreeSet<>(one);
            common.retainAll(other);
            return common;
        }
    }

    private DatabaseHistory(Simulation sim) {
        this.sim = sim;
        this.random = sim.random();
        this.grace = random.nextInt(3) == 0 ? Duration.ofSeconds(2) : Duration.ZERO;
        NAMES.forEach(this::start);
    }

    /** One history. */
    static void run(Simulation sim) {
        new DatabaseHistory(sim).run();
    }

    private void start(String name) {
        members.put(name, new Member(sim.node(name, c -> {
            c.database(DatabaseOptions.withGrace(grace));
            return name.equals("s1") ? c : name.equals("s2") ? c.seed("sim/s1") : c.seed("sim/s1", "sim/s2");
        })));
    }

    private void run() {
        int length = 15 + random.nextInt(50);
        for (int i = 0; i < length; i++) {
            act(members.get(NAMES.get(random.nextInt(NAMES.size()))));
            if (random.nextInt(3) == 0) {
                sim.steps(random.nextInt(60));
            }
        }
        sim.network().heal();
        for (Member member : members.values()) {
            FAMILIES.forEach(family -> watch(member, family));
        }
        sim.advance(Duration.ofSeconds(15));
        check();
    }

    private void act(Member member) {
        String family = FAMILIES.get(random.nextInt(FAMILIES.size()));
        String key = "k" + random.nextInt(5);
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> set(member, family, key);
            case 4 -> {
                assertEquals(member.set.get(family).containsKey(key), member.node.db().delete(family, key));
                member.set.get(family).remove(key);
            }
            case 5 -> closeGuard(member);
            case 6 -> register(member, family);
            case 7 -> killPort(member);
            case 8, 9 -> watch(member, family);
            case 10 -> unwatch(member, family);
            case 11 -> disturb();
            case 12 -> sim.network().heal();
            case 13 -> restart(member);
            case 14 -> sim
                    .advance(Duration.ofMillis(random.nextInt(3) == 0 ? random.nextInt(14_000) : random.nextInt(30)));
            default -> sim.run();
        }
    }

    private void set(Member member, String family, String key) {
        Object value = random.nextInt(4) == 0 ? "same" : List.of("v", random.nextLong(1000));
        member.guards.add(new Held(member.node.db().set(family, key, value), family, key, value));
        member.set.get(family).put(key, value);
    }

    /** An old guard deletes what was set with it, and nothing newer. */
    private void closeGuard(Member member) {
        if (!member.guards.isEmpty()) {
            Held held = member.guards.remove(random.nextInt(member.guards.size()));
            if (held.guard.cancel()) {
                assertEquals(held.value, member.set.get(held.family).remove(held.key));
            }
        }
    }

    private void register(Member member, String family) {
        Port port = member.node.port();
        if (random.nextInt(4) == 0) {
            port.stop();
        }
        Guard unused = member.node.db().register(family, port.id());
        member.ports.add(new Registered(port, family));
    }

    private void killPort(Member member) {
        if (!member.ports.isEmpty()) {
            member.ports.get(random.nextInt(member.ports.size())).port.stop("enough");
        }
    }

    private void watch(Member member, String family) {
        if (!member.mirrors.containsKey(family)) {
            Mirror mirror = new Mirror();
            member.mirrors.put(family, mirror);
            mirror.guard = random.nextBoolean()
                    ? member.node.db().watch(family, mirror::changed)
                    : member.node.db().watch(member.node.port(), family, mirror::changed);
        }
    }

    private void unwatch(Member member, String family) {
        Mirror mirror = member.mirrors.remove(family);
        if (mirror != null) {
            assertTrue(mirror.guard.cancel());
            mirror.closed = true;
        }
    }

    private void disturb() {
        int one = random.nextInt(NAMES.size());
        int other = (one + 1 + random.nextInt(NAMES.size() - 1)) % NAMES.size();
        NodeId from = NodeId.of(NAMES.get(one));
        NodeId to = NodeId.of(NAMES.get(other));
        switch (random.nextInt(3)) {
            case 0 -> sim.network().cut(from, to);
            case 1 -> sim.network().cutOneWay(from, to);
            default -> sim.network().reset(from, to);
        }
    }

    private void restart(Member member) {
        String name = member.node.id().value();
        member.node.close();
        if (random.nextBoolean()) {
            sim.advance(Duration.ofMillis(random.nextInt(2_000)));
        }
        start(name);
    }

    private void check() {
        for (String family : FAMILIES) {
            Map<String, Set<Object>> possible = new TreeMap<>();
            for (Member member : members.values()) {
                member.set.get(family).forEach((key, value) -> add(possible, key, value));
                for (Registered each : member.ports) {
                    if (each.family.equals(family) && each.port.isAlive()) {
                        add(possible, each.port.id().toString(), "null");
                    }
                }
            }
            Map<String, Object> seen = null;
            for (Member member : members.values()) {
                Mirror mirror = member.mirrors.get(family);
                String where = "family " + family + " at " + member.node.id();
                assertTrue(mirror.calls > 0, where + " was told");
                assertEquals(possible.keySet(), mirror.map.keySet(), where);
                mirror.map
                        .forEach((key, value) -> assertTrue(possible.get(key).contains(value == null ? "null" : value),
                                where + ", key " + key));
                assertEquals(seen == null ? mirror.map : seen, mirror.map, where + " as at " + NAMES.getFirst());
                seen = mirror.map;
                try {
                    assertEquals(seen, member.node.db().family(family).entries(), where + ", asked");
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    private static void add(Map<String, Set<Object>> possible, String key, Object value) {
        possible.computeIfAbsent(key, k -> new HashSet<>()).add(value);
    }
}
