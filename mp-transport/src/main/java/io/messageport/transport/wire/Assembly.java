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
        int size = part.bytes().remaining();
        if (part.array() == Frame.Part.NONE) {
            check(array == null && part.rest() == rest - size);
            content = withRoom(content, contentSize, size, contentSize + rest);
            part.bytes().get(content, contentSize, size);
            contentSize += size;
            rest -= size;
        } else {
            ArrayPart head = new ArrayPart(part.message(), part.rest(), part.array(), size);
            check(isNext(head));
            if (array == null) {
                array = NOTHING;
                length = Math.addExact(size, part.array());
                filled = 0;
            }
            array = withRoom(array, filled, size, length);
            part.bytes().get(array, filled, size);
            filled(head);
        }
    }

    /**
     * Where the bytes of the next part of an array are to be put as they arrive. They count once the part is {@link
     * #filled}; until then it may come anew.
     *
     * @return null when there is no room yet: it is made for what has arrived only
     * @throws WireException when it cannot follow what came before
     */
    public ByteBuffer room(ArrayPart part) throws WireException {
        if (array == null || array.length - filled < part.size()) {
            return null;
        }
        check(isNext(part));
        return ByteBuffer.wrap(array, filled, part.size());
    }

    private boolean isNext(ArrayPart part) {
        return part.rest() == rest - part.size() && (array == null || part.left() == length - filled - part.size());
    }

    /** The room of this part is full. */
    public void filled(ArrayPart part) {
        rest -= part.size();
        filled += part.size();
        if (filled == length) {
            arrays.add(array);
            array = null;
        }
    }

    private static void check(boolean follows) throws WireException {
        if (!follows) {
            throw new WireException("a part of a message that does not follow the one before");
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
