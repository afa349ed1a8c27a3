package io.messageport.transport.wire;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Cuts a message that is too large for one frame into parts. What {@link FrameWriter#data} wrote goes in parts of its
 * own; an array beside it goes in parts that say so, straight from where it is.
 *
 * <p>For one thread; the message must not change meanwhile.
 */
public final class Parts {
    /** Bytes of a part frame before its content: length, type, message, rest, and what is left of an array. */
    public static final int HEADER = 17;

    private final int number;
    private final WireBuffer message;
    private final List<WireBuffer.Beside> beside;
    private int at = Frame.HEADER;
    private int array;
    private int inArray;
    private long rest;

    /**
     * Of a message that {@link FrameWriter#data} wrote into an empty buffer.
     *
     * @param number which message of those under way on the link
     */
    public Parts(int number, WireBuffer message) {
        this.number = number;
        this.message = message;
        beside = message.beside();
        rest = message.total() - Frame.HEADER;
    }

    /** Whether there is more to cut. */
    public boolean hasNext() {
        return rest > 0;
    }

    /** Puts as many frames into the buffer as fit well; gives their number. */
    public int put(ByteBuffer into) {
        int count = 0;
        for (; hasNext() && (count == 0 || into.remaining() > Limits.PART / 4); count++) {
            int room = Math.min(Limits.PART, into.remaining() - HEADER);
            if (array < beside.size() && beside.get(array).at() == at) {
                putFromArray(into, beside.get(array).bytes(), room);
            } else {
                putFromContent(into, array < beside.size() ? beside.get(array).at() : message.size(), room);
            }
        }
        return count;
    }

    private void putFromContent(ByteBuffer into, int end, int room) {
        int length = Math.min(end - at, room);
        header(into, Frame.PART, length, 8);
        into.put(message.array(), at, length);
        at += length;
    }

    private void putFromArray(ByteBuffer into, byte[] bytes, int room) {
        int length = Math.min(bytes.length - inArray, room);
        header(into, Frame.ARRAY_PART, length, 12);
        into.putInt(bytes.length - inArray - length);
        into.put(bytes, inArray, length);
        inArray += length;
        if (inArray == bytes.length) {
            array++;
            inArray = 0;
        }
    }

    private void header(ByteBuffer into, int type, int length, int fields) {
        rest -= length;
        into.putInt(1 + fields + length).put((byte) type).putInt(number).putInt((int) rest);
    }
}
