package io.messageport.transport.peer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Message;
import io.messageport.runtime.link.Link;
import io.messageport.transport.wire.Frame;
import io.messageport.transport.wire.FrameWriter;
import io.messageport.transport.wire.Limits;
import io.messageport.transport.wire.WireBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages of any size up to the limit, in parts that let others pass. */
@Timeout(120)
class LargeMessagesTest {
    private final Random random = new Random(3);

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    @Tag("SND-4")
    void shouldArriveWholeAndInOrderWhateverTheirSize() {
        try (TestNode a = new TestNode("a").listening();
                TestNode b = new TestNode("b")) {
            Link link = b.knows(a).to(a);
            List<byte[]> sent = new ArrayList<>();
            for (int size : new int[] {0, Limits.PART - 9, Limits.PART - 8, Limits.PART - 7, Limits.PART - 6, 3 << 16,
                9,
                5_000_000, 1, Limits.PART * 2 - 7, Limits.PART * 2}) {
                sent.add(bytes(size));
                assertTrue(link.send("p", new Object[] {sent.getLast()}));
            }
            assertEquals(Link.Offer.TAKEN, link.trySend("p", new Object[] {sent.get(5)}));
            assertTrue(link.sendControl(sent.get(7)));
            sent.add(sent.get(5));
            sent.add(sent.get(7));
            await().until(() -> a.inboxes.size() == 1 && a.only().count == sent.size());
            for (int i = 0; i < sent.size(); i++) {
                assertArrayEquals(sent.get(i), a.only().messages.get(i).bytes(0), "message " + i);
            }
        }
    }

    @Test
    @Tag("SND-4")
    @Tag("T-30")
    void shouldLetASmallMessagePassALargeOneOfAnotherSender() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        try (TestNode a = new TestNode("a").listening();
                TestNode b = new TestNode("b")) {
            a.record = false;
            a.onMessage = (inbox, m) -> {
                order.add(m.string(0));
                if (m.string(0).equals("hold")) {
                    awaitQuietly(hold);
                }
            };
            Link link = b.knows(a).to(a);
            assertTrue(link.send("p", new Object[] {"hold"}));
            await().until(() -> order.size() == 1);
            Thread large = Thread.ofVirtual().start(() -> {
                boolean unused = link.send("p", new Object[] {"large", new byte[30 << 20]})
                        && link.send("p", new Object[] {"after the large one"});
            });
            // Its first parts fill the sockets, and the next ones wait.
            await().until(() -> ((PeerLink) link).outbox.waiting() > Limits.PART);
            assertTrue(link.send("p", new Object[] {"small"}));
            assertTrue(((PeerLink) link).outbox.waiting() < 1 << 18, "what small ones wait behind");
            hold.countDown();
            large.join();
            await().atMost(Duration.ofSeconds(30)).until(() -> order.size() == 4);
            assertEquals(List.of("hold", "small", "large", "after the large one"), order);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @Tag("SND-1")
    @Tag("T-4")
    void shouldBeRefusedAtTheSenderBeyondTheLimitOfEitherSide() {
        try (TestNode a = new TestNode("a", c -> c.messageLimit(1 << 20)).listening();
                TestNode b = new TestNode("b")) {
            Link link = b.knows(a).to(a);
            await().until(() -> b.only().up.isDone());
            IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
                    () -> link.send("p", new Object[] {new byte[1 << 20]}));
            assertTrue(refused.getMessage().contains("the limit is 1048576 (messageLimit"), refused.getMessage());
            assertTrue(link.send("p", new Object[] {new byte[(1 << 20) - 20]}));
            await().until(() -> a.inboxes.size() == 1 && a.only().count == 1);
        }
    }

    @Test
    void shouldTakeTurnsWhenTheyWouldTakeMoreThanThePeerHolds() throws Exception {
        try (TestNode a = new TestNode("a", c -> c.messageLimit(4 << 20)).listening();
                TestNode b = new TestNode("b")) {
            List<Message> arrived = new CopyOnWriteArrayList<>();
            a.record = false;
            a.onMessage = (inbox, m) -> arrived.add(m);
            Link link = b.knows(a).to(a);
            await().until(() -> b.only().up.isDone());
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int sender = i;
                senders.add(Thread.ofVirtual().start(() -> {
                    for (int n = 0; n < 5; n++) {
                        boolean unused = sender == 0
                                ? link.sendControl(sender, n, new byte[3 << 20])
                                : link.send("p", new Object[] {sender, n, new byte[3 << 20]});
                    }
                }));
            }
            for (Thread sender : senders) {
                sender.join();
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> arrived.size() == 40);
            for (int i = 0; i < 8; i++) {
                int sender = i;
                assertEquals(List.of(0, 1, 2, 3, 4),
                        arrived.stream().filter(m -> m.intValue(0) == sender).map(m -> m.intValue(1)).toList());
            }
        }
    }

    @Test
    @Tag("T-3")
    void shouldEndTheConnectionOfAPeerThatBeginsMoreThanItMay() throws Exception {
        try (TestNode a = new TestNode("a", c -> c.messageLimit(1 << 16)).listening();
                RawPeer peer = RawPeer.connect(a.addresses.getFirst(), "b", 1, 1, random)) {
            WireBuffer whole = WireBuffer.ofCapacity(1);
            FrameWriter.goodbye(whole, "x");
            WireBuffer message = WireBuffer.ofCapacity(1 << 17);
            while (message.size() < 1 << 17) {
                message.append(whole);
            }
            for (int i = 0; i < 40 && !a.inboxes.getFirst().lost.isDone(); i++) {
                WireBuffer part = WireBuffer.ofCapacity(Limits.FRAME);
                int unused = FrameWriter.part(part, i, message, Frame.HEADER);
                peer.write(part.toByteArray());
            }
            peer.drain();
            String reason = a.only().lost.get();
            assertTrue(reason.startsWith("protocol error: messages in parts take more than"), reason);
        }
    }
}
