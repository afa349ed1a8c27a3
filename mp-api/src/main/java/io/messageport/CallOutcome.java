package io.messageport;

import java.time.Duration;

/** The one way in which a call ended ({@code CAL-2}). */
public sealed interface CallOutcome {
    /**
     * The callee answered.
     *
     * @param message what it sent to the reply port; may be empty
     */
    record Reply(Message message) implements CallOutcome {}

    /**
     * The time was over first.
     *
     * @param target the port that was asked
     * @param tag the tag of the question, null when it had none
     * @param elapsed time since the call was made
     */
    record Timeout(PortId target, Object tag, Duration elapsed) implements CallOutcome {}

    /**
     * The callee died or its node was lost before it answered.
     *
     * @param target the port that was asked
     * @param tag the tag of the question, null when it had none
     * @param reason as a monitor of the target would have been told
     */
    record Down(PortId target, Object tag, Reason reason) implements CallOutcome {}

    /**
     * The call was given up before it was answered, by {@link Call#cancel} or because its {@link CallGroup} had ended.
     *
     * @param target the port that was asked
     * @param tag the tag of the question, null when it had none
     */
    record Cancelled(PortId target, Object tag) implements CallOutcome {}
}
