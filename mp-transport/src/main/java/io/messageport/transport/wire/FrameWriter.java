package io.messageport.transport.wire;

import io.messageport.face.Faces;

/**
 * Frames to bytes, appended to a buffer. A frame that cannot be written leaves the buffer as it was ({@code SND-1}).
 */
public final class FrameWriter {
    private static final int LEAST_CEILING = 1 << 16;

    private final ValueWriter values;

    /** A writer for the messages of a node with these faces. */
    public FrameWriter(Faces faces) {
        values = new ValueWriter(faces);
    }

    /**
     * Appends a message for a port.
     *
     * @param limit greatest length of type and payload together, in bytes
     * @throws IllegalArgumentException when a value has no wire form, naming the place, or the frame would be longer than
     *     the limit, naming both numbers
     */
    public void data(WireBuffer out, String port, Object[] message, int limit) {
        int start = out.size();
        out.ceiling((int) Math.min(Math.max((long) start + limit + 4, LEAST_CEILING), Integer.MAX_VALUE));
        try {
            header(out, Frame.DATA);
            ValueWriter.listHeader(out, message.length + 1);
            ValueWriter.text(out, port);
            for (int i = 0; i < message.length; i++) {
                value(out, message[i], i);
            }
            seal(out, start, limit);
        } catch (Unencodable e) {
            out.truncate(start);
            throw new IllegalArgumentException(e.getMessage());
        } catch (WireBuffer.Overflow e) {
            out.truncate(start);
            throw tooLarge(e.needed - start - 4, limit);
        } catch (RuntimeException | StackOverflowError e) {
            out.truncate(start);
            throw e;
        } finally {
            out.noCeiling();
        }
    }

    /** Appends a sign of life. */
    public static void heartbeat(WireBuffer out, boolean wantsAnswer) {
        int start = out.size();
        header(out, wantsAnswer ? Frame.PING : Frame.PONG);
        seal(out, start, Integer.MAX_VALUE);
    }

    /** Appends the count of numbered frames that have arrived. */
    public static void ack(WireBuffer out, long received) {
        count(out, Frame.ACK, received);
    }

    /** Appends where the peer is to go on. */
    public static void resume(WireBuffer out, long received) {
        count(out, Frame.RESUME, received);
    }

    private static void count(WireBuffer out, int type, long count) {
        int start = out.size();
        header(out, type);
        out.u64(count);
        seal(out, start, Integer.MAX_VALUE);
    }

    /** Appends the end of the conversation; a long text is cut, a malformed one mended. */
    public static void goodbye(WireBuffer out, String text) {
        int start = out.size();
        header(out, Frame.GOODBYE);
        String cut = text.length() <= Limits.GOODBYE ? text : text.substring(0, Limits.GOODBYE);
        byte[] bytes = cut.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        out.raw(bytes, 0, bytes.length);
        seal(out, start, Integer.MAX_VALUE);
    }

    private void value(WireBuffer out, Object value, int index) {
        try {
            values.value(out, value, 1);
        } catch (Unencodable e) {
            throw e.in("value " + index);
        }
    }

    private static void header(WireBuffer out, int type) {
        out.u32(0);
        out.u8(type);
    }

    private static void seal(WireBuffer out, int start, int limit) {
        long length = out.total() - start - 4;
        if (length > limit) {
            throw new WireBuffer.Overflow(out.total());
        }
        out.put32(start, (int) length);
    }

    private static IllegalArgumentException tooLarge(long length, int limit) {
        return new IllegalArgumentException("the message takes " + length + " bytes or more, the limit is " + limit
                + " (messageLimit of this node or the peer); send it as several messages");
    }
}
