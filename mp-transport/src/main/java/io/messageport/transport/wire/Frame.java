package io.messageport.transport.wire;

import java.nio.ByteBuffer;

/**
 * One unit on the wire after the handshake: {@code u32 length | u8 type | payload}, length counting type and payload.
 *
 * <p>Messages and parts of messages are <em>numbered</em>: each side counts those it has sent and received on a link, from
 * one, over all sockets the link has had; no number travels with them. {@link #ACK} and {@link #RESUME} carry the count of
 * those received ({@code CON-5}). The other frames belong to their socket and are never sent again.
 *
 * <p>A receiver that does not know a type ends the connection. {@link #ACK} and {@link #RESUME} are used only when both
 * greetings announce resumption.
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

    /** How many numbered frames have arrived. */
    int ACK = 0x10;

    /** The first frame of the side whose link goes on on another socket: how many numbered frames have arrived. */
    int RESUME = 0x11;

    /** A part of a large message. */
    int PART = 0x12;

    /** A part of a byte array in a large message, which travels beside it. */
    int ARRAY_PART = 0x13;

    /** Bytes before the payload: length and type. */
    int HEADER = 5;

    /** Whether frames of this type are counted on both sides. */
    static boolean isNumbered(int type) {
        return type == DATA || type == PART || type == ARRAY_PART;
    }

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
     * The receiver's count of numbered frames.
     *
     * @param received numbered frames that have arrived on this link; the sender may forget as many
     */
    record Ack(long received) implements Frame {}

    /**
     * The link goes on on this socket.
     *
     * @param received numbered frames that had arrived when the former socket was given up; what follows them is to come
     */
    record Resume(long received) implements Frame {}

    /**
     * A part of a message that is larger than {@link Limits#PART}: parts of one message come in order, parts of others and
     * whole messages may come between them, and the message counts as sent when its last part is.
     *
     * @param message which message of those under way
     * @param rest bytes of this message that are still to come in other parts; with the first part this announces its size
     * @param array bytes that are still to come of the byte array which this is a part of; -1 when it is none
     * @param bytes its bytes where they arrived; to be copied before more is read
     */
    record Part(int message, int rest, int array, ByteBuffer bytes) implements Frame {
        /** What stands for no array. */
        public static final int NONE = -1;
    }

    /**
     * The peer ends the connection on purpose.
     *
     * @param text why, for people
     */
    record Goodbye(String text) implements Frame {}
}
