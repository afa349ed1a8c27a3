package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.DeadLetter;
import io.messageport.DeadLetter.Cause;
import io.messageport.Guard;
import io.messageport.HighWater;
import io.messageport.Message;
import io.messageport.Overflow;
import io.messageport.Port;
import io.messageport.PortOptions;
import io.messageport.SendOutcome;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who hears of mailboxes that fill up, and of what a full one drops. */
@Tag("BND-1")
class HighWaterTest extends WithNode {
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);

    /** A port that is busy until the gate opens. */
    private Port busy(Overflow overflow) throws InterruptedException {
        Port port = node.port(
                PortOptions.defaults().capacity(10).highWater(4).overflow(overflow),
                self -> self.on("wait", m -> {
                    inside.countDown();
                    gate.await();
                }).ignoreUnmatched());
        node.send(port.id(), "wait");
        inside.await();
        return port;
    }

    @Test
    void shouldTellOnceWhenAMailboxReachesItsMark() throws Exception {
        Port port = busy(Overflow.DROP_NEWEST);
        try (Guard listening = node.highWater(seen::add)) {
            for (int i = 0; i < 10; i++) {
                node.send(port.id(), i);
            }
            assertEquals(new HighWater(port.id(), 4, 10), next());
            gate.countDown();
            settle(port);
            assertTrue(listening.cancel());
        }
        assertTrue(seen.isEmpty(), seen::toString);
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellAgainWhenAMailboxHasRunEmptyBetween(Overflow overflow) throws Exception {
        Port port = busy(overflow);
        Guard listening = node.highWater(seen::add);
        fillUp(port);
        gate.countDown();
        settle(port);
        CountDownLatch again = new CountDownLatch(1);
        port.on("again", m -> again.await());
        node.send(port.id(), "again");
        fillUp(port);
        again.countDown();
        listening.close();
    }

    private void fillUp(Port port) throws InterruptedException {
        for (int i = 0; i < 9; i++) {
            node.send(port.id(), i);
        }
        assertEquals(new HighWater(port.id(), 4, 10), next());
    }

    @Test
    void shouldTellWhenAMailboxIsFilledByThoseWhoOnlyTry() throws Exception {
        Port port = busy(Overflow.KILL);
        Guard listening = node.highWater(seen::add);
        for (int i = 0; i < 9; i++) {
            assertInstanceOf(SendOutcome.Accepted.class, node.trySend(port.id(), i));
        }
        assertEquals(new HighWater(port.id(), 4, 10), next());
        gate.countDown();
        listening.close();
    }

    @Test
    void shouldTellOfEachMessageThatAFullMailboxDrops() throws Exception {
        Port port = busy(Overflow.DROP_NEWEST);
        Guard listening = node.deadLetters(seen::add);
        for (int i = 0; i < 12; i++) {
            node.send(port.id(), i);
        }
        assertEquals(new DeadLetter(port.id(), Message.of(10), Cause.MAILBOX_FULL, 0), next());
        assertEquals(new DeadLetter(port.id(), Message.of(11), Cause.MAILBOX_FULL, 0), next());
        gate.countDown();
        listening.close();
    }

    @Test
    void shouldTellOfTheOldestWhenThoseAreDropped() throws Exception {
        Port port = busy(Overflow.DROP_OLDEST);
        Guard listening = node.deadLetters(seen::add);
        for (int i = 0; i < 11; i++) {
            node.send(port.id(), i);
        }
        assertEquals(new DeadLetter(port.id(), Message.of(0), Cause.MAILBOX_FULL, 0), next());
        gate.countDown();
        listening.close();
    }

    @Test
    void shouldTellOfAllThatIsLostWhenAFullMailboxKills() throws Exception {
        Port port = busy(Overflow.KILL);
        Guard listening = node.deadLetters(seen::add);
        for (int i = 0; i < 11; i++) {
            node.send(port.id(), i);
        }
        gate.countDown();
        Awaitility.await().until(() -> seen.size() == 11);
        assertTrue(seen.stream().allMatch(letter -> ((DeadLetter) letter).cause() == Cause.PORT_DIED), seen::toString);
        listening.close();
    }
}
