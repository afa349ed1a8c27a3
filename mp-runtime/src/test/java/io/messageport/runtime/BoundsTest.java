package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.Overflow;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.PortOptions;
import io.messageport.Reason;
import io.messageport.SendOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mailbox takes as much as it was told to, and what becomes of more is what its policy says. */
@Tag("BND-1")
class BoundsTest extends WithNode {
    private static final int CAPACITY = 10;

    private final CountDownLatch awake = new CountDownLatch(1);
    private final CountDownLatch asleep = new CountDownLatch(1);

    /** A port that handles its first message until {@link #awake}, with full room behind it. */
    private Port sleeper(Overflow overflow) throws InterruptedException {
        Port port = node.port(PortOptions.defaults().capacity(CAPACITY).overflow(overflow));
        port.on("sleep", m -> {
            asleep.countDown();
            awake.await();
        });
        port.on("n", m -> seen.add(m.intValue(0)));
        node.send(port.id(), "sleep");
        assertTrue(asleep.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        return port;
    }

    private void fill(PortId port, int from, int to) {
        for (int i = from; i < to; i++) {
            node.send(port, "n", i);
        }
    }

    private List<Object> seenNext(int count) throws Exception {
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(next());
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeWhatItHasRoomForUnderEveryPolicy(Overflow overflow) throws Exception {
        PortId port = sleeper(overflow).id();
        fill(port, 0, CAPACITY);
        awake.countDown();
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), seenNext(CAPACITY));
    }

    @Test
    void shouldDieAtOnceAlthoughItsHandlerIsStuckWhenKilledForOverflow() throws Exception {
        Port port = sleeper(Overflow.KILL);
        node.monitor(port.id(), seen::add);
        fill(port.id(), 0, CAPACITY + 1);
        assertEquals(new Reason.MailboxOverflow(CAPACITY), next());
        assertFalse(port.isAlive());
        awake.countDown();
        assertTrue(seen.isEmpty(), "nothing that waited is handled by a dead port");
    }

    /** The first message that finds no room ends the port for all that follow: no hole ({@code SND-5}). */
    @Test
    @Tag("SND-5")
    void shouldDeliverPrefixWhenOverflowKillsWhileHandling() throws Exception {
        for (int round = 0; round < 200; round++) {
            List<Integer> handled = new ArrayList<>();
            CountDownLatch down = new CountDownLatch(1);
            Port port = node.port(PortOptions.defaults().capacity(4)).on("n", m -> handled.add(m.intValue(0)));
            node.monitor(port.id(), reason -> down.countDown());
            for (int i = 0; port.isAlive() && i < 1_000_000; i++) {
                node.send(port.id(), "n", i);
            }
            node.kill(port.id());
            assertTrue(down.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
            port.node().thread(self -> seen.add("settled"));
            assertEquals("settled", next());
            for (int i = 0; i < handled.size(); i++) {
                assertEquals(i, handled.get(i), "a hole in round " + round);
            }
        }
    }

    /** Also when several find it full at the same moment, and only the first of them ends the port. */
    @Test
    @Tag("SND-5")
    void shouldDeliverPrefixOfEachSenderWhenSeveralOverflowAtOnce() throws Exception {
        int senders = 4;
        for (int round = 0; round < 500; round++) {
            int[] expected = new int[senders];
            Port port = node.port(PortOptions.defaults().capacity(4)).on("n", m -> {
                if (m.intValue(1) != expected[m.intValue(0)]++) {
                    seen.add("sender " + m.intValue(0) + " lost something before " + m.intValue(1));
                }
            });
            List<Thread> all = new ArrayList<>();
            for (int s = 0; s < senders; s++) {
                int sender = s;
                all.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; port.isAlive() && i < 1_000_000; i++) {
                        node.send(port.id(), "n", sender, i);
                    }
                }));
            }
            for (Thread sender : all) {
                assertTrue(sender.join(Duration.ofSeconds(PATIENCE_SECONDS)));
            }
            assertFalse(port.isAlive());
            assertTrue(seen.isEmpty(), "a hole in round " + round + ": " + seen);
        }
    }

    @Test
    void shouldDropWhatComesWhenNewestIsDropped() throws Exception {
        PortId port = sleeper(Overflow.DROP_NEWEST).id();
        fill(port, 0, 3 * CAPACITY);
        awake.countDown();
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), seenNext(CAPACITY));
        node.send(port, "n", 100);
        assertEquals(100, next());
    }

    @Test
    void shouldDropWhatWaitedLongestWhenOldestIsDropped() throws Exception {
        PortId port = sleeper(Overflow.DROP_OLDEST).id();
        fill(port, 0, 3 * CAPACITY);
        awake.countDown();
        assertEquals(List.of(20, 21, 22, 23, 24, 25, 26, 27, 28, 29), seenNext(CAPACITY));
    }

    @Test
    void shouldHoldSenderBackUntilThereIsRoomWhenBlocking() throws Exception {
        PortId port = sleeper(Overflow.BLOCK).id();
        fill(port, 0, CAPACITY);
        AtomicLong sent = new AtomicLong();
        Thread sender = Thread.ofVirtual().start(() -> {
            for (int i = CAPACITY; i < 100; i++) {
                node.send(port, "n", i);
                sent.incrementAndGet();
            }
        });
        Awaitility.await().until(() -> sender.getState() == Thread.State.WAITING);
        assertEquals(0, sent.get());
        awake.countDown();
        for (int i = 0; i < 100; i++) {
            assertEquals(i, next());
        }
        assertTrue(sender.join(Duration.ofSeconds(PATIENCE_SECONDS)));
    }

    /** With room for one, only the taking of that one wakes the sender: nothing comes after it. */
    @Test
    void shouldWakeSenderEachTimeWhenThereIsRoomForOne() throws Exception {
        AtomicLong handled = new AtomicLong();
        Port port = node.port(PortOptions.defaults().capacity(1).overflow(Overflow.BLOCK))
                .on("n", m -> handled.incrementAndGet());
        long sent = 100_000;
        Thread sender = Thread.ofPlatform().daemon().start(() -> {
            for (int i = 0; i < sent; i++) {
                node.send(port.id(), "n");
            }
        });
        assertTrue(sender.join(Duration.ofSeconds(PATIENCE_SECONDS)),
                () -> handled + " of " + sent + " handled");
        settle(port);
        assertEquals(sent, handled.get());
    }

    /** The engine never parks: where a sender waits, a monitor's mail that finds no room ends the port. */
    @Test
    void shouldLetSendersGoWhenPortTheyWaitForDies() throws Exception {
        Port port = sleeper(Overflow.BLOCK);
        fill(port.id(), 0, CAPACITY);
        Thread sender = Thread.ofVirtual().start(() -> node.send(port.id(), "n", -1));
        Awaitility.await().until(() -> sender.getState() == Thread.State.WAITING);
        node.monitor(port.id(), seen::add);
        node.monitor(new PortId(node.id(), "nobody"), port.id(), "n", -2);
        assertEquals(new Reason.MailboxOverflow(CAPACITY), next());
        assertTrue(sender.join(Duration.ofSeconds(PATIENCE_SECONDS)));
        awake.countDown();
    }

    /** It once went on waiting until there was room, dead as it was. */
    @Test
    @Tag("KIL-5")
    void shouldEndTheWaitOfAThreadedPortThatIsKilledAndSendNothing() throws Exception {
        PortId full = sleeper(Overflow.BLOCK).id();
        fill(full, 0, CAPACITY);
        AtomicReference<Thread> thread = new AtomicReference<>();
        Port sender = node.thread(self -> {
            thread.set(Thread.currentThread());
            try {
                self.send(full, "n", -1);
            } catch (IllegalStateException e) {
                seen.add(e.getMessage() + " " + Thread.interrupted());
            }
        });
        Awaitility.await().until(() -> thread.get() != null && thread.get().getState() == Thread.State.WAITING);
        node.kill(sender.id(), "enough");
        assertEquals("port " + sender.id() + " was killed while it waited for room in the mailbox of port " + full
                + ": what it was sending is not sent true", next());
        awake.countDown();
        node.send(full, "n", CAPACITY);
        for (int i = 0; i <= CAPACITY; i++) {
            assertEquals(i, next());
        }
    }

    /** An interrupt of the application's own would lose the message without a word. */
    @Test
    void shouldGoOnWaitingWhenASenderIsInterruptedThatNobodyHasKilled() throws Exception {
        PortId full = sleeper(Overflow.BLOCK).id();
        fill(full, 0, CAPACITY);
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread sender = Thread.ofVirtual().start(() -> {
            node.send(full, "n", CAPACITY);
            interrupted.set(Thread.interrupted());
        });
        Awaitility.await().until(() -> sender.getState() == Thread.State.WAITING);
        sender.interrupt();
        Awaitility.await().until(() -> sender.getState() == Thread.State.WAITING && !sender.isInterrupted());
        awake.countDown();
        for (int i = 0; i <= CAPACITY; i++) {
            assertEquals(i, next());
        }
        assertTrue(sender.join(Duration.ofSeconds(PATIENCE_SECONDS)));
        assertTrue(interrupted.get(), "the interrupt is kept");
    }

    @Test
    void shouldDieRatherThanWaitForItselfWhenPortFillsItsOwnMailbox() throws Exception {
        Port port = node.port(PortOptions.defaults().capacity(2).overflow(Overflow.BLOCK));
        port.on("go", m -> {
            for (int i = 0; i < 4; i++) {
                port.send(port.id(), "n");
            }
        });
        node.monitor(port.id(), seen::add);
        node.send(port.id(), "go");
        assertEquals(new Reason.MailboxOverflow(2), next());
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayFullAndDoNothingWhenTryingToSend(Overflow overflow) throws Exception {
        Port port = sleeper(overflow);
        fill(port.id(), 0, CAPACITY - 1);
        assertInstanceOf(SendOutcome.Accepted.class, node.trySend(port.id(), "n", CAPACITY - 1));
        assertInstanceOf(SendOutcome.Full.class, node.trySend(port.id(), "n", CAPACITY));
        assertTrue(port.isAlive());
        awake.countDown();
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), seenNext(CAPACITY));
        port.stop();
        Awaitility.await().until(() -> !port.isAlive());
        assertInstanceOf(SendOutcome.Dead.class, port.trySend(port.id(), "n"));
        assertInstanceOf(SendOutcome.Dead.class, node.trySend(new PortId(node.id(), "nobody"), "n"));
    }

    /** A kill, a timer or a monitor's news must get through where no message does. */
    @Test
    @Tag("BND-4")
    void shouldTakeSignalsWhenFull() throws Exception {
        Port port = sleeper(Overflow.KILL);
        fill(port.id(), 0, CAPACITY);
        port.after(Duration.ZERO, () -> seen.add("timer"));
        node.kill(port.id(), "enough");
        assertTrue(port.isAlive());
        node.monitor(port.id(), seen::add);
        awake.countDown();
        List<Object> all = seenNext(CAPACITY + 1);
        if (all.get(CAPACITY).equals("timer")) {
            all.set(CAPACITY, next());
        }
        assertEquals(Reason.of("enough"), all.get(CAPACITY));
    }

    @Test
    void shouldUseBoundsOfNodeWhereOptionsSayNothing() throws Exception {
        try (Node small = Node.configure(
                c -> c.nodeId("small/%u").mailboxCapacity(CAPACITY).overflow(Overflow.DROP_NEWEST))) {
            Port port = small.port().on("sleep", m -> awake.await()).on("n", m -> seen.add(m.intValue(0)));
            small.send(port.id(), "sleep");
            Awaitility.await().until(() -> small.trySend(port.id(), "n", -1) instanceof SendOutcome.Accepted);
            for (int i = 0; i < 1000; i++) {
                small.send(port.id(), "n", i);
            }
            assertTrue(port.isAlive());
            awake.countDown();
            assertEquals(-1, next());
            small.kill(port.id());
            Awaitility.await().until(() -> !port.isAlive());
            assertTrue(seen.size() <= CAPACITY, seen::toString);
        }
    }
}
