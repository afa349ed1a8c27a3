package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.messageport.Guard;
import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.runtime.link.Transport.Dialed;
import io.messageport.runtime.link.TransportProvider;
import io.messageport.spi.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When the question for a node's address ends, with a clock that the test owns. */
class AddressQuestionsTest {
    private static final NodeId WANTED = NodeId.of("wanted");

    private final FakeTransport transport = new FakeTransport();
    private final StoppedClock clock = new StoppedClock();
    private final Node node = Node.configure(c -> c.nodeId("here")
            .seed("seed:1")
            .idleLimit(Duration.ZERO)
            .extension(Clock.class, clock)
            .extension(TransportProvider.class, transport));

    /** Time stands still until the test says that everything is due. */
    private static final class StoppedClock implements Clock {
        final Queue<Runnable> scheduled = new ConcurrentLinkedQueue<>();

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Guard schedule(long delayNanos, Runnable task) {
            scheduled.add(task);
            return () -> scheduled.remove(task);
        }

        @Override
        public void close() {}
    }

    @AfterEach
    void close() {
        node.close();
    }

    private CompletableFuture<List<String>> ask() {
        return transport.events.addressesOf(WANTED).toCompletableFuture();
    }

    @Test
    @Tag("SEED-2")
    void shouldNotEndALaterQuestionWhenTheDeadlineOfAnEarlierOneComes() throws Exception {
        FakeTransport.FakeLink peer = transport.connected("peer");
        CompletableFuture<List<String>> first = ask();
        Runnable deadline = clock.scheduled.peek();
        peer.receive("", "at", WANTED, "a:1");
        assertEquals(List.of("a:1"), first.get(5, TimeUnit.SECONDS));
        CompletableFuture<List<String>> second = ask();
        deadline.run();
        assertFalse(second.isDone(), "given up by the deadline of the question before it");
    }

    @Test
    @Tag("SEED-2")
    void shouldTakeTheDeadlineBackWhenTheQuestionIsAnswered() throws Exception {
        FakeTransport.FakeLink peer = transport.connected("peer");
        CompletableFuture<List<String>> answer = ask();
        assertEquals(1, clock.scheduled.size());
        peer.receive("", "at", WANTED, "a:1");
        assertEquals(List.of("a:1"), answer.get(5, TimeUnit.SECONDS));
        assertEquals(0, clock.scheduled.size());
    }

    @Test
    @Tag("SEED-2")
    void shouldEndTheQuestionWhenTheLastAnswerRacesWithTheEndOfTheDial() throws Exception {
        for (int i = 0; i < 2000; i++) {
            FakeTransport.FakeLink seed = transport.connected("seed");
            CompletableFuture<List<String>> answer = ask();
            CompletableFuture<Dialed> dial = transport.dials.remove("seed:1");
            Thread dialing = Thread.ofPlatform().start(() -> dial.complete(new Dialed.Connected(NodeId.of("seed"))));
            seed.receive("", "at", WANTED);
            dialing.join();
            assertEquals(List.of(), answer.get(5, TimeUnit.SECONDS), "round " + i);
            seed.lose("next round");
        }
    }
}
