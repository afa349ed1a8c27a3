package io.messageport.benchmarks;

/** What blocking handlers do to others could not be measured; the message says why. */
final class BlockingFailure extends Exception {
    private static final long serialVersionUID = 1L;

    BlockingFailure(String message) {
        super(message);
    }

    BlockingFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
