package io.messageport;

/** A child did not start: its constructor, setup or {@link Port#start()} threw, or its name is taken. */
public class ChildStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    /** For the engine. */
    public ChildStartException(PortId supervisor, String key, Reason reason) {
        super("child \"" + key + "\" of supervisor " + supervisor + " did not start: " + reason);
        this.reason = reason;
    }

    /** Why; as a monitor of the child would have been told. */
    public Reason reason() {
        return reason;
    }
}
