package io.messageport.transport.handshake;

/** A line cannot be accepted; carries the refusal. Does not leave this room except from {@link Lines}. */
public final class HandshakeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    HandshakeException(Refusal.Code code, String text) {
        super(text, null, false, false);
        refusal = new Refusal(code, text);
    }

    /** What to tell the operator. */
    public Refusal refusal() {
        return refusal;
    }
}
