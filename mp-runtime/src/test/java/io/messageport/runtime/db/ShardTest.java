package io.messageport.runtime.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.NodeId;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Families that come and go. */
class ShardTest {
    private static void churn(Shard shard, int families) {
        for (int i = 0; i < families; i++) {
            boolean set = shard.apply(new Change(shard.nextNumber(), 1, "room_" + i, "k", "v", 1));
            boolean gone = shard.apply(Change.deletion(shard.nextNumber(), "room_" + i, "k"));
            assertTrue(set && gone);
        }
    }

    @Test
    void shouldForgetFamiliesOfWhichNothingIsLeft() {
        Shard shard = new Shard(NodeId.of("owner"), 1);
        churn(shard, 5 * Shard.MOST_DELETIONS);
        assertEquals(Shard.MOST_DELETIONS, shard.families().size());
        assertEquals(0, shard.size());
        assertEquals(shard.families(), shard.copy().families());
    }

    @Test
    void shouldKnowThatWhoeverIsBehindMayHaveMissedDeletionsOfAForgottenFamily() {
        Shard shard = new Shard(NodeId.of("owner"), 1);
        boolean unused = shard.apply(new Change(1, 1, "f", "k", "v", 1));
        boolean ignored = shard.apply(Change.deletion(2, "f", "k"));
        churn(shard, 2 * Shard.MOST_DELETIONS);
        assertTrue(!shard.families().contains("f"));
        assertTrue(shard.horizon("f") >= 2, "horizon: " + shard.horizon("f"));
        assertTrue(shard.copy().horizon("f") >= 2);
        boolean again = shard.apply(new Change(shard.nextNumber(), 1, "f", "other", "v", 1));
        assertTrue(again && shard.horizon("f") >= 2, "horizon: " + shard.horizon("f"));
    }

    @Test
    void shouldTellAPlainNodeThatWasAwayOfAFamilyThatIsForgotten() {
        FakeNetwork net = new FakeNetwork(new SplittableRandom(1));
        FakeNode global = net.start("g", true, 0);
        FakeNode plain = net.start("p", false, 0);
        net.connect(plain, global);
        FakeNode.Mirror mirror = plain.watch("f");
        global.put("f", "k", "v");
        net.settle();
        net.cut(net.wire(plain.id, global.id));
        net.settle();
        global.delete("f", "k");
        for (int i = 0; i < 2 * Shard.MOST_DELETIONS; i++) {
            global.put("room_" + i, "k", "v");
            global.delete("room_" + i, "k");
        }
        net.settle();
        assertEquals(Map.of("k", "v"), mirror.map, "what it knew last");
        net.connect(plain, global);
        net.settle();
        assertEquals(Map.of(), mirror.map);
    }
}
