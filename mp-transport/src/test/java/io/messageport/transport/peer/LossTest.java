package io.messageport.transport.peer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Message;
import io.messageport.runtime.link.Link;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How links end: in order, once, and with nothing carried by the next one before. */
@Timeout(30)
class LossTest {
    private final Random random = new Random(1);

    @Test
    @Tag("SND-5")
    void shouldCarryNothingOnTheNextLinkBeforeTheLossIsTold() throws Exception {
        try (TestNode a = new TestNode("a").listening();
                TestNode b = new TestNode("b").listening()) {
            a.knows(b);
            a.holdLost = new CountDownLatch(1);
            Link first = a.to(b);
            await().until(() -> a.only().up.isDone());
            b.only().link.close("tired");
            await().until(() -> !first.send("p", new Object[] {"too late"}));
            assertEquals("tired", b.inboxes.getFirst().lost.get());
            Link second = a.to(b);
            assertNotSame(first, second);
            for (int i = 0; i < 10; i++) {
                assertTrue(second.send("p", new Object[] {i}));
            }
            // The peer is ready for the next link; only the loss that is being told holds it back.
            CompletableFuture<Void> up = a.inboxes.get(1).up;
            await().during(300, TimeUnit.MILLISECONDS).until(() -> !up.isDone());
            assertFalse(a.inboxes.get(0).lost.isDone());
            a.holdLost.countDown();
            up.get(5, TimeUnit.SECONDS);
            assertEquals("tired", a.inboxes.get(0).lost.get());
            await().until(() -> b.inboxes.size() == 2 && b.inboxes.get(1).count == 10);
            assertEquals(Message.of(0L), b.inboxes.get(1).messages.getFirst());
            assertEquals(List.of(), a.violations);
            assertEquals(List.of(), b.violations);
        }
    }

    @Test
    @Tag("BND-2")
    @Tag("BND-3")
    @Tag("SND-5")
    void shouldFreeParkedSendersWhenTheLinkIsLost() throws Exception {
        try (TestNode a = new TestNode("a", c -> c.outboundLimit(2000))) {
            a.book.put(io.messageport.NodeId.of("b"), blackHole());
            Link link = a.transport.link(io.messageport.NodeId.of("b"));
            List<Thread> senders = new ArrayList<>();
            List<Boolean> answers = new java.util.concurrent.CopyOnWriteArrayList<>();
            for (int i = 0; i < 5; i++) {
                senders.add(Thread.ofVirtual().start(() -> {
                    while (link.send("p", new Object[] {new byte[400]})) {
                        Thread.onSpinWait();
                    }
                    answers.add(false);
                }));
            }
            PeerLink full = (PeerLink) link;
            await().until(() -> full.outbox.waiting() > 1500);
            await().during(200, TimeUnit.MILLISECONDS).until(answers::isEmpty);
            assertTrue(full.outbox.waiting() <= 2000, "held " + full.outbox.waiting());
            assertTrue(link.sendControl("never parks"));
            link.close("enough");
            for (Thread sender : senders) {
                sender.join();
            }
            assertEquals(5, answers.size());
            assertEquals("enough", a.only().lost.get());
            assertFalse(link.sendControl("x"));
        }
    }

    @Test
    @Tag("T-21")
    void shouldNotDeliverHalfAFrameWhenThePeerResets() throws Exception {
        try (TestNode a = new TestNode("a").listening();
                RawPeer peer = RawPeer.connect(a.addresses.getFirst(), "b", 1, 1, random)) {
            peer.message("p", "whole");
            byte[] frame = RawPeer.frame("p", "half", new byte[1000]);
            peer.write(frame, 0, frame.length - 1);
            await().until(() -> a.only().count == 1);
            peer.reset();
            String reason = a.only().lost.get();
            assertTrue(reason.contains("reset") || reason.contains("closed"), reason);
            assertEquals(1, a.only().count);
        }
    }

    @Test
    @Tag("T-5")
    void shouldReadTheSameWhenBytesComeOneByOne() throws Exception {
        try (TestNode a = new TestNode("a").listening();
                RawPeer peer = RawPeer.connect(a.addresses.getFirst(), "b", 1, 1, random)) {
            byte[] frame = RawPeer.frame("p", "one", 2, List.of("three"));
            for (byte b : frame) {
                peer.write(new byte[] {b});
            }
            byte[] both = Arrays.copyOf(frame, frame.length * 2);
            System.arraycopy(frame, 0, both, frame.length, frame.length);
            peer.write(both);
            await().until(() -> a.only().count == 3);
            assertEquals(1, a.only().messages.stream().distinct().count());
        }
    }

    @Test
    @Tag("T-2")
    void shouldEndTheConnectionAndSayWhyWhenThePeerBreaksTheProtocol() throws Exception {
        try (TestNode a = new TestNode("a").listening();
                RawPeer peer = RawPeer.connect(a.addresses.getFirst(), "b", 1, 1, random)) {
            peer.write(new byte[] {0, 0, 0, 2, 1, (byte) 0xc1});
            peer.drain();
            assertEquals("protocol error: a message begins with byte 0xc1 instead of a list", a.only().lost.get());
        }
    }

    @Test
    void shouldDeliverTheLastMessagesAndTheTextWhenThePeerSaysGoodbye() throws Exception {
        try (TestNode a = new TestNode("a").listening();
                RawPeer peer = RawPeer.connect(a.addresses.getFirst(), "b", 1, 1, random)) {
            byte[] last = RawPeer.frame("p", "last");
            byte[] bye = RawPeer.goodbye("going home\u001b[0m");
            byte[] both = Arrays.copyOf(last, last.length + bye.length);
            System.arraycopy(bye, 0, both, last.length, bye.length);
            peer.write(both);
            assertEquals("going home.[0m", a.only().lost.get());
            assertEquals(1, a.only().count);
        }
    }

    @Test
    @Tag("SND-5")
    @Tag("CON-3")
    void shouldEndTheOldLinkFirstWhenThePeerComesWithAnotherOne() throws Exception {
        // Node a decides over b; y, which decides, accepts the socket of z.
        for (String id : List.of("a", "z")) {
            try (TestNode node = new TestNode(id).listening();
                    RawPeer one = RawPeer.connect(node.addresses.getFirst(), "m", 1, 1, random)) {
                one.message("p", 1);
                await().until(() -> node.only().count == 1);
                try (RawPeer two = RawPeer.connect(node.addresses.getFirst(), "m", 1, 2, random)) {
                    assertTrue(two.isAccepted());
                    two.message("p", 2);
                    await().until(() -> node.inboxes.size() == 2 && node.inboxes.get(1).count == 1);
                    assertEquals("switched connections", node.inboxes.get(0).lost.getNow("not told"));
                    assertEquals(List.of(), node.violations);
                }
            }
        }
    }

    @Test
    void shouldOutliveAHandlerThatThrows() throws Exception {
        try (TestNode a = new TestNode("a").listening();
                RawPeer peer = RawPeer.connect(a.addresses.getFirst(), "b", 1, 1, random)) {
            a.onMessage = (inbox, message) -> {
                throw new IllegalStateException("a kernel with a fault");
            };
            peer.message("p", 1);
            peer.drain();
            await().until(() -> a.inboxes.getFirst().link instanceof PeerLink link && link.isLost());
        }
    }

    /** An address that takes connections and never answers. */
    private static List<String> blackHole() throws IOException {
        java.nio.channels.ServerSocketChannel server = java.nio.channels.ServerSocketChannel.open();
        server.bind(new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0));
        return List.of(Addresses.text((java.net.InetSocketAddress) server.getLocalAddress()));
    }
}
