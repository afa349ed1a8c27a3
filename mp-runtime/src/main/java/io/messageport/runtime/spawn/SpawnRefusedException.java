package io.messageport.runtime.spawn;

/** A spawn that is not done; the text says why, in the words of whoever can grant it. */
public final class SpawnRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SpawnRefusedException(String text) {
        super(text);
    }

    SpawnRefusedException(String text, Throwable cause) {
        super(text, cause);
    }
}
