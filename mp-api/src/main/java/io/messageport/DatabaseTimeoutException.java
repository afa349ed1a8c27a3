package io.messageport;

/** Nobody has said in time what is in a family, or it was not as wanted; the text says what to look at. */
public final class DatabaseTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a sentence for people. */
    public DatabaseTimeoutException(String text) {
        super(text);
    }
}
