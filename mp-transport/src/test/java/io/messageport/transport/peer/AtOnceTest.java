package io.messageport.transport.peer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.runtime.link.Link;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders that write to the socket themselves. */
class AtOnceTest {
    private static final int ROUNDS = 2_000;

    private static void checkOrder(TestNode node, Runnable then) {
        AtomicLong next = new AtomicLong();
        node.record = false;
        node.onMessage = (inbox, message) -> {
            long expected = next.getAndIncrement();
            if (message.longValue(0) != expected) {
                node.violations.add("expected " + expected + ", got " + message);
            }
            then.run();
        };
    }

    /** An interrupt closes the socket that a thread is writing to: a message, or one of the chunks of a large one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 300_000})
    @Tag("CON-5")
    @Tag("SND-5")
    void shouldLoseNothingWhenTheWritingThreadIsInterrupted(int size) throws Exception {
        byte[] load = new byte[size];
        try (TestNode a = new TestNode("a").listening();
                TestNode b = new TestNode("b").listening()) {
            a.knows(b);
            b.knows(a);
            Semaphore answers = new Semaphore(0);
            AtomicLong answered = new AtomicLong();
            checkOrder(a, answers::release);
            checkOrder(b, () -> b.only().link.sendAtOnce("p", new Object[] {answered.getAndIncrement()}));
            Link there = a.to(b);
            await().until(() -> b.inboxes.size() == 1 && b.only().up.isDone() && a.only().up.isDone());
            AtomicBoolean enough = new AtomicBoolean();
            AtomicLong sent = new AtomicLong();
            Thread sender = Thread.ofVirtual().start(() -> {
                while (!enough.get()) {
                    assertTrue(there.sendAtOnce("p", new Object[] {sent.getAndIncrement(), load}));
                    answers.acquireUninterruptibly();
                    boolean unused = Thread.interrupted();
                }
            });
            Set<Connection> sockets = new HashSet<>();
            Random random = new Random(4);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (sockets.size() < 4 && System.nanoTime() < end) {
                sockets.add(((PeerLink) there).connection());
                sender.interrupt();
                LockSupport.parkNanos(random.nextInt(2_000_000));
            }
            enough.set(true);
            sender.join();
            assertTrue(sockets.size() >= 4, "no interrupt has met a write");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> a.only().count == sent.get() && b.only().count == sent.get());
            assertEquals(List.of(), a.violations);
            assertEquals(List.of(), b.violations);
            assertFalse(a.only().lost.isDone() || b.only().lost.isDone());
        }
    }

    /** Senders that write themselves and senders that do not, and a peer that answers some. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    @Tag("SND-4")
    void shouldKeepTheOrderOfEachSender(int senders) throws Exception {
        try (TestNode a = new TestNode("a").listening();
                TestNode b = new TestNode("b").listening()) {
            a.knows(b);
            long[] next = new long[senders];
            b.record = false;
            b.onMessage = (inbox, message) -> {
                int from = message.intValue(0);
                if (message.longValue(1) != next[from]++) {
                    b.violations.add("expected " + (next[from] - 1) + ", got " + message);
                }
                if (message.longValue(1) % 7 == 0) {
                    inbox.link.sendAtOnce("p", new Object[] {"so far"});
                }
            };
            Link there = a.to(b);
            Thread[] all = new Thread[senders];
            for (int s = 0; s < senders; s++) {
                int self = s;
                all[s] = Thread.ofVirtual().start(() -> {
                    Random random = new Random(self);
                    for (long i = 0; i < 5 * ROUNDS; i++) {
                        Object[] message = {self, i, new byte[random.nextInt(100) == 0 ? 100_000 : 10]};
                        assertTrue(random.nextBoolean() ? there.sendAtOnce("p", message) : there.send("p", message));
                        if (random.nextInt(50) == 0) {
                            LockSupport.parkNanos(20_000);
                        }
                    }
                });
            }
            for (Thread thread : all) {
                thread.join();
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> b.only().count == 5L * ROUNDS * senders);
            assertEquals(List.of(), b.violations);
        }
    }
}
