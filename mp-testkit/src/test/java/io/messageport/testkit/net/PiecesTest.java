package io.messageport.testkit.net;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.runtime.link.Link;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What links in memory are made of. */
class PiecesTest {
    private static byte[] bytes(int value) {
        return new byte[] {(byte) value};
    }

    @Test
    void shouldPutPiecesInOrderAndIgnoreDoubledOnes() {
        Sequence sequence = new Sequence();
        assertTrue(sequence.add(1, bytes(1)));
        assertFalse(sequence.add(1, bytes(9)));
        assertNull(sequence.poll());
        assertEquals(1, sequence.waiting());
        assertTrue(sequence.add(0, bytes(0)));
        assertArrayEquals(bytes(0), sequence.poll());
        assertArrayEquals(bytes(1), sequence.poll());
        assertFalse(sequence.add(0, bytes(9)));
        assertNull(sequence.poll());
        assertEquals(2, sequence.next());
    }

    @Test
    void shouldTellADamagedPieceWhicheverBitIsFlipped() {
        Packet.Piece piece = Packet.Piece.of(1, 2, 3, new byte[] {5, 6, 7});
        assertTrue(piece.isSound());
        for (int bit = 0; bit < 8 * piece.size(); bit++) {
            assertFalse(piece.damaged(bit).isSound());
        }
        assertArrayEquals(new byte[] {5, 6, 7}, piece.bytes());
    }

    @Test
    @Tag("BND-2")
    void shouldParkWhenFullAndGoOnInOrderWhenThereIsRoom() throws Exception {
        Budget budget = new Budget(10, Courier.realTime());
        assertTrue(budget.take(8));
        List<Integer> taken = new CopyOnWriteArrayList<>();
        CompletableFuture<Boolean> parked = take(budget, 5, taken);
        assertEquals(Link.Offer.FULL, budget.tryTake(1));
        budget.force(100);
        assertEquals(108, budget.used());
        assertFalse(parked.isDone());
        budget.give(100);
        budget.give(8);
        assertTrue(parked.get());
        assertEquals(Link.Offer.TAKEN, budget.tryTake(5));
        assertEquals(List.of(5), taken);
    }

    @Test
    @Tag("BND-2")
    void shouldFreeWhoIsParkedWhenTheLinkEnds() throws Exception {
        Budget budget = new Budget(10, Courier.realTime());
        assertTrue(budget.take(50));
        CompletableFuture<Boolean> parked = take(budget, 1, new CopyOnWriteArrayList<>());
        budget.end();
        assertFalse(parked.get());
        assertFalse(budget.take(1));
        assertEquals(Link.Offer.LOST, budget.tryTake(1));
    }

    /** On a thread that is parked when this returns. */
    private static CompletableFuture<Boolean> take(Budget budget, int bytes, List<Integer> taken) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            boolean got = budget.take(bytes);
            taken.add(bytes);
            result.complete(got);
        });
        await().until(() -> thread.getState() == Thread.State.WAITING);
        return result;
    }

    @Test
    void shouldRunTasksInTheOrderInWhichTheyAreDueAndThenGiven() throws Exception {
        Courier.Lane lane = Courier.realTime().lane("test");
        List<String> ran = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> last = new CompletableFuture<>();
        lane.run(0, () -> {
            lane.run(60_000_000, () -> last.complete(null));
            lane.run(30_000_000, () -> ran.add("later"));
            lane.run(0, () -> ran.add("first"));
            lane.run(0, () -> ran.add("second"));
            lane.run(0, () -> {
                throw new IllegalStateException("a task that fails keeps no other from running");
            });
        });
        awaitDone(last);
        assertEquals(List.of("first", "second", "later"), ran);
        lane.close();
        lane.run(0, () -> ran.add("never"));
        assertEquals(3, ran.size());
    }

    private static void awaitDone(CompletableFuture<Void> future) throws InterruptedException, ExecutionException {
        future.get();
    }
}
