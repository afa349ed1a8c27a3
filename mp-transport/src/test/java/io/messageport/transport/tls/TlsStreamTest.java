package io.messageport.transport.tls;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two ends of one TLS connection, without nodes. */
@Timeout(30)
class TlsStreamTest {
    private static final Identities IDENTITIES = Identities.automatic();

    private SocketChannel near;
    private SocketChannel far;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            near = SocketChannel.open(server.getLocalAddress());
            far = server.accept();
        }
    }

    @AfterEach
    void close() throws IOException {
        near.close();
        far.close();
    }

    @Test
    void shouldShowBothSidesTheSameCertificates() throws Exception {
        Pair pair = pair();
        assertEquals(pair.nearBinding.own(), pair.farBinding.other());
        assertEquals(pair.farBinding.own(), pair.nearBinding.other());
        assertNotEquals(Binding.PLAIN, pair.nearBinding);
        assertTrue(pair.nearBinding.allows("anybody"));
    }

    @Test
    void shouldCarryBothDirectionsAtOnceWhateverTheBuffers() throws Exception {
        Pair pair = pair();
        FutureTask<byte[]> there = read(pair.far, 3);
        FutureTask<byte[]> back = read(pair.near, 4);
        FutureTask<byte[]> sends = start(() -> send(pair.near, 1));
        byte[] sentBack = send(pair.far, 2);
        assertArrayEquals(sends.get(), there.get());
        assertArrayEquals(sentBack, back.get());
    }

    /** Random pieces, 4 MiB in all, then the end; a digest of what was sent. */
    private static byte[] send(TlsStream stream, long seed) throws Exception {
        Random random = new Random(seed);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int left = 1 << 22; left > 0;) {
            byte[] bytes = new byte[Math.min(left, 1 + random.nextInt(random.nextBoolean() ? 100 : 100_000))];
            random.nextBytes(bytes);
            digest.update(bytes);
            for (ByteBuffer from = ByteBuffer.wrap(bytes); from.hasRemaining();) {
                assertTrue(stream.write(from) > 0);
            }
            left -= bytes.length;
        }
        stream.endOutput();
        return digest.digest();
    }

    /** A digest of what arrives until the end, read into rooms that are mostly too small for a record. */
    private static FutureTask<byte[]> read(TlsStream stream, long seed) {
        return start(() -> {
            Random random = new Random(seed);
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int i = 0; true; i++) {
                if (i == 100) {
                    stream.expectMuch();
                }
                ByteBuffer into = ByteBuffer.allocate(1 + random.nextInt(random.nextInt(4) == 0 ? 70_000 : 16_400));
                int count = stream.read(into);
                assertEquals(Math.max(0, count), into.position());
                if (count < 0) {
                    return digest.digest();
                }
                digest.update(into.flip());
            }
        });
    }

    @Test
    void shouldStillReadAfterTheOwnHalfHasEnded() throws Exception {
        Pair pair = pair();
        pair.near.endOutput();
        assertEquals(-1, pair.far.read(ByteBuffer.allocate(10)));
        assertEquals(3, pair.far.write(ByteBuffer.wrap(new byte[3])));
        assertEquals(3, pair.near.read(ByteBuffer.allocate(10)));
        pair.far.endOutput();
        assertEquals(-1, pair.near.read(ByteBuffer.allocate(10)));
        assertEquals(-1, pair.near.read(ByteBuffer.allocate(10)));
    }

    @Test
    void shouldEndReaderAndWriterWhenClosedByAnother() throws Exception {
        Pair pair = pair();
        FutureTask<Integer> reads = start(() -> pair.near.read(ByteBuffer.allocate(10)));
        FutureTask<Integer> writes = start(() -> {
            while (true) {
                int ignored = pair.near.write(ByteBuffer.allocate(100_000));
            }
        });
        // The socket is full once more has been offered than it takes: the bytes that nobody reads are there.
        await().until(() -> near.isOpen() && !writes.isDone() && !reads.isDone());
        pair.near.close();
        assertInstanceOf(ClosedChannelException.class, assertThrows(ExecutionException.class, reads::get).getCause());
        assertInstanceOf(ClosedChannelException.class, assertThrows(ExecutionException.class, writes::get).getCause());
    }

    @Test
    @Tag("T-8")
    void shouldHandOutWhatCameInsteadOfTls() throws Exception {
        int ignored = near.write(ByteBuffer.wrap("messageport;1;".getBytes(StandardCharsets.US_ASCII)));
        NotTlsException said = assertThrows(NotTlsException.class,
                () -> new TlsStream(far, IDENTITIES.current(), false).begin());
        assertEquals("messageport;1;", new String(said.first(), StandardCharsets.US_ASCII));
    }

    @Test
    @Tag("T-13")
    void shouldFailWhenARecordIsAltered() throws Exception {
        Pair pair = pair();
        assertEquals(100, pair.near.write(ByteBuffer.allocate(100)));
        ByteBuffer record = ByteBuffer.allocate(1000);
        int length = far.read(record);
        record.put(length / 2, (byte) (record.get(length / 2) ^ 1));
        int ignored = near.write(record.position(0).limit(length));
        // The far end lacks the first record, so that this one is altered and out of its place: both are refused alike.
        assertThrows(SSLException.class, () -> pair.far.read(ByteBuffer.allocate(1000)));
    }

    /** Both ends, after the handshake. */
    private record Pair(TlsStream near, TlsStream far, Binding nearBinding, Binding farBinding) {}

    private Pair pair() throws Exception {
        TlsStream client = new TlsStream(near, IDENTITIES.current(), true);
        TlsStream server = new TlsStream(far, Identities.automatic().current(), false);
        FutureTask<Binding> begins = start(server::begin);
        return new Pair(client, server, client.begin(), begins.get());
    }

    private static <T> FutureTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }
}
