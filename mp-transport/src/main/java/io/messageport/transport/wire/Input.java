package io.messageport.transport.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;

/**
 * A cursor over the payload of one frame. Every read checks that the bytes are there before anything is allocated for
 * them.
 *
 * <p>Also keeps the account that bounds containers: each announced element needs at least one byte, so what all open
 * containers together still expect can never exceed the bytes that remain. Hence no nesting of announcements makes the
 * receiver allocate more than a small multiple of the frame itself.
 */
final class Input {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    private final RecentTexts recentTexts = new RecentTexts();

    private byte[] array;
    private int position;
    private int end;
    private long owed;

    /** The arrays that came beside the bytes; null for a frame that came in one piece. */
    private Iterator<byte[]> beside;

    void reset(byte[] source, int from, int to) {
        array = source;
        position = from;
        end = to;
        owed = 0;
        beside = null;
    }

    void reset(Assembly whole) {
        reset(whole.content(), 0, whole.contentSize());
        if (whole.hasArrays()) {
            beside = whole.arrays().iterator();
        }
    }

    /** What came beside must have had its place. */
    void endOfArrays() throws WireException {
        if (beside != null && beside.hasNext()) {
            throw new WireException("a byte array beside a message that has no place for it");
        }
    }

    int remaining() {
        return end - position;
    }

    /** Announces elements of a container; {@link #element()} takes them off again. */
    void expect(long elements) throws WireException {
        if (owed + elements > remaining()) {
            throw new WireException("a container announces " + elements + " elements where " + remaining()
                    + " bytes remain");
        }
        owed += elements;
    }

    /** One announced element is being read. */
    void element() {
        owed--;
    }

    int u8() throws WireException {
        need(1);
        return array[position++] & 0xff;
    }

    int u16() throws WireException {
        need(2);
        int value = (array[position] & 0xff) << 8 | array[position + 1] & 0xff;
        position += 2;
        return value;
    }

    int i32() throws WireException {
        need(4);
        int value = get32(array, position);
        position += 4;
        return value;
    }

    long u32() throws WireException {
        return i32() & 0xffff_ffffL;
    }

    long i64() throws WireException {
        long high = i32();
        return high << 32 | u32();
    }

    byte[] bytes(long length) throws WireException {
        if (beside != null && length > Limits.PART) {
            return fromBeside(length);
        }
        need(length);
        byte[] copy = Arrays.copyOfRange(array, position, position + (int) length);
        position += (int) length;
        return copy;
    }

    private byte[] fromBeside(long length) throws WireException {
        byte[] next = beside.hasNext() ? beside.next() : null;
        if (next == null || next.length != length) {
            throw new WireException("a place for " + length + " bytes from beside the message, where "
                    + (next == null ? "none" : next.length) + " came");
        }
        return next;
    }

    /** Text in strict UTF-8. */
    String text(long length) throws WireException {
        need(length);
        int from = position;
        int to = from + (int) length;
        position = to;
        if (length <= RecentTexts.LONGEST) {
            String recent = recentTexts.at(array, from, (int) length);
            return recent != null ? recent : multiByte(from, to);
        }
        for (int i = from; i < to; i++) {
            if (array[i] < 0) {
                return multiByte(from, to);
            }
        }
        return new String(array, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private String multiByte(int from, int to) throws WireException {
        try {
            return decoder.decode(ByteBuffer.wrap(array, from, to - from)).toString();
        } catch (CharacterCodingException e) {
            throw new WireException("text is not UTF-8");
        }
    }

    private void need(long bytes) throws WireException {
        if (bytes > end - position) {
            throw new WireException("an item of " + bytes + " bytes where " + remaining() + " remain");
        }
    }

    static int get32(byte[] array, int at) {
        return (array[at] & 0xff) << 24
                | (array[at + 1] & 0xff) << 16
                | (array[at + 2] & 0xff) << 8
                | array[at + 3] & 0xff;
    }
}
