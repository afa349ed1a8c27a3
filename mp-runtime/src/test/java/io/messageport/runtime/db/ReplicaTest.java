package io.messageport.runtime.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Database;
import io.messageport.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Single histories of replicas alone, and what they cost. */
class ReplicaTest {
    private static final long SECOND = 1_000_000_000L;

    private final FakeNetwork net = new FakeNetwork(new SplittableRandom(1));

    private FakeNode global(String name, long graceNanos) {
        return net.start(name, true, graceNanos);
    }

    private FakeNode plain(String name, FakeNode... masters) {
        FakeNode node = net.start(name, false, 0);
        for (FakeNode master : masters) {
            net.connect(node, master);
        }
        return node;
    }

    private void settle() {
        net.settle();
    }

    private void lose(FakeNode one, FakeNode other) {
        net.cut(net.wire(one.id, other.id));
        settle();
    }

    private static Set<String> keys(FakeNode node, String family) {
        return node.replica.entries(family).keySet();
    }

    @Test
    @Tag("DB-1")
    @Tag("DB-4")
    void shouldBeSeenEverywhereUntilTheOwnerIsGone() {
        FakeNode g = global("g", 0);
        FakeNode h = global("h", 0);
        net.connect(g, h);
        FakeNode p = plain("p", g);
        FakeNode q = plain("q", h);
        FakeNode.Mirror mirror = q.watch("f");
        p.put("f", "k", "v");
        settle();
        assertEquals(Map.of("k", "v"), mirror.map);
        assertEquals(Map.of("k", "v"), h.replica.entries("f"));
        lose(p, g);
        assertEquals(Map.of(), mirror.map);
        assertEquals(Map.of(), h.replica.entries("f"));
    }

    @Test
    @Tag("DB-3")
    void shouldShowTheNextWhenTheWinnerIsDeleted() {
        FakeNode g = global("g", 0);
        FakeNode p = plain("p", g);
        FakeNode q = plain("q", g);
        p.put("f", "k", "p");
        q.put("f", "k", "q");
        FakeNode.Mirror atP = p.watch("f");
        FakeNode.Mirror atQ = q.watch("f");
        settle();
        assertEquals(Map.of("k", "q"), atP.map, "equal versions: the greater owner");
        assertEquals(Map.of("k", "q"), atQ.map);
        p.put("f", "k", "p again");
        settle();
        assertEquals(Map.of("k", "p again"), atQ.map, "set later, and known to be");
        p.delete("f", "k");
        settle();
        assertEquals(Map.of("k", "q"), atP.map);
        assertEquals(Map.of("k", "q"), g.replica.entries("f"));
    }

    @Test
    @Tag("DB-4")
    void shouldStayInSightForTheGraceWhenTheOwnerComesBack() {
        FakeNode g = global("g", 2 * SECOND);
        FakeNode h = global("h", 2 * SECOND);
        net.connect(g, h);
        FakeNode p = plain("p", g);
        FakeNode.Mirror mirror = h.watch("f");
        p.put("f", "k", "v");
        settle();
        lose(p, g);
        assertEquals(Map.of("k", "v"), mirror.map);
        net.connect(p, h);
        settle();
        int calls = mirror.calls;
        net.advance(10 * SECOND);
        settle();
        assertEquals(Map.of("k", "v"), mirror.map);
        assertEquals(calls, mirror.calls);
        lose(p, h);
        net.advance(3 * SECOND);
        settle();
        assertEquals(Map.of(), mirror.map);
        assertEquals(Map.of(), g.replica.entries("f"));
    }

    @Test
    @Tag("DB-8")
    @Tag("DB-1")
    void shouldTellTheDifferenceAtOnceWhenTheMasterChanges() {
        FakeNode g = global("g", 0);
        FakeNode h = global("h", 0);
        net.connect(g, h);
        FakeNode p = plain("p", g, h);
        FakeNode q = plain("q", h);
        FakeNode.Mirror mirror = p.watch("f");
        g.put("f", "of g", 1);
        for (int i = 0; i < 600; i++) {
            q.put("f", "k" + i, i);
        }
        settle();
        assertEquals(601, mirror.map.size());
        int calls = mirror.calls;
        lose(g, h);
        q.put("f", "new", 1);
        settle();
        lose(p, g);
        assertEquals(h.id, p.master);
        assertEquals(601, mirror.map.size());
        assertTrue(mirror.map.containsKey("new") && !mirror.map.containsKey("of g"));
        assertTrue(mirror.calls <= calls + 2, "calls: " + (mirror.calls - calls));
    }

    @Test
    @Tag("DB-1")
    @Tag("DB-7")
    void shouldAskTheNextMasterWhatTheFormerHasNotAnswered() {
        FakeNode g = global("g", 0);
        FakeNode h = global("h", 0);
        FakeNode p = plain("p", g);
        settle();
        h.put("f", "k", "v");
        List<Object> answers = new ArrayList<>();
        p.events.add(() -> p.replica.ask("f", answers::add));
        p.step(true);
        net.connect(p, h);
        lose(p, g);
        assertEquals(h.id, p.master);
        assertEquals(List.of(Map.of("k", "v")), answers);
    }

    @Test
    void shouldCostWhatIsDifferentWhenAConnectionIsMade() {
        FakeNode g = global("g", 0);
        FakeNode h = global("h", 0);
        net.connect(g, h);
        FakeNode p = plain("p", g);
        for (int i = 0; i < 5_000; i++) {
            p.put("f", "k" + i, i);
        }
        settle();
        assertTrue(g.sent >= 5_000 / Delta.MOST_CHANGES, "sent: " + g.sent);
        lose(g, h);
        p.put("f", "k7", "changed");
        p.delete("f", "k8");
        settle();
        long sent = g.sent;
        List<Object[]> seen = new ArrayList<>();
        g.tap = seen::add;
        net.connect(g, h);
        settle();
        assertEquals(4_999, keys(h, "f").size());
        assertEquals("changed", h.replica.entries("f").get("k7"));
        assertTrue(g.sent - sent <= 5, "sent: " + (g.sent - sent));
        long values = seen.stream().mapToLong(message -> message.length).sum();
        assertTrue(values < 60, "values sent: " + values + " " + seen.stream().map(Arrays::toString).toList());
    }

    @Test
    void shouldTellAllAnewWhenTooManyDeletionsWereMissed() {
        FakeNode g = global("g", 0);
        FakeNode h = global("h", 0);
        net.connect(g, h);
        FakeNode.Mirror mirror = h.watch("f");
        for (int i = 0; i < 3 * Shard.MOST_DELETIONS; i++) {
            g.put("f", "k" + i, i);
        }
        settle();
        lose(g, h);
        for (int i = 0; i < 2 * Shard.MOST_DELETIONS; i++) {
            g.delete("f", "k" + i);
        }
        settle();
        net.connect(g, h);
        settle();
        assertEquals(Shard.MOST_DELETIONS, keys(h, "f").size());
        assertEquals(g.replica.entries("f"), mirror.map);
    }

    @Test
    void shouldTellOnlyThoseWhoWantToKnow() {
        FakeNode g = global("g", 0);
        FakeNode p = plain("p", g);
        List<FakeNode> others = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            others.add(plain("q" + i, g));
        }
        others.get(0).watch("f");
        others.get(1).watch("f");
        others.get(2).watch("other");
        settle();
        long sent = g.sent;
        p.put("f", "k", 1);
        settle();
        assertEquals(2, g.sent - sent);
        others.get(0).unwatch("f");
        settle();
        p.put("f", "k", 2);
        settle();
        assertEquals(3, g.sent - sent);
    }

    @Test
    void shouldKeepWhatIsUnderWayBounded() {
        FakeNode g = global("g", 0);
        FakeNode p = plain("p", g);
        p.watch("f");
        settle();
        for (int i = 0; i < 20_000; i++) {
            g.put("f", "k" + i, "v");
        }
        while (!g.events.isEmpty()) {
            g.step(true);
        }
        FakeNetwork.Wire wire = net.wire(g.id, p.id);
        long waiting = wire.queues.get(wire.endOf(p.id)).stream().mapToLong(message -> message.length - 9).sum();
        assertTrue(waiting <= Flow.WINDOW, "under way: " + waiting);
        settle();
        assertEquals(20_000, p.mirrors.get("f").map.size());
    }

    @Test
    @Tag("DB-1")
    void shouldKeepWhatItKnowsWhenItBecomesGlobal() {
        FakeNode g = global("g", 0);
        FakeNode p = plain("p", g);
        FakeNode.Mirror mirror = p.watch("f");
        g.put("f", "k", "v");
        settle();
        int calls = mirror.calls;
        net.promote(p);
        settle();
        net.advance(20 * SECOND);
        settle();
        assertEquals(Map.of("k", "v"), mirror.map);
        assertEquals(calls, mirror.calls, "nothing has changed");
        lose(p, g);
        assertEquals(Map.of(), mirror.map);
    }

    /** Seed 2594 of the whole nodes: the grace of what a plain node had learned ended on a node that was global by then. */
    @Test
    @Tag("DB-4")
    void shouldGoOnShowingAnOwnerThatCameBackWhenItsGraceEndsAfterAPromotion() {
        FakeNode g = global("g", 0);
        FakeNode p = net.start("p", false, 2 * SECOND);
        net.connect(p, g);
        FakeNode q = plain("q", g);
        q.put("f", "k", "v");
        FakeNode.Mirror mirror = p.watch("f");
        settle();
        net.cut(net.wire(p.id, g.id));
        lose(q, g);
        net.connect(p, g);
        settle();
        assertEquals(Map.of("k", "v"), mirror.map, "for the grace");
        net.promote(p);
        net.connect(q, g);
        settle();
        net.advance(3 * SECOND);
        settle();
        assertEquals(Map.of("k", "v"), mirror.map, "it is back");
        assertEquals(Map.of("k", "v"), p.replica.entries("f"));
    }

    @Test
    @Tag("T-16")
    void shouldRefuseWhatAPeerSaysOfOthers() {
        FakeNode g = global("g", 0);
        FakeNode p = plain("p", g);
        FakeNode q = plain("q", g);
        q.put("f", "k", "q's own");
        settle();
        NodeId owner = q.id;
        for (Object[] forged : List.of(
                new Object[] {"dbh", owner, 1L, 5L},
                new Object[] {"dbd", "", owner, 1L, 5L, 0L, 2, 0L, 1, List.of(5L, 99L, "f", "k", "forged")},
                new Object[] {"dbx", List.of("", 0L, owner)},
                new Object[] {"dbh", g.id, 1L, 5L},
                new Object[] {"dbx", List.of("", 0L, g.id)},
                new Object[] {"nonsense"},
                new Object[] {"dbh", "not", "marks"},
                new Object[] {"dbd", "f"},
                new Object[] {"dbw", "1f", 1L, true})) {
            g.received(p.id, forged);
        }
        settle();
        assertEquals(Map.of("k", "q's own"), g.replica.entries("f"));
        assertEquals(9, g.refused.size(), g.refused.toString());
        p.put("f", "mine", 1);
        settle();
        assertEquals(Set.of("k", "mine"), keys(g, "f"));
    }

    @Test
    @Tag("T-16")
    void shouldRefuseEntriesThatNobodyCanHave() {
        FakeNode g = global("g", 0);
        FakeNode p = plain("p", g);
        settle();
        g.received(p.id, "dbh", p.id, 77L, 9L);
        settle();
        for (List<Object> change : List.<List<Object>>of(
                List.of(1L, Long.MAX_VALUE, "f", "k", "v"),
                List.of(1L, 1L, "1f", "k", "v"),
                List.of(1L, 1L, Database.NODES, "q", List.of("q:1")),
                List.of(1L, 0L, Database.GLOBALS, "q"),
                List.of(1L, 1L, "f", "", "v"),
                List.of(1L, 1L, "f", "k", new byte[70_000]),
                List.of(-1L, 1L, "f", "k", "v"),
                List.of(1L))) {
            g.received(p.id, "dbd", "", p.id, 77L, 9L, 0L, 2, 0L, 1, change);
        }
        settle();
        assertEquals(Map.of(), g.replica.entries("f"));
        assertEquals(8, g.refused.size(), g.refused.toString());
        g.received(p.id, "dbd", "", p.id, 77L, 9L, 0L, 2, 0L, 1, List.of(1L, 1L, Database.NODES, "p", List.of("p:1")));
        settle();
        assertEquals(Map.of("p", List.of("p:1")), g.replica.entries(Database.NODES));
    }
}
