package io.messageport.transport.tls;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * The bytes of a socket inside TLS 1.3: an {@link SSLEngine} over a channel that blocks ({@code ADR 9}).
 *
 * <p>One thread carries out {@link #begin}. After it, the reader unwraps and the writer wraps, each with its own
 * buffer, and neither ever does the other's work: what TLS 1.3 has to answer a reader, an update of keys, need not go out
 * before the next data, so it goes out with them. No reader can be held up by a socket that is full.
 *
 * <p>Known limit: the JDK's engine takes a lock around each record, so the two directions of one connection never encrypt
 * and decrypt at the same instant.
 *
 * <p>The buffer for input grows only with bytes that have really arrived, up to one record of 16 KiB until {@link
 * #expectMuch}, to two after it, and is given back when little has come for a while. There is one for output only while
 * something is written.
 */
public final class TlsStream implements ByteStream {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int FIRST = 1 << 11;

    /** Records that go through the socket with one call. */
    private static final int BATCH = 2;

    /** Content types of records that may begin a conversation: alert and handshake. */
    private static final int ALERT = 21;

    private static final int HANDSHAKE = 22;

    /** After so many short reads in turn a large buffer is not worth its room. */
    private static final int QUIET = 64;

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final Identity identity;
    private final RecordBuffers buffers;

    /** Bytes of the longest record. */
    private final int record;

    // Owned by the reader.
    /** What has arrived and is not decrypted yet, ready to be read from. */
    private ByteBuffer in = ByteBuffer.allocate(FIRST).flip();

    /** What was decrypted for a buffer that had no room for the record, ready to be read from. */
    private ByteBuffer spill = NOTHING;

    private boolean begun;
    private boolean ended;

    /** Bytes that {@code in} holds at most. */
    private int most;

    /** Whether the last read filled it, so that there may be more. */
    private boolean filled;

    private int shortReads;

    /** Owned by the writer; encrypted and not sent. None outside of its methods. */
    private ByteBuffer out = NOTHING;

    /** Over this channel, which is connected and blocks; does nothing yet. */
    public TlsStream(SocketChannel channel, Identity identity, boolean client) {
        this(channel, identity, client, new RecordBuffers());
    }

    /** As the other, with buffers that it shares with others. */
    public TlsStream(SocketChannel channel, Identity identity, boolean client, RecordBuffers buffers) {
        this.channel = channel;
        this.identity = identity;
        this.buffers = buffers;
        engine = identity.engine(client);
        record = engine.getSession().getPacketBufferSize();
        most = record;
    }

    @Override
    public Binding begin() throws IOException {
        try {
            engine.beginHandshake();
            while (step(engine.getHandshakeStatus())) {
                // One step after the other.
            }
            return Binding.of(identity, (X509Certificate) engine.getSession().getPeerCertificates()[0]);
        } catch (SSLException e) {
            sayWhy();
            throw e;
        } finally {
            release();
        }
    }

    private boolean step(HandshakeStatus status) throws IOException {
        switch (status) {
            case NEED_WRAP -> wrapped(engine.wrap(NOTHING, roomToWrap()));
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                flush();
                release();
                unwrapHandshake();
            }
            case NEED_TASK -> runTasks();
            case FINISHED, NOT_HANDSHAKING -> {
                flush();
                return false;
            }
        }
        return true;
    }

    private void unwrapHandshake() throws IOException {
        SSLEngineResult result = engine.unwrap(in, NOTHING);
        switch (result.getStatus()) {
            case OK -> {
                // The engine says what is next.
            }
            case BUFFER_UNDERFLOW -> {
                if (fill() < 0) {
                    throw new EOFException("closed during the TLS handshake");
                }
                checkFirst();
            }
            case BUFFER_OVERFLOW -> throw new SSLException("data before the end of the TLS handshake");
            case CLOSED -> throw new EOFException("closed during the TLS handshake");
        }
    }

    private void checkFirst() throws NotTlsException {
        int type = in.get(in.position());
        if (!begun && type != HANDSHAKE && type != ALERT) {
            byte[] bytes = new byte[in.remaining()];
            in.get(bytes);
            throw new NotTlsException(bytes);
        }
        begun = true;
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** Sends the alert that the engine holds after a failure, as far as that is possible. */
    private void sayWhy() {
        try {
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                // Closed, it says, and hands the alert out all the same.
                var unused = engine.wrap(NOTHING, roomToWrap());
            }
            flush();
            channel.shutdownOutput();
            discard();
        } catch (IOException e) {
            // The peer learns it from the closed socket.
        }
    }

    /** Waits for the peer's end, within reason: closing with something unread would take the alert away from it. */
    private void discard() throws IOException {
        int rest = 4 * record;
        for (int count = 0; count >= 0 && rest > 0; rest -= count) {
            count = channel.read(in.clear());
        }
    }

    @Override
    public void expectMuch() {
        most = BATCH * record;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (!into.hasRemaining()) {
            return 0;
        }
        if (spill.hasRemaining()) {
            return spilled(into);
        }
        int start = into.position();
        while (!ended) {
            SSLEngineResult result = engine.unwrap(in, into);
            switch (result.getStatus()) {
                case OK -> runTasks();
                case BUFFER_UNDERFLOW -> {
                    if (into.position() > start) {
                        return into.position() - start;
                    }
                    ended = fill() < 0;
                }
                case BUFFER_OVERFLOW -> {
                    if (into.position() > start) {
                        return into.position() - start;
                    }
                    spill();
                    if (spill.hasRemaining()) {
                        return spilled(into);
                    }
                }
                case CLOSED -> ended = true;
            }
        }
        return into.position() > start ? into.position() - start : -1;
    }

    private void spill() throws IOException {
        if (spill.capacity() == 0) {
            // The engine asks for room by the length of the record, which is a little more than what is in it.
            spill = ByteBuffer.allocate(record);
        }
        // It also looks at the room before it looks whether the record is there.
        switch (engine.unwrap(in, spill.clear()).getStatus()) {
            case OK -> runTasks();
            case BUFFER_UNDERFLOW -> ended = fill() < 0;
            case BUFFER_OVERFLOW -> throw new SSLException("a record that is too long");
            case CLOSED -> ended = true;
        }
        spill.flip();
    }

    private int spilled(ByteBuffer into) {
        int count = Math.min(into.remaining(), spill.remaining());
        into.put(spill.slice(spill.position(), count));
        spill.position(spill.position() + count);
        return count;
    }

    /** Reads what there is behind what is there; -1 at the end. */
    private int fill() throws IOException {
        if (filled && in.capacity() < most) {
            in = ByteBuffer.allocate(Math.min(2 * in.capacity(), most)).put(in);
        } else if (shortReads >= QUIET && in.capacity() > FIRST && in.remaining() < FIRST / 2) {
            in = ByteBuffer.allocate(FIRST).put(in);
            spill = spill.hasRemaining() ? spill : NOTHING;
        } else {
            in.compact();
        }
        try {
            int count = channel.read(in);
            filled = !in.hasRemaining();
            shortReads = count < FIRST / 4 ? shortReads + 1 : 0;
            return count;
        } finally {
            in.flip();
        }
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int start = from.position();
        try {
            do {
                wrapped(engine.wrap(from, roomToWrap()));
            } while (from.hasRemaining() && out.remaining() >= record);
            flush();
        } finally {
            release();
        }
        return from.position() - start;
    }

    @Override
    public void endOutput() throws IOException {
        engine.closeOutbound();
        try {
            while (!engine.isOutboundDone()) {
                var unused = engine.wrap(NOTHING, roomToWrap());
            }
            flush();
        } finally {
            release();
        }
        channel.shutdownOutput();
    }

    private void release() {
        if (out.capacity() > 0) {
            buffers.give(out);
            out = NOTHING;
        }
    }

    private ByteBuffer roomToWrap() throws IOException {
        if (out.capacity() == 0) {
            out = buffers.take(BATCH * record);
        } else if (out.remaining() < record) {
            flush();
        }
        return out;
    }

    private static void wrapped(SSLEngineResult result) throws IOException {
        switch (result.getStatus()) {
            case OK -> {
                // Encrypted.
            }
            case CLOSED -> throw new ClosedChannelException();
            case BUFFER_OVERFLOW, BUFFER_UNDERFLOW -> throw new IllegalStateException("no room for a record");
        }
    }

    private void flush() throws IOException {
        out.flip();
        while (out.hasRemaining()) {
            var unused = channel.write(out);
        }
        out.clear();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** {@inheritDoc} Without a word to the peer: whether an end was meant, the frames say. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
