package io.messageport.transport.wire;

import java.nio.ByteBuffer;

/**
 * Bytes to frames, with every length checked before it is believed. Owned by the thread that reads one connection.
 */
public final class FrameReader {
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
            case Frame.PART -> part(array, from + size);
            case Frame.ACK -> new Frame.Ack(count());
            case Frame.RESUME -> new Frame.Resume(count());
            default -> throw new WireException("unknown frame type " + (type & 0xff));
        };
    }

    /**
     * The message whose parts have been put together.
     *
     * @throws WireException when it is none
     */
    public Frame.Data message(WireBuffer whole) throws WireException {
        in.reset(whole.array(), 0, whole.size());
        return data();
    }

    private Frame part(byte[] array, int end) throws WireException {
        int message = in.i32();
        int last = in.u8();
        if (last > 1 || in.remaining() == 0) {
            throw new WireException("a malformed part of a message");
        }
        return new Frame.Part(message, last == 1, ByteBuffer.wrap(array, end - in.remaining(), in.remaining()));
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
    }
}
