package io.messageport.transport.wire;

/**
 * The head of a part of a byte array, whose bytes follow. See {@link Frame.Part}.
 *
 * @param message which message of those under way
 * @param rest bytes of this message that are still to come in other parts
 * @param left bytes of the array that are still to come in other parts
 * @param size bytes that follow, at least one
 */
public record ArrayPart(int message, int rest, int left, int size) {
    /** Bytes from the beginning of the frame to those of the array. */
    public static final int HEADER = Parts.HEADER;
}
