package io.messageport.runtime.kernel;

import io.messageport.MessageMismatchException;

/** Carries a mismatch out of a look at an unread message, apart from what a user's own test throws. */
final class Misfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final MessageMismatchException mismatch;

    Misfit(MessageMismatchException mismatch) {
        super(mismatch.getMessage(), mismatch, false, false);
        this.mismatch = mismatch;
    }

    MessageMismatchException mismatch() {
        return mismatch;
    }
}
