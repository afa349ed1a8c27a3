package io.messageport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a failed call tells its caller. */
@Tag("CAL-2")
class CallExceptionTest {
    private static final PortId TARGET = PortId.of("n#p");

    @Test
    void shouldNameTargetTagAndTimeWhenTimeIsOver() {
        CallOutcome outcome = new CallOutcome.Timeout(TARGET, "ask", Duration.ofMillis(1500));
        CallException failure = new CallException(outcome);
        assertEquals(
                "no reply from n#p to \"ask\" within 1500 ms: the port is not known to be dead, it may be slow, blocked"
                        + " or far behind with its mailbox",
                failure.getMessage());
        assertSame(outcome, failure.outcome());
    }

    @Test
    void shouldNameReasonWhenCalleeWentDown() {
        assertEquals(
                "no reply from n#p to \"ask\": it went down with die: boom",
                new CallException(new CallOutcome.Down(TARGET, "ask", Reason.of("die", "boom"))).getMessage());
        assertEquals(
                "no reply from n#p to \"n#tag\": it went down with normal",
                new CallException(new CallOutcome.Down(TARGET, PortId.of("n#tag"), Reason.normal())).getMessage());
    }

    @Test
    void shouldSaySoWhenQuestionHadNoTag() {
        assertEquals(
                "no reply from n#p to a message without a tag: it went down with normal",
                new CallException(new CallOutcome.Down(TARGET, null, Reason.normal())).getMessage());
    }

    @Test
    void shouldRefuseReply() {
        assertEquals(
                "a reply is not a failure: Reply[message=(x)]",
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new CallException(new CallOutcome.Reply(Message.of("x"))))
                        .getMessage());
    }
}
