package io.messageport.runtime.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What it costs when a node is lost that carried many others. */
@Tag("DB-4")
class WithdrawalsTest {
    private static final int SLAVES = 40;

    private final FakeNetwork net = new FakeNetwork(new SplittableRandom(1));
    private final FakeNode left = net.start("left", true, 0);
    private final FakeNode lost = net.start("lost", true, 0);
    private final List<FakeNode> owners = new ArrayList<>();

    /** So many slaves of the node to be lost, each with an entry. */
    private void owners(int count) {
        net.connect(left, lost);
        for (int i = 0; i < count; i++) {
            FakeNode owner = net.start("owner" + i, false, 0);
            net.connect(owner, lost);
            owner.put("f", owner.id.value(), i);
            owner.put("g", owner.id.value(), i);
            owners.add(owner);
        }
    }

    private FakeNode watcher(String name) {
        FakeNode watcher = net.start(name, false, 0);
        net.connect(watcher, left);
        watcher.watch("f");
        watcher.watch("g");
        return watcher;
    }

    @Test
    void shouldCostEachPeerOneMessageWhenAGlobalNodeIsLost() {
        owners(SLAVES);
        List<FakeNode> watchers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            watchers.add(watcher("watcher" + i));
        }
        net.settle();
        watchers.forEach(watcher -> assertEquals(SLAVES, watcher.mirrors.get("g").map.size()));
        long before = left.sent;
        net.cut(net.wire(left.id, lost.id));
        net.settle();
        watchers.forEach(watcher -> {
            assertEquals(Map.of(), watcher.mirrors.get("f").map);
            assertEquals(Map.of(), watcher.mirrors.get("g").map);
        });
        assertEquals(watchers.size(), left.sent - before);
    }

    @Test
    void shouldSendNoMoreOwnersAtOnceThanMarks() {
        owners(2 * Feeding.MOST_MARKS + 1);
        FakeNode watcher = watcher("watcher");
        net.settle();
        assertEquals(owners.size(), watcher.mirrors.get("f").map.size());
        List<Object[]> sent = new ArrayList<>();
        left.tap = sent::add;
        net.cut(net.wire(left.id, lost.id));
        net.settle();
        assertEquals(Map.of(), watcher.mirrors.get("f").map);
        assertEquals(Map.of(), watcher.mirrors.get("g").map);
        assertEquals(5, sent.size());
        for (Object[] message : sent) {
            int named = 0;
            for (int i = 1; i < message.length; i++) {
                named += ((List<?>) message[i]).size() - 2;
            }
            assertTrue(named <= Feeding.MOST_MARKS, "owners in a message: " + named);
        }
    }

    @Test
    @Tag("DB-1")
    void shouldShowAgainWhatIsCarriedByAnotherInTheSameTurn() {
        owners(3);
        FakeNode watcher = watcher("watcher");
        net.settle();
        FakeNode moved = owners.getFirst();
        // Both ends learn of the loss, and of what comes after it, before anything is sent.
        net.cut(net.wire(left.id, lost.id));
        net.cut(net.wire(moved.id, lost.id));
        net.tell(net.wire(left.id, lost.id), 0);
        net.tell(net.wire(moved.id, lost.id), 0);
        net.tell(net.wire(moved.id, lost.id), 1);
        net.connect(moved, left);
        net.settle();
        assertEquals(Map.of("owner0", 0L), watcher.mirrors.get("f").map);
        assertEquals(Map.of("owner0", 0L), left.replica.entries("g"));
    }
}
