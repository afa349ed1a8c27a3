package io.messageport.cli;

/** A demo did not go by its script; the text says where, for the person at the terminal. */
final class DemoFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailure(String text) {
        super(text);
    }
}
