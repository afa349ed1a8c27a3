package io.messageport.runtime.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.messageport.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random histories of replicas alone: no threads, no kernel, connections that break at any moment. */
@Tag("T-33")
@Tag("DB-1")
@Tag("DB-3")
@Tag("DB-4")
@Tag("DB-8")
class ReplicaModelTest {
    private static final int SEEDS = Integer.getInteger("db.seeds", 1_000);
    private static final long FIRST = Long.getLong("db.first", 1);
    private static final List<String> FAMILIES = List.of("f", "g", "h");
    private static final int PLAIN = 4;
    private static final int GLOBAL = 3;

    @Test
    void shouldAgreeWhenHistoriesAreRandom() {
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            try {
                new History(seed).run();
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError("seed " + seed + ": " + failed.getMessage(), failed);
            }
        }
    }

    /** What an owner has. */
    private record Entry(NodeId owner, Change change) {
        Entry greater(Entry other) {
            int byVersion = Long.compare(change.version(), other.change.version());
            int order = byVersion != 0 ? byVersion : owner.compareTo(other.owner);
            return order > 0 ? this : other;
        }
    }

    /** One history. */
    private static final class History {
        private final SplittableRandom random;
        private final FakeNetwork net;
        private final long grace;

        History(long seed) {
            random = new SplittableRandom(seed);
            net = new FakeNetwork(random);
            grace = random.nextInt(3) == 0 ? 1_000_000_000L : 0;
        }

        private FakeNode any() {
            List<FakeNode> all = new ArrayList<>(net.nodes.values());
            return all.get(random.nextInt(all.size()));
        }

        private String key() {
            return "k" + random.nextInt(6);
        }

        private String family() {
            return FAMILIES.get(random.nextInt(FAMILIES.size()));
        }

        void run() {
            for (int i = 0; i < GLOBAL; i++) {
                net.start("g" + i, true, grace);
            }
            for (int i = 0; i < PLAIN; i++) {
                net.start("p" + i, false, grace);
            }
            connectAll();
            int length = 20 + random.nextInt(150);
            for (int i = 0; i < length; i++) {
                act();
                for (int steps = random.nextInt(12); steps > 0; steps--) {
                    net.step();
                }
            }
            heal();
            check();
        }

        private void act() {
            FakeNode node = any();
            switch (random.nextInt(14)) {
                case 0, 1, 2, 3 ->
                        node.put(family(), key(), random.nextInt(4) == 0 ? "same" : "v" + random.nextInt(1000));
                case 4, 5 -> node.delete(family(), key());
                case 6, 7 -> node.watch(family());
                case 8 -> node.unwatch(family());
                case 9 -> cutOne();
                case 10 -> restart(node);
                case 11 -> connectAll();
                case 12 -> net.advance(random.nextLong(3_000_000_000L));
                case 13 -> burst(node);
                default -> throw new AssertionError();
            }
        }

        /** Enough deletions to be forgotten now and then. */
        private void burst(FakeNode node) {
            if (random.nextInt(10) == 0) {
                String family = family();
                for (int i = 0; i < Shard.MOST_DELETIONS + 40; i++) {
                    node.put(family, "b" + i, i);
                }
                for (int i = random.nextInt(30); i < Shard.MOST_DELETIONS + 40; i++) {
                    node.delete(family, "b" + i);
                }
            } else if (random.nextInt(4) == 0) {
                net.promote(node);
            }
        }

        private void cutOne() {
            List<FakeNetwork.Wire> all = List.copyOf(net.wires.values());
            if (!all.isEmpty()) {
                net.cut(all.get(random.nextInt(all.size())));
            }
        }

        private void restart(FakeNode node) {
            net.crash(node);
            FakeNode next = net.start(node.id.value(), node.id.value().startsWith("g"), grace);
            if (random.nextBoolean()) {
                next.watch(family());
            }
        }

        private void connectAll() {
            List<FakeNode> all = new ArrayList<>(net.nodes.values());
            for (FakeNode one : all) {
                for (FakeNode other : all) {
                    boolean wanted = one.global && (other.global || random.nextInt(2) == 0);
                    if (wanted && one != other) {
                        net.connect(one, other);
                    }
                }
            }
        }

        private void heal() {
            net.settle();
            for (int i = 0; i < 6; i++) {
                connectAll();
                net.settle();
                net.advance(20_000_000_000L);
                net.settle();
            }
            for (FakeNode node : net.all()) {
                node.watch("f");
                node.watch("g");
            }
            net.settle();
        }

        private void check() {
            Map<String, Map<String, Entry>> winners = new HashMap<>();
            for (FakeNode node : net.all()) {
                if (!node.global) {
                    assertEquals(true, node.master != null, node.id + " has a master");
                }
                for (String family : FAMILIES) {
                    Map<String, Object> set = new HashMap<>();
                    Shard own = node.replica.own();
                    for (Change change : own.live()) {
                        if (change.family().equals(family)) {
                            Object value = change.value() instanceof Long number ? number.intValue() : change.value();
                            set.put(change.key(), value);
                            winners.computeIfAbsent(family, f -> new HashMap<>())
                                    .merge(change.key(), new Entry(node.id, change), Entry::greater);
                        }
                    }
                    assertEquals(node.set.getOrDefault(family, Map.of()), set, node.id + " has set");
                }
            }
            for (FakeNode node : net.all()) {
                assertEquals(List.of(), node.refused, node.id + " refused");
                for (String family : FAMILIES) {
                    Map<String, Object> wanted = new TreeMap<>();
                    winners.getOrDefault(family, Map.of())
                            .forEach((key, entry) -> wanted.put(key, entry.change.value()));
                    FakeNode.Mirror mirror = node.mirrors.get(family);
                    if (mirror != null) {
                        assertEquals(true, mirror.calls > 0, node.id + " was told of " + family);
                        assertEquals(wanted, mirror.map, node.id + " sees " + family);
                    }
                    if (node.global) {
                        assertEquals(wanted, node.replica.entries(family), node.id + " has " + family);
                    }
                }
            }
        }
    }
}
