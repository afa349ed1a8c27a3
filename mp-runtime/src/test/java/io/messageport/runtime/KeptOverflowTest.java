package io.messageport.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.messageport.ChildSpec;
import io.messageport.Node;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.Supervisor;
import io.messageport.SupervisorSpec;
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

    private Supervisor supervise() {
        Supervisor top = node.open("top", () -> new Supervisor(SupervisorSpec.oneForOne(ChildSpec.plain("room", p -> {
            int life = lives.incrementAndGet();
            p.on("wait", m -> {
                stuck.countDown();
                go.await();
            });
            p.on("hi", m -> seen.add("hi " + m.intValue(0) + " in life " + life));
        }))));
        assertEquals(1, top.countChildren().active());
        return top;
    }

    @Test
    void shouldStartEmptyWhenTheFormerLifeDiedOfAFullMailbox() throws Exception {
        Supervisor top = supervise();
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
}
