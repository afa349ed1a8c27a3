package io.messageport.transport.tls;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Bytes to and from one peer, as the layers above see a socket.
 *
 * <p>Blocks. One thread reads and one writes at a time, the two beside each other; any thread may close, which ends both
 * with a {@link java.nio.channels.ClosedChannelException}.
 */
public interface ByteStream extends Closeable {
    /**
     * Agrees on keys, where there are any. Once, before everything else; by the thread that will read.
     *
     * @return what both sides have shown
     * @throws NotTlsException when the peer speaks something else than TLS
     * @throws javax.net.ssl.SSLException when the two do not agree
     */
    Binding begin() throws IOException;

    /** Reads what there is, at least a byte unless {@code into} is full; -1 at the end of the stream. */
    int read(ByteBuffer into) throws IOException;

    /** Whether it reads into buffers outside the heap with one copy less than into others. */
    default boolean prefersDirect() {
        return false;
    }

    /** Writes some of the rest of {@code from}, at least a byte unless it is empty; returns how many. */
    int write(ByteBuffer from) throws IOException;

    /** The peer is known and worth larger buffers. The reader's. */
    default void expectMuch() {
        // There may be none.
    }

    /** Ends the own half: the peer reads the end of the stream, and can still write. The writer's, like a write. */
    void endOutput() throws IOException;

    /** Whether it has not been closed on this side. */
    boolean isOpen();

    /** Closes both halves at once. Idempotent. */
    @Override
    void close() throws IOException;
}
