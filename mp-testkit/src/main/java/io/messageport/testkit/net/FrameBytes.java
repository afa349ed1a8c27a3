package io.messageport.testkit.net;

import io.messageport.face.Faces;
import io.messageport.transport.wire.Frame;
import io.messageport.transport.wire.FrameWriter;
import io.messageport.transport.wire.WireBuffer;

/** Frames as the bytes they have on a socket. Safe from any thread. */
final class FrameBytes {
    private static final int START = 64;

    private final FrameWriter writer;

    FrameBytes(Faces faces) {
        writer = new FrameWriter(faces);
    }

    /**
     * A message.
     *
     * @throws IllegalArgumentException when a value has no wire form, or the frame would be longer than the limit
     */
    byte[] data(String port, Object[] message, int limit) {
        WireBuffer buffer = WireBuffer.ofCapacity(START);
        writer.data(buffer, port, message, limit);
        return buffer.toByteArray();
    }

    static byte[] signOfLife() {
        WireBuffer buffer = WireBuffer.ofCapacity(Frame.HEADER);
        FrameWriter.heartbeat(buffer, false);
        return buffer.toByteArray();
    }

    static byte[] goodbye(String text) {
        WireBuffer buffer = WireBuffer.ofCapacity(START);
        FrameWriter.goodbye(buffer, text);
        return buffer.toByteArray();
    }
}
