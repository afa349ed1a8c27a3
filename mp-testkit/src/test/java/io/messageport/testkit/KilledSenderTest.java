package io.messageport.testkit;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.testkit.load.Field;
import io.messageport.testkit.load.Load;
import io.messageport.testkit.load.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while it sends large messages, most likely in the middle of one. */
@Tag("T-21")
@Tag("SND-5")
class KilledSenderTest {
    private static final int SENDERS = 4;
    private static final int LARGE = 64 << 10;

    /** Messages of each stream before the kill. */
    private static final int LEAST = 20;

    @AutoClose
    private final TestNodes nodes = new TestNodes();

    @TempDir
    private Path directory;

    @Test
    @Tag("MON-4")
    void shouldDeliverWholeMessagesOnlyAndFireWhenTheSenderIsKilled() throws Exception {
        kill(2);
    }

    @Test
    @Tag("soak")
    @Timeout(1800)
    void shouldDeliverWholeMessagesOnlyWhenTheSenderIsKilledTwoHundredTimes() throws Exception {
        kill(200);
    }

    @Test
    @Tag("MON-4")
    void shouldDeliverWholeMessagesOnlyWhenTheConnectionIsResetInTheMiddleOfOne() throws Exception {
        Random random = new Random(22);
        try (Field field =
                Field.wired(2, nodes, directory, setup -> setup.load(Duration.ofMillis(1), LARGE).ports(1, 1)
                        .window(Duration.ZERO))) {
            for (int cut = 1; cut <= 10; cut++) {
                // Of 64 messages one is large, and the small ones together are a tenth of it.
                field.wires().cutAfter(1, 2, 1 + random.nextInt(2 * LARGE));
                field.wires().cutAfter(2, 1, 1 + random.nextInt(2 * LARGE));
                int times = cut;
                field.until("the monitors to fire", lives -> field.fired(1) >= times && field.fired(2) >= times);
            }
            Verdict verdict = field.settle();
            assertTrue(verdict.reportedLost() >= 10, verdict::summary);
        }
    }

    private void kill(int rounds) throws Exception {
        Random random = new Random(21);
        Field field = Field.direct(nodes, directory, setup -> setup.load(Duration.ZERO, LARGE)
                .patience(Duration.ofSeconds(10), 1 << 20).window(Duration.ZERO));
        Node receiver = field.start(1);
        field.load(1, 0, 2, List.of(1));
        for (int round = 0; round <= rounds; round++) {
            ForkedNode sender = field.fork(2, SENDERS, 2);
            field.awaitReceived(1, 2 * SENDERS * (round + 1), LEAST);
            List<CompletableFuture<Reason>> down = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                down.add(receiver.whenDown(new PortId(Load.id(2), "s" + i)).toCompletableFuture());
            }
            if (round < rounds) {
                LockSupport.parkNanos(random.nextInt(20_000_000));
                sender.kill9();
                for (CompletableFuture<Reason> one : down) {
                    assertInstanceOf(Reason.TransportError.class, one.get(20, TimeUnit.SECONDS));
                }
            }
        }
        Verdict verdict = field.settle();
        assertTrue(verdict.received() > rounds * 2L * SENDERS * LEAST, verdict::summary);
    }
}
