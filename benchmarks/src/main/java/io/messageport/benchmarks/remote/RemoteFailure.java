package io.messageport.benchmarks.remote;

/** A side could not be measured, or its result was wrong; the message says why, in one line. */
final class RemoteFailure extends Exception {
    private static final long serialVersionUID = 1L;

    RemoteFailure(String message) {
        super(message);
    }
}
