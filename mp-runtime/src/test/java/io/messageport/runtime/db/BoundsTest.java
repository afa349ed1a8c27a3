package io.messageport.runtime.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Database;
import io.messageport.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How much of the database there can be, and that nothing is lost below that. */
class BoundsTest {
    private static final int MANY = Database.MOST_ENTRIES;

    private final FakeNetwork net = new FakeNetwork(new SplittableRandom(1));
    private final FakeNode global = net.start("g", true, 10_000_000_000L);

    private FakeNode owner(String keys, int count) {
        FakeNode owner = net.start("p", false, 0);
        for (int i = 0; i < count; i++) {
            owner.put("f", keys + i, "v");
        }
        net.connect(owner, global);
        net.settle();
        return owner;
    }

    @Test
    @Tag("DB-4")
    void shouldTakeAllThatTheNextLifeOfANodeHasWhileTheFormerIsInSight() {
        FakeNode first = owner("a", MANY * 3 / 4);
        assertEquals(MANY * 3 / 4, global.replica.entries("f").size());
        net.crash(first);
        net.settle();
        assertEquals(MANY * 3 / 4, global.replica.entries("f").size(), "for the grace");
        FakeNode second = owner("b", MANY * 3 / 4);
        assertEquals(MANY * 3 / 4, global.replica.entries("f").size());
        assertEquals(second.replica.entries("f").keySet(), global.replica.entries("f").keySet());
        assertEquals(List.of(), global.refused);
    }

    @Test
    void shouldTakeChangesOfANodeThatHasTheMost() {
        FakeNode owner = owner("a", MANY);
        owner.put("f", "a7", "changed");
        // On its way in this order: the one that comes is told before the one that went and came back.
        owner.delete("f", "a0");
        owner.delete("f", "a1");
        owner.put("f", "new", "v");
        owner.put("f", "a0", "back");
        net.settle();
        assertEquals("changed", global.replica.entries("f").get("a7"));
        assertEquals(owner.replica.entries("f"), global.replica.entries("f"));
        assertEquals(MANY, global.replica.entries("f").size());
    }

    @Test
    @Tag("T-16")
    void shouldNotTakeMoreOwnersOrBytesThanOneSourceMayTellOf() {
        FakeNode liar = net.start("liar", true, 0);
        net.connect(liar, global);
        net.settle();
        for (int i = 0; i < Holdings.MOST_OWNERS + 10; i++) {
            global.received(liar.id, "dbh", NodeId.of("ghost" + i), 1L, 1L);
        }
        net.settle();
        // Its own shard is one of them.
        assertEquals(11, global.refused.size(), global.refused::toString);
        assertEquals("liar told of more than 10000 nodes", global.refused.getFirst());
        global.refused.clear();
        List<Object> change = new ArrayList<>(List.of(0L, 1L, "f", "k", "v".repeat(65_000)));
        int rounds = 0;
        for (int owner = 0; global.refused.isEmpty() && owner < 10; owner++) {
            for (long from = 0; from < 1_000 && global.refused.isEmpty(); from += 100) {
                Object[] message = new Object[109];
                System.arraycopy(new Object[] {"dbd", "", NodeId.of("ghost" + owner), 1L, from + 100, 0L, 2, from, 1},
                        0,
                        message, 0, 9);
                for (int i = 0; i < 100; i++) {
                    change.set(0, from + i + 1);
                    change.set(3, "k" + from + i);
                    message[9 + i] = new ArrayList<>(change);
                }
                global.received(liar.id, message);
                net.settle();
                rounds++;
            }
        }
        assertEquals(List.of("liar brought more of the database than there is room for"), global.refused);
        assertTrue(rounds > 20 && rounds < 50, "rounds of 6.5 MB: " + rounds);
        assertEquals(1_000, global.replica.entries("f").size(), "all owners have set the same keys");
        net.cut(net.wire(liar.id, global.id));
        net.settle();
        net.advance(11_000_000_000L);
        net.settle();
        assertEquals(Map.of(), global.replica.entries("f"));
    }
}
