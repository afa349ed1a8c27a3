package io.messageport.runtime.link;

/** It is known that a node cannot be reached from here; the text says for people why, and what to do. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With this text. */
    public UnreachableException(String text) {
        super(text, null, false, false);
    }
}
