package io.messageport;

/**
 * Messages that a port puts aside until it can handle them: opened with {@link Port#stash}, bounded, and part of its port.
 * For callback ports, and for code that runs in the port; a threaded port leaves messages unread with {@code receive}.
 *
 * <p>What is in the stash when the port dies counts as dead letters ({@code SND-2}).
 */
public interface Stash {
    /**
     * Puts a message aside: the whole of it, also when the handler sees it without its tag.
     *
     * @throws IllegalStateException when the stash is full (uncaught, that kills the port, so nothing is lost silently),
     *     or when called from outside of the port
     */
    void put(Message message);

    /**
     * Puts the message aside that is being handled, as it came: for handlers of records.
     *
     * @throws IllegalStateException as {@link #put(Message)}, or when no message is being handled
     */
    void put();

    /**
     * Lets the port handle what is in the stash, in the order in which it was put there: after the present handler, and
     * before any message that waits in the mailbox. What a handler puts back meanwhile stays until the next time.
     *
     * @throws IllegalStateException when called from outside of the port
     */
    void unstashAll();

    /** How many messages are in the stash. For code that runs in the port. */
    int size();
}
