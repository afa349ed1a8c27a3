package io.messageport.transport.wire;

import java.nio.ByteBuffer;

/**
 * Bytes to frames, with every length checked before it is believed. Owned by the thread that reads one connection.
 */
public final class FrameReader {
    private static final byte[] NOTHING = {};

    private final int limit;
    private final Input in = new Input();

    /**
     * A reader for one connection.
     *
     * @param limit greatest length of type and payload together, in bytes
     */
    public FrameReader(int limit) {
        this.limit = limit;
    }

    /**
     * How long the frame is that begins at {@code from}, its length field included.
     *
     * @return 0 while its length has not arrived in full
     * @throws WireException when the announced length is none or beyond the limit; nothing is allocated for it
     */
    public int sizeAt(byte[] array, int from, int to) throws WireException {
        if (to - from < 4) {
            return 0;
        }
        int length = Input.get32(array, from);
        if (length < 1 || length > limit) {
            throw new WireException("a frame announces " + (length & 0xffff_ffffL) + " bytes, the limit is " + limit);
        }
        return length + 4;
    }

    /**
     * The frame that begins at {@code from} and is there in full.
     *
     * @param size what {@link #sizeAt} said
     * @throws WireException when it is not a frame of this protocol
     */
    public Frame read(byte[] array, int from, int size) throws WireException {
        in.reset(array, from + Frame.HEADER, from + size);
        int type = array[from + 4];
        return switch (type) {
            case Frame.DATA -> data();
            case Frame.PING -> heartbeat(true);
            case Frame.PONG -> heartbeat(false);
            case Frame.GOODBYE -> goodbye();
            case Frame.PART -> part(array, from + size, false);
            case Frame.ARRAY_PART -> part(array, from + size, true);
            case Frame.ACK -> new Frame.Ack(count());
            case Frame.RESUME -> new Frame.Resume(count());
            default -> throw new WireException("unknown frame type " + (type & 0xff));
        };
    }

    /**
     * The head of the frame that begins at {@code from}, if it is a part of an array, of which perhaps not all bytes have
     * arrived; so that these need not be kept anywhere but in the array.
     *
     * @param size what {@link #sizeAt} said
     * @return null when it is another frame, or its head has not arrived in full
     * @throws WireException when it is not a frame of this protocol
     */
    public ArrayPart arrayPart(byte[] array, int from, int to, int size) throws WireException {
        if (to - from < ArrayPart.HEADER || array[from + 4] != Frame.ARRAY_PART) {
            return null;
        }
        in.reset(array, from + Frame.HEADER, from + ArrayPart.HEADER);
        ArrayPart head = new ArrayPart(in.i32(), in.i32(), in.i32(), size - ArrayPart.HEADER);
        check(head.rest() >= 0 && head.left() >= 0 && head.left() <= head.rest() && head.size() > 0);
        return head;
    }

    private static void check(boolean isPart) throws WireException {
        if (!isPart) {
            throw new WireException("a malformed part of a message");
        }
    }

    /**
     * The message whose parts have been put together.
     *
     * @throws WireException when it is none
     */
    public Frame.Data message(Assembly whole) throws WireException {
        in.reset(whole);
        Frame.Data message = data();
        in.reset(NOTHING, 0, 0);
        return message;
    }

    private Frame part(byte[] array, int end, boolean ofArray) throws WireException {
        int message = in.i32();
        int rest = in.i32();
        int left = ofArray ? in.i32() : Frame.Part.NONE;
        check(rest >= 0 && (!ofArray || left >= 0 && left <= rest) && in.remaining() > 0);
        return new Frame.Part(message, rest, left, ByteBuffer.wrap(array, end - in.remaining(), in.remaining()));
    }

    private long count() throws WireException {
        long count = in.i64();
        end();
        if (count < 0) {
            throw new WireException("a negative count of frames");
        }
        return count;
    }

    private Frame.Data data() throws WireException {
        int count = ValueReader.listHeader(in);
        if (count == 0) {
            throw new WireException("a message without a port name");
        }
        in.element();
        if (!(ValueReader.value(in, 1) instanceof String port)) {
            throw new WireException("a message whose port name is not text");
        }
        Object[] values = new Object[count - 1];
        for (int i = 0; i < values.length; i++) {
            in.element();
            values[i] = ValueReader.value(in, 1);
        }
        end();
        return new Frame.Data(port, values);
    }

    private Frame heartbeat(boolean wantsAnswer) throws WireException {
        end();
        return new Frame.Heartbeat(wantsAnswer);
    }

    private Frame goodbye() throws WireException {
        if (in.remaining() > Limits.GOODBYE * 4) {
            throw new WireException("a goodbye of " + in.remaining() + " bytes");
        }
        return new Frame.Goodbye(in.text(in.remaining()));
    }

    private void end() throws WireException {
        if (in.remaining() > 0) {
            throw new WireException(in.remaining() + " bytes after the end of a frame");
        }
        in.endOfArrays();
    }
}
