package io.messageport.transport.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A large message that is being put together from its parts. An announced size alone costs nothing: room is made for a
 * small multiple of what has really arrived. Owned by one thread.
 */
public final class Assembly {
    private static final byte[] NOTHING = {};

    /** Room is made for at most so many times the bytes that have arrived. */
    private static final int TRUST = 32;

    private final long total;

    /** Bytes still to come. */
    private long rest;

    private byte[] content = NOTHING;
    private int contentSize;
    private final List<byte[]> arrays = new ArrayList<>(1);

    /** The array that is arriving, its length and how much of it is there; null between two. */
    private byte[] array;

    private int length;
    private int filled;

    /** @param total bytes of the message, as its first part announces it */
    public Assembly(long total) {
        this.total = total;
        rest = total;
    }

    /** Bytes of the message. */
    public long total() {
        return total;
    }

    /**
     * Takes the next part in.
     *
     * @throws WireException when it cannot follow what came before
     */
    public void add(Frame.Part part) throws WireException {
        ByteBuffer bytes = part.bytes();
        int size = bytes.remaining();
        rest -= size;
        boolean follows = array == null || part.array() != Frame.Part.NONE && part.array() == length - filled - size;
        if (part.rest() != rest || !follows) {
            throw new WireException("a part of a message that does not follow the one before");
        }
        if (part.array() == Frame.Part.NONE) {
            content = withRoom(content, contentSize, size, contentSize + size + rest);
            bytes.get(content, contentSize, size);
            contentSize += size;
        } else {
            addToArray(part, bytes, size);
        }
    }

    private void addToArray(Frame.Part part, ByteBuffer bytes, int size) throws WireException {
        if (array == null) {
            array = NOTHING;
            length = Math.addExact(size, part.array());
            filled = 0;
        }
        array = withRoom(array, filled, size, length);
        bytes.get(array, filled, size);
        filled += size;
        if (filled == length) {
            arrays.add(array);
            array = null;
        }
    }

    private static byte[] withRoom(byte[] have, int used, int more, long most) {
        int needed = used + more;
        return needed <= have.length ? have : Arrays.copyOf(have, (int) Math.min(most, (long) TRUST * needed));
    }

    /** Whether all parts are there. */
    public boolean isComplete() {
        return rest == 0 && array == null;
    }

    boolean hasArrays() {
        return !arrays.isEmpty();
    }

    List<byte[]> arrays() {
        return arrays;
    }

    byte[] content() {
        return content;
    }

    int contentSize() {
        return contentSize;
    }
}
