package io.messageport.transport.peer;

import io.messageport.transport.handshake.HandshakeException;
import io.messageport.transport.handshake.Lines;
import io.messageport.transport.tls.ByteStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What has arrived on one socket and is not consumed yet: first lines, then frames, in the same bytes. Owned by the
 * thread that reads, or by one after the other.
 *
 * <p>Grows by doubling, and only when it is full of bytes that have really arrived, so an announced length alone costs
 * nothing.
 */
final class Inbound {
    private static final int LINES = Lines.LONGEST + 1024;
    private static final int FRAMES = 1 << 16;
    private static final int KEEP = 1 << 20;

    /** After so many short reads in turn a large buffer is not worth its room. */
    private static final int QUIET = 64;

    private static final int MOST = Integer.MAX_VALUE - 64;

    private final ByteStream stream;
    private ByteBuffer buffer = ByteBuffer.allocate(LINES);
    private int from;
    private int to;
    private boolean begun;

    /** Bytes that the buffer is to have when it is not enough, at least. */
    private int usual = LINES;

    /** Whether the last read filled the buffer, so that there may be more. */
    private boolean filled;

    private int shortReads;

    /** What the last read has brought, outside the heap, where the JDK would put it anyway; null if that gains nothing. */
    private ByteBuffer landed;

    Inbound(ByteStream stream) {
        this.stream = stream;
    }

    byte[] array() {
        return buffer.array();
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    void consume(int bytes) {
        from += bytes;
    }

    /** The next line without its end, read as far as needed; null when the peer closed before it. */
    String line() throws IOException, HandshakeException {
        while (true) {
            if (!begun && to > from) {
                Lines.begin(array(), from, to);
            }
            int end = Lines.end(array(), from, to);
            if (end >= 0) {
                begun = true;
                String line = new String(array(), from, end - from, StandardCharsets.US_ASCII);
                from = end + 1;
                return line;
            }
            if (fill() < 0) {
                return null;
            }
        }
    }

    /** Lets the buffer grow as frames deserve, once there are enough of them. */
    void expectFrames() {
        stream.expectMuch();
        if (landed == null && stream.prefersDirect()) {
            landed = ByteBuffer.allocateDirect(FRAMES).flip();
        }
        usual = FRAMES;
    }

    /** Reads what there is, at least a byte; -1 at the end of the stream. */
    int fill() throws IOException {
        if (landed != null) {
            // What landed before has been raised or put where it belongs.
            landed.clear();
            try {
                return counted(stream.read(landed));
            } finally {
                landed.flip();
            }
        }
        makeRoom(1);
        // No more than this at a time: the JDK copies through a temporary direct buffer of the same size, and keeps it.
        buffer.limit(Math.min(buffer.capacity(), to + FRAMES)).position(to);
        int count = stream.read(buffer);
        if (count > 0) {
            to += count;
        }
        filled = to == buffer.capacity();
        return counted(count);
    }

    private int counted(int read) {
        shortReads = read < LINES / 4 ? shortReads + 1 : 0;
        return read;
    }

    /** Sees to it that so many bytes can be looked at, if as many have arrived. */
    void raise(int bytes) {
        if (landed != null && landed.hasRemaining() && to - from < bytes) {
            int more = Math.min(landed.remaining(), bytes - (to - from));
            makeRoom(more);
            landed.get(array(), to, more);
            to += more;
        }
    }

    /** As much of what has arrived as the room takes goes there. */
    void moveTo(ByteBuffer room) {
        int first = Math.min(room.remaining(), to - from);
        room.put(array(), from, first);
        from += first;
        if (landed != null && room.hasRemaining() && landed.hasRemaining()) {
            int more = Math.min(room.remaining(), landed.remaining());
            room.put(landed.slice(landed.position(), more));
            landed.position(landed.position() + more);
        }
    }

    /** Forgets what has arrived. */
    void discard() {
        from = to;
        if (landed != null) {
            landed.position(landed.limit());
        }
    }

    private void makeRoom(int more) {
        if (from == to) {
            from = 0;
            to = 0;
            fit();
        }
        if (buffer.capacity() - to >= more) {
            return;
        }
        if (from > buffer.capacity() / 2 && buffer.capacity() - (to - from) >= more) {
            System.arraycopy(array(), from, array(), 0, to - from);
            to -= from;
            from = 0;
        } else {
            long needed = Math.max(Math.max(2L * buffer.capacity(), usual), (long) to - from + more);
            resize((int) Math.min(needed, MOST));
        }
    }

    /** An empty buffer: one as large as what comes, and not larger. */
    private void fit() {
        if (buffer.capacity() > KEEP || filled && buffer.capacity() < usual) {
            resize(usual);
        } else if (shortReads >= QUIET && buffer.capacity() > LINES) {
            resize(LINES);
        }
    }

    private void resize(int capacity) {
        ByteBuffer next = ByteBuffer.allocate(Math.max(capacity, to - from));
        System.arraycopy(array(), from, next.array(), 0, to - from);
        to -= from;
        from = 0;
        buffer = next;
    }
}
