package io.messageport.transport.peer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.runtime.link.Link;
import io.messageport.transport.wire.FrameWriter;
import io.messageport.transport.wire.WireBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A link outlives its sockets: nothing is lost, nothing comes twice, and nobody hears of it. */
@Tag("CON-5")
@Timeout(120)
class ResumeTest {
    private static final int CUTS = Integer.getInteger("messageport.test.cuts", 150);

    private static void cut(Link link) {
        PeerLink cut = (PeerLink) link;
        if (cut.connection() != null) {
            cut.connection().close();
        }
    }

    private static void checkOrder(TestNode node) {
        AtomicLong next = new AtomicLong();
        node.record = false;
        node.onMessage = (inbox, message) -> {
            long expected = next.getAndIncrement();
            if (message.longValue(0) != expected) {
                node.violations.add("expected " + expected + ", got " + message);
            }
            if (message.size() > 2 && !Arrays.equals(bytes(expected), message.bytes(2))) {
                node.violations.add("other bytes in " + message);
            }
        };
    }

    /** Every now and then several parts, each byte of which is in its place only there. */
    private static byte[] bytes(long number) {
        byte[] bytes = new byte[number % 500 == 0 ? 700_000 : 9];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (number + i + (i >> 8) + (i >> 16));
        }
        return bytes;
    }

    @Test
    @Tag("SND-5")
    void shouldLoseNothingWhenSocketsAreCutUnderLoadInBothDirections() throws Exception {
        // The first of the two decides, so each side is cut in both roles.
        try (TestNode a = new TestNode("a").listening();
                TestNode b = new TestNode("b").listening()) {
            a.knows(b);
            b.knows(a);
            checkOrder(a);
            checkOrder(b);
            Link there = a.to(b);
            await().until(() -> b.inboxes.size() == 1 && b.only().up.isDone());
            Link back = b.only().link;
            long[] sent = new long[2];
            boolean[] stop = new boolean[1];
            Thread one = Thread.ofPlatform().start(() -> sent[0] = sendUntil(stop, there));
            Thread two = Thread.ofPlatform().start(() -> sent[1] = sendUntil(stop, back));
            Random random = new Random(12);
            for (int i = 0; i < CUTS; i++) {
                LockSupport.parkNanos(random.nextInt(10_000_000));
                cut(random.nextBoolean() ? there : back);
            }
            stop[0] = true;
            one.join();
            two.join();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertEquals(List.of(sent[0], sent[1]), List.of(b.only().count, a.only().count)));
            assertEquals(List.of(), a.violations);
            assertEquals(List.of(), b.violations);
            assertFalse(a.only().lost.isDone() || b.only().lost.isDone());
            await().untilAsserted(
                    () -> assertEquals(0, ((PeerLink) there).outbox.held() + ((PeerLink) back).outbox.held()));
        }
    }

    private static long sendUntil(boolean[] stop, Link link) {
        long next = 0;
        while (!stop[0]) {
            assertTrue(
                    link.send("p", new Object[] {next, "some more bytes", bytes(next)}));
            next++;
            LockSupport.parkNanos(1000);
        }
        return next;
    }

    @Test
    void shouldGoOnWhenOnlyOneSideCanDial() {
        for (String dialing : List.of("a", "z")) {
            try (TestNode listens = new TestNode("m").listening();
                    TestNode dials = new TestNode(dialing)) {
                dials.knows(listens);
                checkOrder(listens);
                checkOrder(dials);
                Link there = dials.to(listens);
                await().until(() -> listens.inboxes.size() == 1 && listens.only().up.isDone());
                Link back = listens.only().link;
                for (long i = 0; i < 30; i++) {
                    assertTrue(there.send("p", new Object[] {i}) && back.send("p", new Object[] {i}));
                    cut(i % 2 == 0 ? there : back);
                }
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> listens.only().count == 30 && dials.only().count == 30);
                assertEquals(List.of(), listens.violations);
                assertEquals(List.of(), dials.violations);
            }
        }
    }

    @Test
    @Tag("SND-5")
    void shouldBeLostOnBothSidesWhenTheWindowIsOver() {
        try (TestNode a = new TestNode("a", c -> c.resumeWindow(Duration.ofMillis(300))).listening();
                TestNode b = new TestNode("b", c -> c.resumeWindow(Duration.ofMillis(300)))) {
            b.knows(a);
            Link link = b.to(a);
            await().until(() -> a.inboxes.size() == 1 && a.only().up.isDone() && b.only().up.isDone());
            b.book.clear();
            ((PeerLink) link).connection().forgetAddress();
            cut(link);
            assertTrue(link.send("p", new Object[] {"waits"}));
            String reason = b.only().lost.orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join();
            assertTrue(reason.endsWith("it did not go on within PT0.3S"), reason);
            assertTrue(a.only().lost.join().endsWith("it did not go on within PT0.3S"));
            assertFalse(link.send("p", new Object[] {"too late"}));
            assertEquals(0, a.only().count);
        }
    }

    @Test
    void shouldEndAtOnceWhenThePeerDoesNotKnowTheConnection() {
        for (String forgetful : List.of("a", "z")) {
            try (TestNode m = new TestNode("m").listening();
                    TestNode other = new TestNode(forgetful).listening()) {
                m.knows(other);
                other.knows(m);
                Link link = m.to(other);
                await().until(() -> other.inboxes.size() == 1 && other.only().up.isDone() && m.only().up.isDone());
                // It loses the link without a goodbye, as if its window were over first.
                ((PeerLink) other.only().link).lose("forgotten");
                assertNotEquals("", m.only().lost.orTimeout(4, java.util.concurrent.TimeUnit.SECONDS).join());
                Link next = m.to(other);
                assertTrue(next.send("p", new Object[] {1}));
                await().untilAsserted(() -> assertTrue(other.inboxes.stream().anyMatch(inbox -> inbox.count == 1),
                        () -> m.inboxes.size() + " links, " + m.inboxes.getLast() + " and " + other.inboxes.getLast()));
                assertEquals(2, m.inboxes.size(), m.inboxes::toString);
                assertEquals(List.of(), m.violations);
                assertEquals(List.of(), other.violations);
                assertFalse(link.send("p", new Object[] {2}));
            }
        }
    }

    @Test
    void shouldNotWaitForTheWindowWhenAnotherLifeOfThePeerAnswers() {
        for (String id : List.of("a", "z")) {
            try (TestNode m = new TestNode("m").listening();
                    TestNode first = new TestNode(id, 1, c -> c).listening()) {
                first.knows(m);
                Link old = first.to(m);
                await().until(() -> m.inboxes.size() == 1 && m.only().up.isDone() && first.only().up.isDone());
                ((PeerLink) old).connection().forgetAddress();
                first.book.clear();
                cut(old);
                try (TestNode second = new TestNode(id, 2, c -> c).listening()) {
                    second.knows(m);
                    assertTrue(second.to(m).send("p", new Object[] {"hello"}));
                    assertTrue(m.inboxes.getFirst().lost
                            .orTimeout(4, java.util.concurrent.TimeUnit.SECONDS)
                            .join()
                            .startsWith("replaced by a new incarnation"));
                    await().until(() -> m.inboxes.size() == 2 && m.inboxes.get(1).count == 1);
                    assertEquals(List.of(), m.violations);
                }
            }
        }
    }

    @Test
    @Tag("BND-2")
    void shouldCountWhatIsNotAcknowledgedAgainstTheBound() {
        try (TestNode a = new TestNode("a", c -> c.outboundLimit(100_000)).listening();
                TestNode b = new TestNode("b")) {
            a.record = false;
            b.knows(a);
            Link link = b.to(a);
            PeerLink full = (PeerLink) link;
            await().until(() -> full.connection() != null);
            for (int i = 0; i < 5000; i++) {
                assertTrue(link.send("p", new Object[] {new byte[1000]}));
                assertTrue(full.outbox.held() <= 9 << 20);
            }
            await().until(() -> a.only().count == 5000 && full.outbox.held() == 0);
        }
        try (TestNode a = new TestNode("a").listening();
                TestNode b = new TestNode("b", c -> c.outboundLimit(20_000))) {
            a.record = false;
            b.knows(a);
            Link link = b.to(a);
            PeerLink full = (PeerLink) link;
            long most = 0;
            for (int i = 0; i < 5000; i++) {
                assertTrue(link.send("p", new Object[] {new byte[1000]}));
                most = Math.max(most, full.outbox.held());
            }
            assertTrue(most <= 20_000, "held " + most);
            await().until(() -> a.only().count == 5000 && full.outbox.held() == 0);
        }
    }

    @Test
    void shouldGoOnAtOnceWhereItHadDialedWhenNobodyAnswersAboutAddresses() {
        try (TestNode a = new TestNode("a").listening();
                TestNode b = new TestNode("b")) {
            b.knows(a);
            Link link = b.to(a);
            await().until(() -> a.inboxes.size() == 1 && a.only().up.isDone() && b.only().up.isDone());
            a.silentBook = true;
            b.silentBook = true;
            for (int i = 0; i < 20; i++) {
                cut(link);
                assertTrue(link.send("p", new Object[] {i}));
            }
            await().atMost(Duration.ofSeconds(3)).until(() -> a.only().count == 20);
        }
    }

    @Test
    @Tag("T-2")
    void shouldEndTheLinkWhenThePeerClaimsToHaveWhatWasNeverSent() throws Exception {
        for (long claimed : new long[] {2, 1000, Long.MAX_VALUE}) {
            try (TestNode a = new TestNode("a").listening();
                    RawPeer peer = RawPeer.connectResuming(a.addresses.getFirst(), "b", 1, 1, new Random(1))) {
                await().until(() -> a.inboxes.size() == 1 && a.only().up.isDone());
                assertTrue(a.only().link.send("p", new Object[] {"one"}));
                await().until(() -> !((PeerLink) a.only().link).outbox.isUnwritten());
                WireBuffer ack = WireBuffer.ofCapacity(16);
                FrameWriter.ack(ack, claimed);
                peer.write(ack.toByteArray());
                assertEquals("protocol error: an acknowledgement of " + claimed + " frames, which were never sent",
                        a.only().lost.orTimeout(5, java.util.concurrent.TimeUnit.SECONDS).join());
            }
        }
    }

    @Test
    void shouldCloseInTimeWhenTheLinkIsBrokenAndNobodyAnswers() {
        TestNode a = new TestNode("a").listening();
        try (TestNode b = new TestNode("b")) {
            b.knows(a);
            Link link = b.to(a);
            await().until(() -> a.inboxes.size() == 1 && a.only().up.isDone() && b.only().up.isDone());
            ((PeerLink) a.only().link).lose("as if it had been killed");
            a.close();
            await().until(() -> ((PeerLink) link).state() instanceof LinkState.Broken || b.only().lost.isDone());
            long start = System.nanoTime();
            b.close();
            assertTrue(System.nanoTime() - start < 4_000_000_000L, "closing waits for the window");
            assertEquals(0, b.transport.threads());
            assertTrue(b.only().lost.isDone());
        }
    }
}
