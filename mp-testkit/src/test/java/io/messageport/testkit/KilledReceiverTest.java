package io.messageport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.testkit.load.Field;
import io.messageport.testkit.load.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while eight senders of another one send to it as fast as they can. */
@Tag("T-20")
@Tag("SND-5")
@Tag("MON-2")
@Tag("MON-4")
class KilledReceiverTest {
    private static final int SENDERS = 8;

    @AutoClose
    private final TestNodes nodes = new TestNodes();

    @TempDir
    private Path directory;

    @Test
    void shouldDeliverAnExactPrefixAndFireOnceBeforeAnythingNewWhenTheReceiverIsKilled() {
        kill(3);
    }

    @Test
    @Tag("soak")
    @Timeout(1800)
    void shouldDeliverAnExactPrefixWhenTheReceiverIsKilledTwoHundredTimes() {
        kill(200);
    }

    private void kill(int rounds) {
        Random random = new Random(20);
        Field field = Field.direct(nodes, directory, setup -> setup.load(Duration.ofNanos(100_000), 4096)
                .window(Duration.ZERO));
        field.start(1);
        ForkedNode receiver = field.fork(2, 0, 1);
        field.load(1, SENDERS, 1, List.of(1, 2));
        field.begin(1);
        for (int round = 0; round < rounds; round++) {
            field.awaitReceived(2, SENDERS, 100);
            LockSupport.parkNanos(random.nextInt(50_000_000));
            receiver.kill9();
            long over = (round + 1L) * SENDERS;
            field.until("the monitors to fire", lives -> field.fired(1) >= over);
            receiver = field.fork(2, 0, 1);
        }
        field.awaitReceived(2, SENDERS, 100);
        Verdict verdict = field.settle();
        assertEquals(0, verdict.underWay());
        assertTrue(verdict.received() > rounds * SENDERS * 100L, verdict::summary);
        // Beside those that were killed there are those to which nobody answered, between the lives.
        assertTrue(verdict.epochs() >= (rounds + 1L) * SENDERS, verdict::summary);
    }
}
