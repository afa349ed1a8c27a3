package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.DeadLetter;
import io.messageport.DeadLetter.Cause;
import io.messageport.Guard;
import io.messageport.Message;
import io.messageport.Port;
import io.messageport.PortId;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who hears of messages that nobody handled. */
@Tag("SND-2")
class DeadLetterTest extends WithNode {
    record Say(String text) {}

    private final PortId nobody = PortId.of(node.id() + "#nobody");
    private final Guard listening = node.deadLetters(seen::add);

    private static DeadLetter letter(PortId target, Cause cause, Object... message) {
        return new DeadLetter(target, Message.of(message), cause, 0);
    }

    @Test
    void shouldTellOfTheWholeMessageAndWhy() throws Exception {
        node.send(nobody, "x", 1);
        assertEquals(letter(nobody, Cause.NO_SUCH_PORT, "x", 1), next());
        node.send(nobody, new Say("hi"));
        assertEquals(letter(nobody, Cause.NO_SUCH_PORT, "say", "hi"), next());
        node.send(node.id().nodePort(), "y");
        assertEquals(letter(node.id().nodePort(), Cause.NODE_PORT, "y"), next());
        PortId remote = PortId.of("elsewhere#port");
        node.send(remote, "z");
        assertEquals(letter(remote, Cause.NO_LINK, "z"), next());
    }

    @Test
    void shouldTellOfMailAndStashThatAPortLeaves() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Port port = node.port();
        var stash = port.stash(5);
        port.on("stash", stash::put).on("fail", m -> {
            gate.await();
            throw new IllegalStateException("done");
        });
        node.send(port.id(), "stash", 1);
        node.send(port.id(), "fail");
        node.send(port.id(), "waiting");
        gate.countDown();
        assertEquals(letter(port.id(), Cause.PORT_DIED, "stash", 1), next());
        assertEquals(letter(port.id(), Cause.PORT_DIED, "waiting"), next());
    }

    @Test
    @Tag("CAL-2")
    void shouldTellOfLateRepliesAsSuch() throws Exception {
        Port twice = node.port();
        twice.on("ask", m -> {
            twice.reply(1);
            twice.reply(2);
        });
        var call = node.call(twice.id(), "ask");
        assertEquals(1, call.await().get(0));
        assertEquals(letter(call.replyPort(), Cause.LATE_REPLY, 2), next());
    }

    @Test
    void shouldTellNothingWhenTheGuardIsClosed() throws Exception {
        assertTrue(listening.cancel());
        assertFalse(listening.cancel());
        try (Guard other = node.deadLetters(letter -> seen.add("other"))) {
            node.send(nobody, "x");
            assertEquals("other", next());
            assertFalse(((LocalNode) node).kernel().observation().deadLetters().isEmpty());
            assertTrue(other.cancel());
        }
        assertTrue(((LocalNode) node).kernel().observation().deadLetters().isEmpty());
        node.send(nobody, "x");
        Awaitility.await().until(() -> node.statistics().deadLetters() == 2);
        assertTrue(seen.isEmpty());
    }

    @Test
    void shouldBoundWhatWaitsForASlowListenerAndTellHowManyItMissed() throws Exception {
        assertTrue(listening.cancel());
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        AtomicLong told = new AtomicLong();
        AtomicLong untold = new AtomicLong();
        Guard slow = node.deadLetters(letter -> {
            told.incrementAndGet();
            untold.addAndGet(letter.untold());
            inside.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        node.send(nobody, "first");
        inside.await();
        for (int i = 0; i < 5_000; i++) {
            node.send(nobody, "x");
        }
        assertEquals(5_000 - 1_024, node.statistics().untold());
        gate.countDown();
        Awaitility.await().until(() -> told.get() == 1_025);
        node.send(nobody, "last");
        Awaitility.await().until(() -> told.get() == 1_026);
        assertEquals(5_000 - 1_024, untold.get());
        assertEquals(5_002, node.statistics().deadLetters());
        slow.close();
    }

    @Test
    void shouldGoOnTellingWhenAListenerThrows() throws Exception {
        Guard wrong = node.deadLetters(letter -> {
            throw new IllegalStateException("wrong");
        });
        node.send(nobody, "x");
        node.send(nobody, "y");
        assertEquals(letter(nobody, Cause.NO_SUCH_PORT, "x"), next());
        assertEquals(letter(nobody, Cause.NO_SUCH_PORT, "y"), next());
        wrong.close();
    }

    @Test
    void shouldSayWhatIsWrong() {
        assertEquals("a listener for dead letters must not be null",
                assertThrows(NullPointerException.class, () -> node.deadLetters(null)).getMessage());
        assertEquals("a listener for high water must not be null",
                assertThrows(NullPointerException.class, () -> node.highWater(null)).getMessage());
        assertEquals(List.of(), List.copyOf(seen));
    }
}
