package io.messageport.transport.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.bytes.Bytes;

/**
 * Bytes on their way out: a chronicle-bytes elastic heap buffer, written through its array.
 *
 * <p>Storage and growth are the library's. Single bytes are stored straight into its array, since its own cursor costs
 * three times as much for the short items MessagePack is made of. The only class that knows the library.
 *
 * <p>For one thread at a time; hand-over between threads needs a lock or a volatile write.
 */
public final class WireBuffer {
    private static final int MOST = Integer.MAX_VALUE - 64;

    private final Bytes<byte[]> bytes;
    private byte[] array;
    private int position;
    private int ceiling = MOST;

    /** Arrays at least this long are not copied. */
    private int besideFrom = Integer.MAX_VALUE;

    private final List<Beside> beside = new ArrayList<>(0);
    private long besideBytes;

    /** An array that belongs into the content at a position, and is not copied into it. */
    record Beside(int at, byte[] bytes) {}

    private WireBuffer(int capacity) {
        bytes = Bytes.allocateElasticOnHeap(capacity);
        bytes.singleThreadedCheckDisabled(true);
        array = bytes.underlyingObject();
    }

    /** An empty buffer with room for that many bytes; it grows. */
    public static WireBuffer ofCapacity(int capacity) {
        return new WireBuffer(capacity);
    }

    /**
     * From now on byte arrays of at least this length stay where they are, and the content only notes their places. Who
     * writes must let them alone until the content has been used.
     */
    public WireBuffer besideFrom(int length) {
        besideFrom = length;
        return this;
    }

    /** Bytes written, without what is beside. */
    public int size() {
        return position;
    }

    /** Bytes written, with what is beside. */
    public long total() {
        return position + besideBytes;
    }

    /** Bytes that fit without growing. */
    public int capacity() {
        return array.length;
    }

    /** Forgets all content, keeps the room. */
    public void clear() {
        truncate(0);
    }

    /** Copies all of another buffer's content to the end of this one. */
    public void append(WireBuffer other) {
        raw(other.array, 0, other.position);
    }

    /** The content from one position to another as a buffer to write from; valid until this one is written to. */
    public ByteBuffer view(int from, int to) {
        return ByteBuffer.wrap(array, from, to - from);
    }

    /** A copy of the content. */
    public byte[] toByteArray() {
        return java.util.Arrays.copyOf(array, position);
    }

    /** The storage itself, valid until the next write. */
    byte[] array() {
        return array;
    }

    /** Copies bytes to the end of this one. */
    public void append(ByteBuffer source) {
        int length = source.remaining();
        room(length);
        source.get(array, position, length);
        position += length;
    }

    /** The number of four bytes, most significant first, at a position. */
    public int get32(int at) {
        return Input.get32(array, at);
    }

    /** The byte at a position. */
    public int get8(int at) {
        return array[at] & 0xff;
    }

    /** Forgets what is behind a position. */
    public void truncate(int size) {
        position = size;
        while (!beside.isEmpty() && beside.getLast().at() >= size) {
            besideBytes -= beside.removeLast().bytes().length;
        }
    }

    /** The arrays beside the content, in the order of their places. */
    List<Beside> beside() {
        return beside;
    }

    /** From here on, growing past {@code size} bytes in total throws {@link Overflow}. */
    void ceiling(int size) {
        ceiling = Math.min(size, MOST);
    }

    void noCeiling() {
        ceiling = MOST;
    }

    void u8(int value) {
        room(1);
        array[position++] = (byte) value;
    }

    void u16(int value) {
        room(2);
        array[position] = (byte) (value >>> 8);
        array[position + 1] = (byte) value;
        position += 2;
    }

    void u32(int value) {
        room(4);
        put32(position, value);
        position += 4;
    }

    void u64(long value) {
        room(8);
        put32(position, (int) (value >>> 32));
        put32(position + 4, (int) value);
        position += 8;
    }

    void array(byte[] source) {
        if (source.length < besideFrom) {
            raw(source, 0, source.length);
        } else {
            beside.add(new Beside(position, source));
            besideBytes += source.length;
            if (total() > ceiling) {
                throw new Overflow(total());
            }
        }
    }

    void raw(byte[] source, int from, int length) {
        room(length);
        System.arraycopy(source, from, array, position, length);
        position += length;
    }

    /**
     * Text of which every character is below 0x80, behind one byte that carries {@code type} and its length; measured and
     * written in one pass.
     *
     * @return false when a character is not, and then nothing was written
     */
    boolean shortAscii(int type, String text) {
        int length = text.length();
        room(length + 1);
        byte[] to = array;
        int at = position;
        to[at++] = (byte) (type | length);
        int all = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            all |= c;
            to[at + i] = (byte) c;
        }
        if (all >= 0x80) {
            return false;
        }
        position = at + length;
        return true;
    }

    /** Well-formed text of which every character is below 0x80. */
    void ascii(String text) {
        int length = text.length();
        room(length);
        byte[] to = array;
        int at = position;
        for (int i = 0; i < length; i++) {
            to[at + i] = (byte) text.charAt(i);
        }
        position = at + length;
    }

    /** Well-formed text: every surrogate has its partner. */
    void utf8(String text, int encodedLength) {
        room(encodedLength);
        int at = position;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                array[at++] = (byte) c;
            } else if (c < 0x800) {
                array[at++] = (byte) (0xc0 | c >> 6);
                array[at++] = (byte) (0x80 | c & 0x3f);
            } else if (!Character.isSurrogate(c)) {
                array[at++] = (byte) (0xe0 | c >> 12);
                array[at++] = (byte) (0x80 | c >> 6 & 0x3f);
                array[at++] = (byte) (0x80 | c & 0x3f);
            } else {
                int point = Character.toCodePoint(c, text.charAt(++i));
                array[at++] = (byte) (0xf0 | point >> 18);
                array[at++] = (byte) (0x80 | point >> 12 & 0x3f);
                array[at++] = (byte) (0x80 | point >> 6 & 0x3f);
                array[at++] = (byte) (0x80 | point & 0x3f);
            }
        }
        position = at;
    }

    void put32(int at, int value) {
        array[at] = (byte) (value >>> 24);
        array[at + 1] = (byte) (value >>> 16);
        array[at + 2] = (byte) (value >>> 8);
        array[at + 3] = (byte) value;
    }

    private void room(int more) {
        if (more > array.length - position) {
            grow(more);
        }
    }

    private void grow(int more) {
        long needed = (long) position + more;
        if (needed + besideBytes > ceiling) {
            throw new Overflow(needed + besideBytes);
        }
        bytes.writePosition(position);
        bytes.ensureCapacity(Math.min(Math.max(2L * array.length, needed), ceiling));
        array = bytes.underlyingObject();
    }

    /** The content would have passed the ceiling. */
    static final class Overflow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        final long needed;

        Overflow(long needed) {
            super(null, null, false, false);
            this.needed = needed;
        }
    }
}
