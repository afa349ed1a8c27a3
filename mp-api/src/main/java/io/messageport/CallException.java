package io.messageport;

/** A call that got no reply; {@link #outcome()} says in which way it failed. */
public final class CallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient CallOutcome outcome;

    /** The failure for an outcome that is not a reply. */
    public CallException(CallOutcome outcome) {
        super(describe(outcome));
        this.outcome = outcome;
    }

    /** {@link CallOutcome.Timeout}, {@link CallOutcome.Down} or {@link CallOutcome.Cancelled}. */
    public CallOutcome outcome() {
        return outcome;
    }

    static String describe(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Timeout t -> "no reply from " + t.target() + " to " + question(t.tag()) + " within "
                    + t.elapsed().toMillis() + " ms: the port is not known to be dead, it may be slow, blocked or far"
                    + " behind with its mailbox";
            case CallOutcome.Down d ->
                    "no reply from " + d.target() + " to " + question(d.tag()) + ": it went down with "
                            + d.reason();
            case CallOutcome.Cancelled c ->
                    "no reply from " + c.target() + " to " + question(c.tag()) + ": the call was cancelled first";
            case CallOutcome.Reply r -> throw new IllegalArgumentException("a reply is not a failure: " + r);
        };
    }

    private static String question(Object tag) {
        return tag == null ? "a message without a tag" : "\"" + tag + '"';
    }
}
