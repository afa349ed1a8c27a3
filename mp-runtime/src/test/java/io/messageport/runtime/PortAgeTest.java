package io.messageport.runtime;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Backoff;
import io.messageport.ChildSpec;
import io.messageport.Overflow;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.PortOptions;
import io.messageport.PortTree;
import io.messageport.PortTree.State;
import io.messageport.Stash;
import io.messageport.Supervisor;
import io.messageport.SupervisorSpec;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * For how long ports are busy and messages wait, as the first call of {@code tree()} tells it: a port is brought into a
 * state, nobody looks for a while, and then somebody does. What is told is never more than the truth; how much less it may
 * be is a matter of how late the machine is, so a quarter of it passes, and a figure that begins with the call does not.
 */
class PortAgeTest extends WithNode {
    private static final Duration WHILE = ofMillis(150);

    private final CountDownLatch go = new CountDownLatch(1);
    private long before;

    @BeforeEach
    void note() {
        before = System.nanoTime();
    }

    @AfterEach
    void letGo() {
        go.countDown();
    }

    private void block() throws InterruptedException {
        seen.add("blocks");
        go.await();
    }

    private PortId named(String name) {
        return new PortId(node.id(), name);
    }

    /** Waits for a while without a look at the tree; then looks, once. */
    private PortTree lookLater(String name) {
        long reached = System.nanoTime();
        await().pollDelay(Duration.ZERO)
                .pollInterval(ofMillis(5))
                .until(() -> System.nanoTime() - reached >= WHILE.toNanos());
        return node.tree().find(name).orElseThrow();
    }

    private void isOld(Duration told) {
        Duration most = Duration.ofNanos(System.nanoTime() - before);
        assertTrue(told.compareTo(most) <= 0, () -> told + " is longer than the test runs, " + most);
        assertTrue(told.compareTo(WHILE.dividedBy(4)) >= 0, () -> told + " of at least " + WHILE);
    }

    private void isNew(Duration told) {
        assertEquals(Duration.ZERO, told);
    }

    @Test
    void shouldTellForHowLongAHandlerRunsThatIsTheFirstOfItsThread() throws Exception {
        Port port = node.port("stuck").otherwise(m -> block());
        node.send(port.id(), 0);
        assertEquals("blocks", next());
        PortTree stuck = lookLater("stuck");
        assertEquals(State.BUSY, stuck.state());
        isOld(stuck.busyFor());
        assertEquals(0, stuck.depth());
        isNew(stuck.oldest());
        assertTrue(stuck.toString().matches("stuck Port BUSY, busy for \\d+ ms\n"), stuck::toString);
    }

    @Test
    void shouldTellForHowLongAHandlerRunsAndTheNextMessageWaitsWhenManyCameBefore() throws Exception {
        Port port = node.port("stuck").on("quick", m -> {}).on("block", m -> block());
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 500; i++) {
                node.send(port.id(), "quick");
            }
            settle(port);
        }
        before = System.nanoTime();
        for (int i = 0; i < 500; i++) {
            node.send(port.id(), i == 250 ? "block" : "quick");
        }
        assertEquals("blocks", next());
        PortTree stuck = lookLater("stuck");
        isOld(stuck.busyFor());
        assertEquals(249, stuck.depth());
        isOld(stuck.oldest());
        assertTrue(stuck.toString().matches("stuck Port BUSY, 249 waiting for \\d+ ms, busy for \\d+ ms\n"),
                stuck::toString);
    }

    @Test
    void shouldTellForHowLongAHandlerRunsThatAnotherPortHasWoken() throws Exception {
        Port stuck = node.port("stuck").otherwise(m -> block());
        Port waking = node.port("waking").otherwise(m -> node.send(stuck.id(), 1));
        node.send(waking.id(), 0);
        assertEquals("blocks", next());
        isOld(lookLater("stuck").busyFor());
    }

    /** What waits came a long time after the handler began, and is not as old as that. */
    @Test
    void shouldTellTheAgeOfAMessageThatCameWhileTheHandlerWasStuckAlready() throws Exception {
        Port port = node.port("stuck").otherwise(m -> block());
        node.send(port.id(), 0);
        assertEquals("blocks", next());
        PortTree alone = lookLater("stuck");
        before = System.nanoTime();
        node.send(port.id(), 1);
        PortTree stuck = lookLater("stuck");
        isOld(stuck.oldest());
        assertTrue(stuck.busyFor().compareTo(alone.busyFor().plus(stuck.oldest())) >= 0);
    }

    @Test
    void shouldTellTheAgeInAMailboxThatDropsItsOldest() throws Exception {
        Port port = node.port(PortOptions.named("stuck").capacity(3).overflow(Overflow.DROP_OLDEST),
                p -> p.otherwise(m -> block()));
        node.send(port.id(), 0);
        assertEquals("blocks", next());
        for (int i = 0; i < 10; i++) {
            node.send(port.id(), i);
        }
        PortTree stuck = lookLater("stuck");
        assertEquals(3, stuck.depth());
        isOld(stuck.oldest());
    }

    @Test
    void shouldTellOfAThreadedPortThatDoesNotReceive() throws Exception {
        Port port = node.thread(PortOptions.named("deaf"), self -> {
            for (int i = 0; i < 5; i++) {
                var unused = self.receive();
            }
            block();
        });
        for (int i = 0; i < 8; i++) {
            node.send(port.id(), i);
        }
        assertEquals("blocks", next());
        PortTree deaf = lookLater("deaf");
        assertEquals(State.BUSY, deaf.state());
        assertEquals(3, deaf.depth());
        isOld(deaf.busyFor());
        isOld(deaf.oldest());
    }

    @Test
    void shouldTellOfMessagesThatAThreadedPortLeavesUnread() throws Exception {
        Port port = node.thread(PortOptions.named("choosy"), self -> {
            var unused = self.receive("read");
            seen.add("has read");
            self.receive("never");
        });
        node.send(port.id(), "unread");
        node.send(port.id(), "read");
        assertEquals("has read", next());
        await().until(() -> node.tree().find("choosy").orElseThrow().state() == State.IDLE);
        PortTree choosy = lookLater("choosy");
        assertEquals(1, choosy.depth());
        isOld(choosy.oldest());
        isNew(choosy.busyFor());
    }

    @Test
    void shouldTellTheAgeOfWhatIsInAStashAlsoWhenItGoesThereAgain() throws Exception {
        Port port = node.port("stashing");
        Stash stash = port.stash(10);
        port.on("later", stash::put).on("again", m -> stash.unstashAll()).on("over", m -> port.off("later"));
        node.send(port.id(), "later", 1);
        node.send(port.id(), "later", 2);
        settle(port);
        PortTree first = lookLater("stashing");
        assertEquals(State.IDLE, first.state());
        assertEquals(2, first.depth());
        isOld(first.oldest());
        node.send(port.id(), "again");
        settle(port);
        PortTree second = node.tree().find("stashing").orElseThrow();
        assertEquals(2, second.depth());
        assertTrue(second.oldest().compareTo(first.oldest()) >= 0, () -> second.oldest() + " after " + first.oldest());
    }

    @Test
    void shouldTellTheAgeOfMailThatWaitsForTheNextLife() throws Exception {
        Supervisor top = node.open("top", () -> new Supervisor(SupervisorSpec
                .oneForOne(ChildSpec.plain("room", p -> p.on("die", m -> {
                    throw new IllegalStateException("told to");
                }).on("say", m -> {})))
                .backoff(Backoff.between(ofSeconds(50), ofSeconds(50)))));
        assertEquals(1, top.countChildren().active());
        node.send(named("room"), "die");
        await().until(() -> top.countChildren().active() == 0);
        node.send(named("room"), "say");
        node.send(named("room"), "say");
        PortTree room = lookLater("room");
        assertEquals(State.RESTARTING, room.state());
        assertEquals(2, room.depth());
        isOld(room.oldest());
        isNew(room.busyFor());
    }

    /** The oldest message of a port that lags behind is never the same, and its age is that of the lag. */
    @Test
    void shouldTellTheLagOfAPortThatIsBehindAndNothingWhenItHasCaughtUp() throws Exception {
        AtomicBoolean slow = new AtomicBoolean(true);
        Port port = node.port("behind").otherwise(m -> {
            if (slow.get()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            }
        });
        for (int i = 0; i < 5_000; i++) {
            node.send(port.id(), i);
        }
        PortTree behind = lookLater("behind");
        assertTrue(behind.depth() > 0 && behind.depth() < 5_000, behind::toString);
        isOld(behind.oldest());
        slow.set(false);
        await().until(() -> node.tree().find("behind").orElseThrow().depth() == 0);
        settle(port);
        await().until(() -> node.tree().find("behind").orElseThrow().state() == State.IDLE);
        PortTree idle = node.tree().find("behind").orElseThrow();
        isNew(idle.oldest());
        isNew(idle.busyFor());
    }
}
