package io.messageport.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Message;
import io.messageport.Node;
import io.messageport.Port;
import io.messageport.Reason;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a failed expectation says, to the letter. */
class ProbeTextsTest {
    @AutoClose
    private final Node node = Node.configure(c -> c.nodeId("local"));

    private final HandMadeTime time = new HandMadeTime();
    private final Probe probe = Probe.on(node, time);

    record Say(String text) {}

    /** Time that moves when the test says so, and when something is waited for in vain. */
    private static final class HandMadeTime implements Waiting {
        private final AtomicLong now = new AtomicLong();

        void pass(Duration span) {
            now.addAndGet(span.toNanos());
        }

        @Override
        public long nanos() {
            return now.get();
        }

        @Override
        public boolean until(BooleanSupplier over, long nanos) {
            if (!over.getAsBoolean() && nanos > 0) {
                now.addAndGet(nanos);
            }
            return over.getAsBoolean();
        }
    }

    /** Sends, and returns when it is there. */
    private void arrives(Object... message) {
        int before = probe.arrived().size();
        node.send(probe.id(), message);
        untilArrived(before + 1);
    }

    private void untilArrived(int messages) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1))
                .until(() -> probe.arrived().size() == messages);
    }

    /** Three messages, the first of which is taken. */
    private void threeArrive() {
        arrives("a", 1);
        time.pass(Duration.ofMillis(100));
        arrives(new Say("b"));
        time.pass(Duration.ofSeconds(20));
        arrives("c");
        assertEquals(Message.of(1), probe.expect("a"));
    }

    private static final String THREE = """
            ; arrived in all, oldest first:
                  20 s ago  (a, 1)  (taken)
                  20 s ago  (say, b)
                  0 ms ago  (c)""";

    private static String failure(Executable expectation) {
        return assertThrows(AssertionError.class, expectation).getMessage();
    }

    @Test
    void shouldShowWhatWasExpectedAndWhatArrivedWhenTheNextIsAnother() {
        threeArrive();
        assertEquals("expected a message \"c\" next, but got (say, b)" + THREE, failure(() -> probe.expect("c")));
        assertEquals("expected a message that passes the test next, but got (say, b)" + THREE,
                failure(() -> probe.expect(Message::isEmpty)));
        assertEquals("expected a Say saying c next, but got (say, b)" + THREE,
                failure(() -> probe.expect(Expected.type(Say.class).and("saying c", say -> say.text().equals("c")))));
        assertEquals("expected Say[text=c] next, but got (say, b)" + THREE,
                failure(() -> probe.expect(Expected.equalTo(new Say("c")))));
        assertEquals(new Say("b"), probe.expect(Say.class));
        assertTrue(failure(() -> probe.expect(Say.class)).startsWith("expected a Say next, but got (c); arrived"));
        probe.expect("c");
    }

    @Test
    void shouldShowWhatArrivedWhenNothingMoreComes() {
        assertEquals("expected any message, but nothing like it came in the 30 s there are for it;"
                + " nothing has arrived at all", failure(probe::next));
        threeArrive();
        assertEquals("expected a message \"d\", but nothing like it came in the 30 s there are for it" + THREE,
                failure(() -> probe.awaitMatching("d")));
        assertEquals(new Say("b"), probe.awaitMatching(Say.class));
    }

    @Test
    void shouldNameWhatIsMissingWhenSeveralAreExpectedInAnyOrder() {
        threeArrive();
        assertEquals("expected in any order also a message \"d\", but got (say, b)" + THREE,
                failure(() -> probe.expectAll(Expected.tag("d"))));
        assertEquals(
                "expected in any order also a message \"d\", a message \"e\", but nothing like it came in the 30 s"
                        + " there are for it"
                        + THREE.replace("20 s ago  (a", "30 s ago  (a").replace("20 s", "29 s").replace("   0", "9900"),
                failure(() -> probe.expectAll(Expected.tag("d"), Expected.tag("c"), Expected.type(Say.class),
                        Expected.tag("e"))));
        probe.expectAll(Expected.tag("c"), Expected.type(Say.class));
    }

    @Test
    void shouldGiveAGroupOneDeadlineWithinThatOfTheProbe() {
        arrives("a");
        probe.within(Duration.ofSeconds(1), () -> {
            probe.expect("a");
            time.pass(Duration.ofMillis(999));
            arrives("b");
            probe.expect("b");
            assertTrue(failure(() -> probe.expect("c")).startsWith(
                    "expected a message \"c\", but nothing like it came in the 1000 ms there are for it; arrived"));
            assertEquals(Duration.ofSeconds(1).toNanos(), time.nanos());
        });
        assertTrue(failure(() -> probe.within(Duration.ofSeconds(60), probe::next)).contains("in the 30 s there are"));
        assertEquals(Duration.ofSeconds(30).toNanos(), time.nanos());
    }

    @Test
    void shouldShowWhatCameWhenThereShouldHaveBeenQuiet() {
        probe.expectNone(Duration.ofSeconds(2));
        assertEquals(Duration.ofSeconds(2).toNanos(), time.nanos());
        arrives("a");
        assertEquals("expected nothing for 2000 ms, but got (a); arrived in all, oldest first:\n      0 ms ago  (a)",
                failure(() -> probe.expectNone(Duration.ofSeconds(2))));
    }

    @Test
    void shouldShowTheReasonWhenAPortDiedOfAnotherOne() {
        Port port = node.port("named").ignoreUnmatched();
        probe.watch(port.id());
        port.stop("broken", 7);
        untilArrived(1);
        String arrived = ", but got the end of local#named (broken: 7); arrived in all, oldest first:\n"
                + "      0 ms ago  the end of local#named (broken: 7)";
        assertEquals("expected the end of local#named with the reason normal next" + arrived,
                failure(() -> probe.expectDown(port.id(), Reason.normal())));
        assertEquals("expected the end of local#named with a reason TransportError next" + arrived,
                failure(() -> probe.expectDown(port.id(), Reason.TransportError.class)));
        assertEquals("expected a message \"x\" next" + arrived, failure(() -> probe.expect("x")));
        probe.expectDown(port.id(), Reason.of("broken", 7));
    }

    @Test
    void shouldShowOnlyTheLastOnesWhenVeryManyArrived() {
        for (int i = 0; i < 40; i++) {
            arrives("n", i);
        }
        String text = failure(() -> probe.expect("m"));
        assertTrue(text.contains("oldest first:\n  (10 more)\n      0 ms ago  (n, 10)\n"), text);
        assertTrue(text.endsWith("(n, 39)"), text);
    }

    @Test
    void shouldSayHowToGoOnWhenAPortIsNotWatched() {
        String text = assertThrows(IllegalStateException.class, () -> probe.expectDown(probe.id())).getMessage();
        assertEquals("nothing will tell this probe of the end of " + probe.id()
                + ": call watch(...) first, and again after each end", text);
    }
}
