package io.messageport.runtime;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Backoff;
import io.messageport.Child;
import io.messageport.ChildSpec;
import io.messageport.Message;
import io.messageport.Monitor;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.Supervisor;
import io.messageport.SupervisorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A named child keeps its port ID and its unread mail over a restart. */
@Tag("ID-5")
class KeptMailboxTest extends WithNode {
    private static final int SENDERS = 4;
    private static final int EACH = 20_000;

    /** Every so many messages of a sender, one is poison. */
    private static final int POISON = 97;

    /** A thread for each of thousands of falls, on a machine that others keep busy. */
    private static final long UNDER_LOAD_SECONDS = 50;

    private final PortId id = new PortId(node.id(), "room");
    private final Queue<int[]> handled = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lives = new AtomicInteger();

    private Supervisor supervise(ChildSpec child) {
        Supervisor top = node.open("top", () -> new Supervisor(
                SupervisorSpec.oneForOne(child).intensity(Integer.MAX_VALUE, ofSeconds(60))));
        assertEquals(1, top.countChildren().active());
        return top;
    }

    private void handle(Message m) {
        int sender = m.intValue(0);
        int n = m.intValue(1);
        if (n % POISON == POISON - 1) {
            throw new IllegalArgumentException("poison");
        }
        handled.add(new int[] {sender, n});
    }

    private void flood() throws InterruptedException {
        List<Thread> senders = new ArrayList<>();
        for (int s = 0; s < SENDERS; s++) {
            int sender = s;
            senders.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; n < EACH; n++) {
                    node.send(id, "m", sender, n);
                }
            }));
        }
        for (Thread sender : senders) {
            sender.join();
        }
    }

    /** In order for each sender, none twice, and none missing but the poison. */
    private void assertAllButThePoison() {
        int poisonEach = EACH / POISON;
        await().atMost(UNDER_LOAD_SECONDS, TimeUnit.SECONDS)
                .until(() -> handled.size() >= SENDERS * (EACH - poisonEach));
        int[] next = new int[SENDERS];
        for (int[] each : handled) {
            int expected = next[each[0]];
            if (expected % POISON == POISON - 1) {
                expected++;
            }
            assertEquals(expected, each[1], "of sender " + each[0]);
            next[each[0]] = expected + 1;
        }
        assertEquals(SENDERS * (EACH - poisonEach), handled.size());
    }

    @Test
    void shouldLoseThePoisonOnlyWhenACallbackChildFallsUnderLoad() throws Exception {
        Supervisor top = supervise(ChildSpec.plain("room", p -> {
            int unused = lives.incrementAndGet();
            p.on("m", this::handle);
        }));
        flood();
        assertAllButThePoison();
        int falls = SENDERS * (EACH / POISON);
        await().until(() -> top.child("room").orElseThrow().restarts() == falls);
        assertEquals(1 + falls, lives.get());
    }

    @Test
    void shouldLoseThePoisonOnlyWhenAChildOfAClassFallsUnderLoad() throws Exception {
        Supervisor unused = supervise(ChildSpec.port("room", () -> new Port() {
            @Override
            protected void start() {
                on("m", KeptMailboxTest.this::handle);
            }
        }));
        flood();
        assertAllButThePoison();
    }

    @Test
    void shouldLoseThePoisonOnlyWhenAThreadedChildFallsUnderLoad() throws Exception {
        Supervisor unused = supervise(ChildSpec.thread("room", self -> {
            for (;;) {
                handle(self.receive("m"));
            }
        }));
        flood();
        assertAllButThePoison();
    }

    @Test
    void shouldKeepWhatAThreadedChildLeftUnread() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        Supervisor unused = supervise(ChildSpec.thread("room", self -> {
            sent.await();
            if (lives.incrementAndGet() == 1) {
                seen.add(self.receive("b").string(0));
                throw new IllegalStateException("enough read");
            }
            for (;;) {
                seen.add(self.receive().values());
            }
        }));
        node.send(id, "a", "1");
        node.send(id, "b", "2");
        node.send(id, "a", "3");
        sent.countDown();
        assertEquals("2", next());
        assertEquals(List.of("a", "1"), next());
        assertEquals(List.of("a", "3"), next());
    }

    @Test
    void shouldFireMonitorsAtEachDeathAndWatchTheNextLifeFromThenOn() throws Exception {
        Supervisor top = supervise(ChildSpec.plain("room", p -> p.on("die", m -> {
            throw new IllegalStateException(m.string(0));
        })));
        for (int i = 1; i <= 3; i++) {
            var end = node.whenDown(id).toCompletableFuture();
            node.send(id, "die", "death " + i);
            assertEquals(new Reason.Died("java.lang.IllegalStateException: death " + i), end.get());
        }
        await().until(() -> top.child("room").orElseThrow().restarts() == 3);
    }

    @Test
    void shouldHoldMailNameAndMonitorsWhileTheChildWaitsForItsRestart() throws Exception {
        Supervisor top = node.open("top", () -> new Supervisor(SupervisorSpec.oneForOne(ChildSpec.plain("room", p -> {
            p.on("die", m -> {
                throw new IllegalStateException("told to");
            });
            p.on("hi", m -> seen.add("hi " + m.intValue(0)));
        })).backoff(Backoff.between(ofHours(1), ofHours(1)))));
        assertEquals(1, top.countChildren().active());
        var first = node.whenDown(id).toCompletableFuture();
        node.send(id, "die");
        Reason unused = first.get();
        node.send(id, "hi", 1);
        assertEquals("a live port of node " + node.id() + " has the name \"room\"; choose another, or wait for its end",
                assertThrows(IllegalStateException.class, () -> node.port("room")).getMessage());
        var second = node.whenDown(id).toCompletableFuture();
        await().until(() -> top.child("room").orElseThrow().state() == Child.State.RESTARTING);
        assertFalse(second.isDone());
        top.terminateChild("room");
        assertEquals(new Reason.Died("java.lang.IllegalStateException: told to"), second.get(),
                "there will be no other life");
        Port taken = node.port("room");
        assertTrue(taken.isAlive());
        assertTrue(seen.isEmpty());
    }

    @Test
    void shouldNotRunWhatBelongedToTheFormerLife() throws Exception {
        PortId other = node.port().ignoreUnmatched().id();
        CountDownLatch go = new CountDownLatch(1);
        Supervisor unused = supervise(ChildSpec.plain("room", p -> {
            int life = lives.incrementAndGet();
            p.on("die", m -> {
                if (life == 1) {
                    var timer = p.after(ofMillis(1), () -> seen.add("timer of life " + life));
                    Monitor monitor = p.monitor(other, reason -> seen.add("monitor of life " + life));
                    node.kill(other);
                    Reason ignored = deathOf(monitor.target());
                    var later = node.after(ofMillis(50), go::countDown);
                    go.await();
                }
                throw new IllegalStateException("told to");
            });
            p.on("hi", m -> seen.add("hi in life " + life));
        }));
        node.send(id, "die");
        node.send(id, "hi");
        node.send(id, "die");
        node.send(id, "hi");
        assertEquals("hi in life 2", next());
        assertEquals("hi in life 3", next());
        assertTrue(seen.isEmpty(), seen::toString);
    }

    private Supervisor superviseOneThatWaits(CountDownLatch go) {
        return supervise(ChildSpec.plain("room", p -> {
            int life = lives.incrementAndGet();
            p.on("wait", m -> go.await());
            p.on("die", m -> {
                go.await();
                throw new IllegalStateException("told to");
            });
            p.on("hi", m -> seen.add(life));
        }));
    }

    @Test
    @Tag("KIL-1")
    void shouldNotKillTheNextLifeWhenTheKillWasMeantForTheFormer() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Supervisor top = superviseOneThatWaits(go);
        node.send(id, "die");
        node.send(id, "hi");
        node.kill(id, "enough");
        node.send(id, "hi");
        go.countDown();
        assertEquals(2, next());
        assertEquals(2, next());
        assertEquals(1, top.child("room").orElseThrow().restarts());
        node.kill(id, "enough of the second life");
        node.send(id, "hi");
        assertEquals(3, next());
    }

    @Test
    @Tag("KIL-1")
    void shouldRestartOnceWhenItIsKilledSeveralTimes() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Supervisor top = superviseOneThatWaits(go);
        node.send(id, "wait");
        node.kill(id, "first");
        node.kill(id, "second");
        node.kill(id, "third");
        node.send(id, "hi");
        go.countDown();
        assertEquals(2, next());
        await().until(() -> top.child("room").orElseThrow().restarts() == 1);
        assertEquals(2, lives.get());
    }

    @Test
    void shouldStartEmptyWhenTheMailboxIsNotKept() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Supervisor top = supervise(ChildSpec.plain("room", p -> {
            p.on("die", m -> {
                go.await();
                throw new IllegalStateException("told to");
            });
            p.on("hi", m -> seen.add("hi " + m.intValue(0)));
        }).keepMailbox(false));
        node.send(id, "die");
        node.send(id, "hi", 1);
        go.countDown();
        await().until(() -> top.child("room").orElseThrow().restarts() == 1);
        node.send(id, "hi", 2);
        assertEquals("hi 2", next());
    }

    @Test
    void shouldKeepTheMailOfThoseThatAreRestartedWithAnother() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Supervisor top = node.open("top", () -> new Supervisor(SupervisorSpec.oneForAll(
                ChildSpec.plain("room", p -> p.on("hi", m -> {
                    busy.countDown();
                    go.await();
                    seen.add("hi " + m.intValue(0));
                })),
                ChildSpec.plain("falls", p -> p.on("die", m -> {
                    throw new IllegalStateException("told to");
                })))));
        assertEquals(2, top.countChildren().active());
        for (int i = 0; i < 5; i++) {
            node.send(id, "hi", i);
        }
        busy.await();
        node.send(new PortId(node.id(), "falls"), "die");
        Port watch = node.port();
        assertTrue(watch.isAlive());
        go.countDown();
        for (int i = 0; i < 5; i++) {
            assertEquals("hi " + i, next());
        }
        await().until(() -> top.child("room").orElseThrow().restarts() == 1);
    }

    @Test
    void shouldGoOnWithAnEmptyMailboxWhenAHandlerCannotBeInterrupted() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        Supervisor top = node.open("top", () -> new Supervisor(SupervisorSpec.oneForAll(
                ChildSpec.plain("room", p -> p.on("block", m -> {
                    stuck.countDown();
                    while (free.getCount() > 0) {
                        try {
                            free.await();
                        } catch (InterruptedException e) {
                            seen.add("interrupted");
                        }
                    }
                }).on("hi", m -> seen.add("hi"))).brutalKill(),
                ChildSpec.plain("falls", p -> p.on("die", m -> {
                    throw new IllegalStateException("told to");
                })))));
        assertEquals(2, top.countChildren().active());
        node.send(id, "block");
        stuck.await();
        node.send(id, "hi");
        node.send(new PortId(node.id(), "falls"), "die");
        assertEquals("interrupted", next());
        await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> top.child("room").orElseThrow().restarts() == 1);
        assertTrue(seen.isEmpty(), "what waited for the stuck one is lost");
        node.send(id, "hi");
        assertEquals("hi", next());
        free.countDown();
    }
}
