package io.messageport;

/**
 * The handle of something that happens later, or never once the handle is closed. Closing is idempotent and safe from
 * any thread.
 */
public interface Guard extends AutoCloseable {
    /**
     * Prevents the action.
     *
     * @return true when this very call prevented it; false when it ran, is running, or was prevented before
     */
    boolean cancel();

    /** Prevents the action if it has not begun. */
    @Override
    default void close() {
        boolean ignored = cancel();
    }
}
