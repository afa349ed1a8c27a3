package io.messageport.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.messageport.Backoff;
import io.messageport.Child;
import io.messageport.ChildSpec;
import io.messageport.Node;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.Supervisor;
import io.messageport.SupervisorSpec;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A mailbox that a child died of is not kept: its next life would find it full. */
@Tag("BND-1")
@Tag("ID-5")
class KeptOverflowTest {
    private static final int CAPACITY = 10;

    private final Node node = Node.configure(c -> c.nodeId("small/%u").mailboxCapacity(CAPACITY));
    private final PortId id = new PortId(node.id(), "room");
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final AtomicInteger lives = new AtomicInteger();
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    @AfterEach
    void closeNode() {
        go.countDown();
        node.close();
    }

    private Supervisor supervise(Backoff backoff) {
        Supervisor top = node.open("top", () -> new Supervisor(SupervisorSpec.oneForOne(ChildSpec.plain("room", p -> {
            int life = lives.incrementAndGet();
            p.on("wait", m -> {
                stuck.countDown();
                go.await();
            });
            p.on("die", m -> {
                throw new IllegalStateException("told to");
            });
            p.on("hi", m -> seen.add("hi " + m.intValue(0) + " in life " + life));
        })).backoff(backoff)));
        assertEquals(1, top.countChildren().active());
        return top;
    }

    @Test
    void shouldStartEmptyWhenTheFormerLifeDiedOfAFullMailbox() throws Exception {
        Supervisor top = supervise(Backoff.NONE);
        node.send(id, "wait");
        stuck.await();
        var end = node.whenDown(id).toCompletableFuture();
        for (int i = 0; i < CAPACITY + 1; i++) {
            node.send(id, "hi", i);
        }
        assertEquals(new Reason.MailboxOverflow(CAPACITY), end.get());
        go.countDown();
        await().until(() -> top.child("room").orElseThrow().restarts() == 1);
        await().until(() -> node.statistics().deadLetters() == CAPACITY + 1);
        node.send(id, "hi", 12);
        assertEquals("hi 12 in life 2", seen.poll(WithNode.PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals(CAPACITY + 1, node.statistics().deadLetters());
    }

    /** Nobody lives to be killed: the mailbox is given up, and who watched the next life learns that it is not to be. */
    @Test
    void shouldGiveUpTheMailboxThatRunsFullBetweenTwoLives() throws Exception {
        Supervisor top = supervise(Backoff.between(Duration.ofHours(1), Duration.ofHours(1)));
        var first = node.whenDown(id).toCompletableFuture();
        node.send(id, "die");
        assertEquals(new Reason.Died("java.lang.IllegalStateException: told to"), first.get());
        await().until(() -> top.child("room").orElseThrow().state() == Child.State.RESTARTING);
        var second = node.whenDown(id).toCompletableFuture();
        for (int i = 0; i < CAPACITY; i++) {
            node.send(id, "hi", i);
        }
        assertFalse(second.isDone());
        node.send(id, "hi", CAPACITY);
        assertEquals(new Reason.MailboxOverflow(CAPACITY), second.get());
        top.terminateChild("room");
        Child again = top.restartChild("room");
        await().until(() -> node.statistics().deadLetters() == CAPACITY + 1);
        assertEquals(id, again.port().orElseThrow());
        node.send(id, "hi", 12);
        assertEquals("hi 12 in life 2", seen.poll(WithNode.PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
}
