package io.messageport.transport.peer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Message;
import io.messageport.runtime.link.Link;
import io.messageport.transport.wire.Frame;
import io.messageport.transport.wire.Limits;
import java.nio.ByteBuffer;
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
            // Its first parts are on their way, and the next ones wait until these are acknowledged.
            Outbox outbox = ((PeerLink) link).outbox;
            await().until(() -> outbox.held() >= Pace.LEAST);
            assertTrue(link.send("p", new Object[] {"small"}));
            assertTrue(outbox.held() < Pace.LEAST + (1 << 17), "what small ones wait behind");
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
            for (int i = 0; i < 40 && !a.inboxes.getFirst().lost.isDone(); i++) {
                peer.write(part(Frame.PART, i, 50_000, 0, 1));
            }
            peer.drain();
            String reason = a.only().lost.get();
            assertTrue(reason.startsWith("protocol error: messages in parts take more than"), reason);
        }
    }

    @Test
    @Tag("T-3")
    void shouldEndTheConnectionOfAPeerThatAnnouncesALargerMessageThanItMay() throws Exception {
        assertEquals("protocol error: a message announces 65537 bytes, the limit is 65536",
                reasonAfter(part(Frame.PART, 1, 65_536, 0, 1)));
        assertEquals("protocol error: a message announces 2147483648 bytes, the limit is 65536",
                reasonAfter(part(Frame.ARRAY_PART, 1, Integer.MAX_VALUE, Integer.MAX_VALUE, 1)));
    }

    @Test
    @Tag("T-2")
    void shouldEndTheConnectionOfAPeerWhosePartsDoNotMakeAMessage() throws Exception {
        String unfitting = "protocol error: a part of a message that does not follow the one before";
        assertEquals(unfitting, reasonAfter(part(Frame.PART, 1, 10, 0, 1), part(Frame.PART, 1, 10, 0, 1)));
        assertEquals(unfitting, reasonAfter(part(Frame.ARRAY_PART, 1, 10, 1, 1), part(Frame.PART, 1, 9, 0, 1)));
        assertEquals(unfitting, reasonAfter(part(Frame.ARRAY_PART, 1, 10, 4, 1), part(Frame.ARRAY_PART, 1, 9, 4, 1)));
        assertEquals("protocol error: a malformed part of a message", reasonAfter(part(Frame.PART, 1, -1, 0, 1)));
        assertEquals("protocol error: a malformed part of a message", reasonAfter(part(Frame.PART, 1, 0, 0, 0)));
        assertEquals("protocol error: a malformed part of a message", reasonAfter(part(Frame.ARRAY_PART, 1, 3, 4, 1)));
        assertEquals("protocol error: a malformed part of a message", reasonAfter(part(Frame.ARRAY_PART, 1, 3, -1, 1)));
        assertEquals("protocol error: a message without a port name", reasonAfter(frame(Frame.PART, 1, 0, 0x90)));
        assertEquals("protocol error: a byte array beside a message that has no place for it",
                reasonAfter(part(Frame.ARRAY_PART, 1, 2, 0, 1), frame(Frame.PART, 1, 0, 0x91, 0xa0)));
        assertEquals("protocol error: a place for 61441 bytes from beside the message, where 1 came",
                reasonAfter(part(Frame.ARRAY_PART, 1, 7, 0, 1),
                        frame(Frame.PART, 1, 0, 0x92, 0xa0, 0xc6, 0, 0, 0xf0, 1)));
    }

    /** How the link of a peer ends that sends these frames. */
    private String reasonAfter(byte[]... frames) throws Exception {
        try (TestNode a = new TestNode("a", c -> c.messageLimit(1 << 16)).listening();
                RawPeer peer = RawPeer.connect(a.addresses.getFirst(), "b", 1, 1, random)) {
            for (byte[] frame : frames) {
                peer.write(frame);
            }
            peer.drain();
            return a.only().lost.get();
        }
    }

    private static byte[] part(int type, int message, int rest, int array, int size) {
        int fields = type == Frame.PART ? 8 : 12;
        ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER + fields + size);
        frame.putInt(1 + fields + size).put((byte) type).putInt(message).putInt(rest);
        if (type == Frame.ARRAY_PART) {
            frame.putInt(array);
        }
        return frame.array();
    }

    private static byte[] frame(int type, int message, int rest, int... content) {
        byte[] frame = part(type, message, rest, 0, content.length);
        for (int i = 0; i < content.length; i++) {
            frame[frame.length - content.length + i] = (byte) content[i];
        }
        return frame;
    }
}
