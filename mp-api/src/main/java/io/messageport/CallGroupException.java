package io.messageport;

import java.util.Map;
import java.util.StringJoiner;

/** A group of calls that got too few replies; the text tells what became of each port that did not reply. */
public final class CallGroupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient CallGroupOutcome.TooFew outcome;

    /** The failure for this outcome. */
    public CallGroupException(CallGroupOutcome.TooFew outcome) {
        super(describe(outcome));
        this.outcome = outcome;
    }

    /** How each single call ended. */
    public CallGroupOutcome.TooFew outcome() {
        return outcome;
    }

    private static String describe(CallGroupOutcome.TooFew outcome) {
        StringJoiner failures = new StringJoiner("; ");
        for (Map.Entry<PortId, CallOutcome> each : outcome.outcomes().entrySet()) {
            if (!(each.getValue() instanceof CallOutcome.Reply)) {
                failures.add(CallException.describe(each.getValue()));
            }
        }
        return outcome.replies().size() + " of " + outcome.outcomes().size() + " port(s) replied, " + outcome.needed()
                + " had to: " + failures;
    }
}
