package io.messageport.runtime.link;

import io.messageport.NodeId;

/**
 * The logical stream of messages between this node and one life of a peer ({@code SND-5a}): dialing, then up, then
 * lost, each at most once. Messages sent while it is dialing are kept and go out in order. A lost link never comes back;
 * its successor is another object.
 *
 * <p>All methods are safe from any thread. Everything sent is one FIFO stream ({@code SND-4}).
 */
public interface Link {
    /** The node at the other end. */
    NodeId peer();

    /** What the runtime gave this link when it was opened. */
    LinkHandler handler();

    /**
     * Appends a message to the stream, encoded on the calling thread; parks the thread while the outbound buffer is full
     * ({@code BND-2}). When the link ends while the thread is parked, the message is lost with it ({@code SND-5b}), as are
     * those before it.
     *
     * @param port the name of the port on the peer
     * @param message the values; records inside are sent as their lists
     * @return false when the link was lost before: nothing was sent
     * @throws IllegalArgumentException when a value cannot be encoded or the message is too large; nothing was sent
     */
    boolean send(String port, Object[] message);

    /**
     * As {@link #send}, but where nothing else is under way to the peer, the calling thread may carry the message out
     * itself, which saves the wake-up of another. For threads that are interrupted next to never, since that costs the link
     * its connection, and a moment until it goes on over the next.
     */
    default boolean sendAtOnce(String port, Object[] message) {
        return send(port, message);
    }

    /** As {@link #send}, but instead of parking says that the outbound buffer is full. */
    Offer trySend(String port, Object[] message);

    /** What became of a message that was offered. */
    enum Offer {
        /** It is in the stream. */
        TAKEN,
        /** There is no room; nothing was sent. */
        FULL,
        /** The link is lost; nothing was sent. */
        LOST
    }

    /**
     * Appends a message for the peer's node port; never parks, exempt from the outbound bound.
     *
     * @return false when the link is lost: nothing was sent
     * @throws IllegalArgumentException as {@link #send}
     */
    boolean sendControl(Object... message);

    /** Ends the link: loss with this text on this side, an orderly goodbye with it to the peer. Idempotent. */
    void close(String reason);
}
