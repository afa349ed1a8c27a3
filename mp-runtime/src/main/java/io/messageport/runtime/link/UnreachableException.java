package io.messageport.runtime.link;

/** It is known that a node cannot be reached from here; the text says for people why, and what to do. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With this text. */
    public UnreachableException(String text) {
        super(text, null, false, false);
    }

    /** What to say when the look-up of an address ended with this failure. */
    public static String text(Throwable failure) {
        return failure instanceof UnreachableException known
                ? known.getMessage()
                : "looking for its address failed: " + failure;
    }
}
