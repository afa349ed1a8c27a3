package io.messageport.transport.peer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.NodeConfig;
import io.messageport.runtime.link.Link;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is alive ({@code CON-4}), with short times. */
@Timeout(30)
@Tag("CON-4")
class HeartbeatTest {
    private final Random random = new Random(1);

    private static NodeConfig.Builder quick(NodeConfig.Builder config) {
        return config.heartbeatInterval(Duration.ofMillis(100)).silenceLimit(Duration.ofMillis(400));
    }

    @Test
    void shouldStayUpWhenIdle() throws Exception {
        try (TestNode a = new TestNode("a", HeartbeatTest::quick).listening();
                TestNode b = new TestNode("b", HeartbeatTest::quick).listening()) {
            Link link = a.knows(b).to(b);
            await().until(() -> a.only().up.isDone());
            await().during(1500, TimeUnit.MILLISECONDS).until(() -> !a.only().lost.isDone() && !b.only().lost.isDone());
            assertTrue(link.send("p", new Object[] {1}));
            await().until(() -> b.only().count == 1);
        }
    }

    @Test
    void shouldEndTheLinkWhenThePeerFallsSilent() throws Exception {
        try (TestNode a = new TestNode("a", HeartbeatTest::quick).listening();
                RawPeer peer = RawPeer.connect(a.addresses.getFirst(), "b", 1, 1, random)) {
            assertTrue(peer.isAccepted());
            String reason = a.only().lost.get(5, TimeUnit.SECONDS);
            assertTrue(reason.startsWith("silent for 0."), reason);
        }
    }

    @Test
    @Tag("T-5")
    void shouldEndTheLinkWhenHalfAFrameIsAllThatComes() throws Exception {
        try (TestNode a = new TestNode("a", HeartbeatTest::quick).listening();
                RawPeer peer = RawPeer.connect(a.addresses.getFirst(), "b", 1, 1, random)) {
            byte[] frame = RawPeer.frame("p", "half");
            peer.write(frame, 0, frame.length / 2);
            assertTrue(a.only().lost.get(5, TimeUnit.SECONDS).startsWith("silent for"));
            assertEquals(0, a.only().count);
        }
    }

    @Test
    @Tag("T-29")
    @Tag("BND-2")
    void shouldParkSendersThenEndTheLinkWhenThePeerReadsNothing() throws Exception {
        int limit = 1 << 16;
        try (TestNode a = new TestNode("a", c -> quick(c).outboundLimit(limit)).listening();
                TestNode good = new TestNode("g", HeartbeatTest::quick).listening();
                RawPeer peer = RawPeer.connect(a.addresses.getFirst(), "b", 1, 1, random)) {
            await().until(() -> a.inboxes.size() == 1);
            a.knows(good).to(good).send("p", new Object[] {"hello"});
            PeerLink link = (PeerLink) a.inboxes.getFirst().link;
            AtomicLong highest = new AtomicLong();
            Thread speaks = Thread.ofVirtual().start(() -> speak(peer));
            Thread sender = Thread.ofVirtual().start(() -> {
                while (link.send("p", new Object[] {new byte[1000]})) {
                    highest.accumulateAndGet(link.outbox.held(), Math::max);
                }
            });
            String reason = a.inboxes.getFirst().lost.get(15, TimeUnit.SECONDS);
            assertTrue(reason.startsWith("accepts no data for"), reason);
            sender.join();
            speaks.join();
            assertTrue(highest.get() <= limit + 100, "held " + highest);
            assertFalse(a.inboxes.get(1).lost.isDone());
            assertTrue(a.to(good).send("p", new Object[] {"still here"}));
            await().until(() -> good.only().count == 2);
        }
    }

    /** Signs of life, and questions that would pile up answers, until the socket is closed. */
    private static void speak(RawPeer peer) {
        try {
            for (int i = 0; i < 1000; i++) {
                peer.write(RawPeer.heartbeat(true));
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
        } catch (IOException e) {
            // As it should be.
        }
    }

    @Test
    @Tag("T-22")
    @Tag("T-27")
    void shouldNotHoldItsOwnPauseAgainstThePeer() throws Exception {
        try (TestNode a = new TestNode("a", HeartbeatTest::quick).listening();
                TestNode b = new TestNode("b", HeartbeatTest::quick).listening()) {
            a.knows(b).to(b);
            await().until(() -> a.only().up.isDone());
            for (int i = 0; i < 20; i++) {
                a.clock.pause(Duration.ofSeconds(60).toNanos());
                await().during(30, TimeUnit.MILLISECONDS).until(() -> !a.only().lost.isDone());
            }
        }
    }
}
