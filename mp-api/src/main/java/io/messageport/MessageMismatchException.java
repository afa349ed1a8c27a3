package io.messageport;

/** A message does not have what its reader asked it for. The text names the index, the expectation and the finding. */
public final class MessageMismatchException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * A mismatch at one index.
     *
     * @param index counted from 0
     * @param expected what the reader wanted, such as {@code "a string"}
     * @param found what is there
     * @param message the whole message
     */
    public MessageMismatchException(int index, String expected, String found, Message message) {
        super("value " + index + " of the message should be " + expected + ", found " + found + "; message " + message);
    }

    /** A mismatch told in words, for values that are not at a simple index. */
    public MessageMismatchException(String text) {
        super(text);
    }

    /** A mismatch told in words, with the exception of whoever refused the values; null if nobody did. */
    public MessageMismatchException(String text, Throwable cause) {
        super(text, cause);
    }
}
