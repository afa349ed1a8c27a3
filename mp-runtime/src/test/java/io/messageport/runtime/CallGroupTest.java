package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Call;
import io.messageport.CallException;
import io.messageport.CallGroup;
import io.messageport.CallGroupException;
import io.messageport.CallGroupOutcome;
import io.messageport.CallOutcome;
import io.messageport.Message;
import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.spi.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One question to several ports; nothing of it stays behind. */
@Tag("CAL-2")
class CallGroupTest extends WithNode {
    private static final Duration SHORT = Duration.ofMillis(50);

    private final CountingClock clock = new CountingClock();

    @AutoClose
    private final Node asked = Node.configure(c -> c.nodeId("asked/%u").extension(Clock.class, clock));

    private final PortId one = echo("one");
    private final PortId two = echo("two");
    private final PortId silent = asked.port("silent").on("ask", m -> seen.add("silent asked")).id();
    private final PortId gone = new PortId(asked.id(), "gone");
    private int before;

    private PortId echo(String name) {
        return asked.open(name, Echo::new).id();
    }

    static final class Echo extends Port {
        Echo() {
            on("ask", m -> reply(m.get(0)));
        }
    }

    @BeforeEach
    void count() {
        before = ports();
    }

    private int ports() {
        return ((LocalNode) asked).kernel().table().all().size();
    }

    /** No reply port, no timer, no monitor: a port that dies without monitors leaves a line in the log. */
    private void assertNothingStays(PortId... targets) throws Exception {
        Awaitility.await().until(() -> ports() == before && clock.waiting() == 0);
        for (PortId target : targets) {
            int lines = log.list.size();
            asked.kill(target, "unwatched");
            Awaitility.await().until(() -> log.list.size() == lines + 1);
        }
    }

    private static CallGroupOutcome outcome(CallGroup group) throws Exception {
        return group.outcome().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void shouldGiveEveryReplyInOrderWhenAllAnswer() throws Exception {
        CallGroup group = asked.callAll(List.of(two, one), "ask", 7);
        Map<PortId, Message> replies = group.await();
        assertEquals(Map.of(one, Message.of(7), two, Message.of(7)), replies);
        assertEquals(List.of(two, one), new ArrayList<>(replies.keySet()));
        assertEquals(List.of(two, one), group.targets());
        assertInstanceOf(CallGroupOutcome.Enough.class, outcome(group));
        assertNothingStays(one, two);
    }

    @Test
    void shouldWaitForEachAndTellEachWhenSomeOfAllFail() throws Exception {
        CallGroup group = asked.callAll(SHORT, List.of(gone, silent, one), "ask", 7);
        CallGroupOutcome.TooFew tooFew = assertInstanceOf(CallGroupOutcome.TooFew.class, outcome(group));
        assertEquals(3, tooFew.needed());
        assertEquals(Map.of(one, Message.of(7)), tooFew.replies());
        assertInstanceOf(CallOutcome.Down.class, tooFew.outcomes().get(gone));
        assertInstanceOf(CallOutcome.Timeout.class, tooFew.outcomes().get(silent));
        CallGroupException failure = assertThrows(CallGroupException.class, group::await);
        assertEquals(tooFew, failure.outcome());
        assertEquals("silent asked", next());
        assertNothingStays(one, silent);
    }

    @Test
    void shouldTakeTheFirstReplyOfAnyAndPutTheOtherCallsAway() throws Exception {
        CallGroup group = asked.callAny(List.of(silent, gone, one), "ask", 7);
        assertEquals(Map.of(one, Message.of(7)), group.await());
        assertEquals(new CallOutcome.Cancelled(silent, "ask"), outcome(group).outcomes().get(silent));
        assertNothingStays(one, silent);
    }

    @Test
    void shouldTellEveryFailureWhenNoneOfAnyAnswers() throws Exception {
        PortId dying = asked.port("dying").on("ask", m -> {
            throw new IllegalStateException("too hard");
        }).id();
        before = ports() - 1;
        CallGroupException failure = assertThrows(
                CallGroupException.class, () -> asked.callAny(SHORT, List.of(gone, silent, dying), "ask").await());
        String text = failure.getMessage();
        String start = "0 of 3 port(s) replied, 1 had to: no reply from " + gone
                + " to \"ask\": it went down with no_such_port: cannot monitor nonexistent port: " + gone
                + "; no reply from " + silent + " to \"ask\" within ";
        assertEquals(start, text.substring(0, Math.min(start.length(), text.length())));
        String end = " ms: the port is not known to be dead, it may be slow, blocked or far behind with its mailbox;"
                + " no reply from " + dying
                + " to \"ask\": it went down with die: java.lang.IllegalStateException: too hard";
        assertEquals(end, text.substring(Math.max(0, text.length() - end.length())));
        assertNothingStays(silent);
    }

    @Test
    void shouldEndWithAQuorumOfReplies() throws Exception {
        PortId three = echo("three");
        before = ports();
        CallGroupOutcome outcome = outcome(asked.callQuorum(2, List.of(silent, one, three), "ask", 7));
        assertEquals(2, outcome.needed());
        assertEquals(Map.of(one, Message.of(7), three, Message.of(7)), outcome.replies());
        assertEquals(new CallOutcome.Cancelled(silent, "ask"), outcome.outcomes().get(silent));
        assertNothingStays(one, three, silent);
    }

    @Test
    void shouldEndAtOnceWhenAQuorumCannotComeAnyMore() throws Exception {
        PortId alsoGone = new PortId(asked.id(), "alsoGone");
        CallGroupOutcome outcome = outcome(asked.callQuorum(2, List.of(gone, alsoGone, silent), "ask"));
        CallGroupOutcome.TooFew tooFew = assertInstanceOf(CallGroupOutcome.TooFew.class, outcome);
        assertEquals(new CallOutcome.Cancelled(silent, "ask"), tooFew.outcomes().get(silent));
        assertNothingStays(silent);
    }

    @Test
    void shouldEndForEachThatIsOpenWhenTheOneDeadlineIsThere() throws Exception {
        PortId silentToo = asked.port("silentToo").on("ask", m -> {}).id();
        before = ports();
        CallGroupOutcome outcome = outcome(asked.callQuorum(2, SHORT, List.of(silent, one, silentToo), "ask", 1));
        assertEquals(Map.of(one, Message.of(1)), outcome.replies());
        assertInstanceOf(CallOutcome.Timeout.class, outcome.outcomes().get(silent));
        assertInstanceOf(CallOutcome.Timeout.class, outcome.outcomes().get(silentToo));
        assertNothingStays(one, silent, silentToo);
    }

    @Test
    void shouldHoldOneTimerHoweverManyAreAsked() throws Exception {
        try (CallGroup group = asked.callAll(List.of(silent, two), "ask", 1)) {
            assertEquals(1, clock.waiting());
            assertEquals(2, group.targets().size());
        }
        assertNothingStays(silent, two);
    }

    @Test
    void shouldEndOnceWhenCancelled() throws Exception {
        CallGroup group = asked.callAll(List.of(silent), "ask");
        assertTrue(group.cancel());
        assertFalse(group.cancel());
        CallGroupException cancelled = assertThrows(CallGroupException.class, group::await);
        assertEquals("0 of 1 port(s) replied, 1 had to: no reply from " + silent
                + " to \"ask\": the call was cancelled first", cancelled.getMessage());
        assertNothingStays(silent);
        CallGroup over = asked.callAny(List.of(one), "ask", 1);
        assertEquals(Map.of(one, Message.of(1)), over.await());
        assertFalse(over.cancel());
    }

    @Test
    void shouldRunThenInTheCallersContextAndEndWithTheCaller() throws Exception {
        Port caller = asked.port().ignoreUnmatched();
        before = ports() - 1;
        caller.callAll(List.of(one), "ask", 1).then(outcome -> seen.add(List.of(Port.self(), outcome.replies())));
        assertEquals(List.of(caller.id(), Map.of(one, Message.of(1))), next());
        CallGroup group = caller.callAll(List.of(silent), "ask");
        assertEquals("silent asked", next());
        asked.kill(caller.id());
        CallOutcome.Down down = assertInstanceOf(CallOutcome.Down.class, outcome(group).outcomes().get(silent));
        assertEquals(Reason.of("caller_died"), down.reason());
        assertNothingStays(one, silent);
    }

    @Test
    void shouldLeaveNothingPendingWhenTheQuestionCannotBeSent() throws Exception {
        PortId remote = PortId.of("elsewhere#port");
        assertThrows(IllegalArgumentException.class,
                () -> asked.callAll(List.of(silent, one), new CallGroupTest.Bad(1)));
        CallGroupOutcome lost = outcome(asked.callAll(List.of(one, remote), "ask", 1));
        Reason noNetwork = ((CallOutcome.Down) lost.outcomes().get(remote)).reason();
        assertInstanceOf(Reason.TransportError.class, noNetwork);
        assertNothingStays(one, silent);
    }

    record Bad(Object value) {
        Bad(int unused) {
            this(Thread.currentThread());
        }
    }

    @Test
    void shouldEndAtOnceWhenNobodyIsAsked() throws Exception {
        assertEquals(Map.of(), asked.callAll(List.of(), "ask").await());
        assertNothingStays();
    }

    @Test
    void shouldSayWhatIsWrongWithTheNumbers() {
        assertEquals("2 reply(s) cannot come from 1 port(s): ask more ports, or need fewer",
                refused(() -> asked.callQuorum(2, List.of(one), "ask")));
        assertEquals("1 reply(s) cannot come from 0 port(s): ask more ports, or need fewer",
                refused(() -> asked.callAny(List.of(), "ask")));
        assertEquals("a quorum is at least 1 reply, not 0", refused(() -> asked.callQuorum(0, List.of(one), "ask")));
        assertEquals("port " + one + " is named twice: it has one reply to give",
                refused(() -> asked.callAll(List.of(one, one), "ask")));
        assertEquals("a call's timeout must be longer than nothing, not PT0S",
                refused(() -> asked.callAll(Duration.ZERO, List.of(one), "ask")));
        assertThrows(NullPointerException.class, () -> asked.callAll(Arrays.asList(one, null), "ask"));
    }

    private static String refused(org.junit.jupiter.api.function.Executable code) {
        return assertThrows(IllegalArgumentException.class, code).getMessage();
    }

    @Test
    void shouldRefuseToWaitForItsOwnAnswer() throws Exception {
        Port self = asked.port();
        self.on("go", m -> self.callAny(List.of(silent, self.id()), "ask").await());
        var death = asked.whenDown(self.id()).toCompletableFuture();
        asked.send(self.id(), "go");
        String text = death.get(PATIENCE_SECONDS, TimeUnit.SECONDS).toString();
        assertTrue(text.contains("port " + self.id() + " waits for its own answer"), text);
        assertNothingStays(silent);
    }

    @Test
    void shouldCancelASingleCallOnceAndPutItAway() throws Exception {
        Call call = asked.call(silent, "ask");
        assertEquals("silent asked", next());
        assertTrue(call.cancel());
        assertFalse(call.cancel());
        CallException cancelled = assertThrows(CallException.class, call::await);
        assertEquals(new CallOutcome.Cancelled(silent, "ask"), cancelled.outcome());
        assertEquals("no reply from " + silent + " to \"ask\": the call was cancelled first", cancelled.getMessage());
        assertNothingStays(silent);
        Call answered = asked.call(one, "ask", 1);
        assertEquals(Message.of(1), answered.await());
        assertFalse(answered.cancel());
    }
}
