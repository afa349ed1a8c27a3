package io.messageport.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.spi.Access;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of messages that meet the death of their port: each is handled or a dead letter, and no sender hangs. */
@Tag("SND-2")
class MailboxTest {
    private static final int SENDERS = 6;

    private final Node node = Node.configure(c -> c.nodeId("mailbox/%u"));

    @AfterEach
    void close() {
        node.close();
    }

    /** Two senders once swept one queue, and the third spun for ever. */
    @Test
    void shouldCountEveryMessageOnceWhenDeathRacesWithManySenders() throws Exception {
        for (int round = 0; round < 1_000; round++) {
            AtomicLong handled = new AtomicLong();
            Port port = node.port().on("n", m -> handled.incrementAndGet());
            PortCell cell = (PortCell) Access.ports().core(port);
            DeadLetters deadLetters = cell.kernel().deadLetters();
            long before = deadLetters.count();
            long sent = sendUntilDead(port, cell);
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> handled.get() + deadLetters.count() - before >= sent);
            assertEquals(sent, handled.get() + deadLetters.count() - before, "round " + round);
        }
    }

    private long sendUntilDead(Port port, PortCell cell) throws InterruptedException {
        AtomicLong sent = new AtomicLong();
        CountDownLatch start = new CountDownLatch(1);
        Thread[] senders = new Thread[SENDERS];
        for (int s = 0; s < SENDERS; s++) {
            boolean kills = s == 0;
            senders[s] = Thread.ofPlatform().daemon().start(() -> {
                awaitUnchecked(start);
                for (int i = 0; cell.isAlive() && i < 3_000; i++) {
                    cell.deliver(new Object[] {"n"});
                    sent.incrementAndGet();
                    if (kills && i == 20) {
                        node.kill(port.id());
                    }
                }
            });
        }
        start.countDown();
        for (Thread sender : senders) {
            assertTrue(sender.join(Duration.ofSeconds(20)), "a sender hangs");
        }
        return sent.get();
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
