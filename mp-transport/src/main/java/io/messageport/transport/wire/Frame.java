package io.messageport.transport.wire;

/**
 * One unit on the wire after the handshake: {@code u32 length | u8 type | payload}, length counting type and payload.
 *
 * <p>Types 0x10 to 0x1f are kept for acknowledgement, fragments and resumption ({@code CON-5}); a receiver that does not
 * know a type ends the connection, so they are used only when both greetings announce them.
 */
public sealed interface Frame {
    /** A message for a port. */
    int DATA = 1;

    /** A question whether the peer is alive, answered by {@link #PONG}. */
    int PING = 2;

    /** The answer to a ping, and the unasked sign of life of an idle connection ({@code CON-4}). */
    int PONG = 3;

    /** The last frame of an orderly end. */
    int GOODBYE = 4;

    /** Bytes before the payload: length and type. */
    int HEADER = 5;

    /**
     * A message.
     *
     * @param port the name of a port on the receiving node; empty for the node port
     * @param values the message
     */
    record Data(String port, Object[] values) implements Frame {}

    /**
     * A sign of life.
     *
     * @param wantsAnswer whether the receiver is to answer with another that does not
     */
    record Heartbeat(boolean wantsAnswer) implements Frame {}

    /**
     * The peer ends the connection on purpose.
     *
     * @param text why, for people
     */
    record Goodbye(String text) implements Frame {}
}
