package io.messageport.transport.peer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.messageport.Tls;
import io.messageport.runtime.link.Transport.Dialed;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Whoever can reach the port but does not know the secret. */
@Timeout(30)
class StrangersTest {
    @ParameterizedTest
    @Tag("T-8")
    @ValueSource(
            strings = {"GET / HTTP/1.1\r\n\r\n", "\u0016\u0003\u0001\u0002\u0000", "SSH-2.0-OpenSSH_9\r\n", "\u0000"})
    void shouldCloseAtOnceWhenTheFirstBytesAreForeign(String first) throws Exception {
        for (Tls tls : List.of(Tls.automatic(), Tls.plainText())) {
            shouldClose(first, tls);
        }
    }

    private static void shouldClose(String first, Tls tls) throws IOException {
        // What begins like TLS and stops has to be waited for.
        try (TestNode a = new TestNode("a", c -> c.tls(tls).handshakeTimeout(Duration.ofSeconds(1))).listening();
                SocketChannel stranger = SocketChannel.open(RawPeer.target(a.addresses.getFirst()))) {
            int ignored = stranger.write(
                    java.nio.ByteBuffer.wrap(first.getBytes(StandardCharsets.ISO_8859_1)));
            readToTheEnd(stranger);
            assertEquals(List.of(), a.inboxes);
        }
    }

    @Test
    @Tag("T-8")
    void shouldLogOneLineASecondAboutManyStrangers() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(Strangers.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(ch.qos.logback.classic.Level.WARN);
        logger.setAdditive(false);
        try (TestNode a = new TestNode("a").listening()) {
            for (int i = 0; i < 200; i++) {
                try (SocketChannel stranger = SocketChannel.open(RawPeer.target(a.addresses.getFirst()))) {
                    int ignored = stranger.write(java.nio.ByteBuffer.wrap("GET / HTTP/1.1".getBytes(
                            StandardCharsets.US_ASCII)));
                    readToTheEnd(stranger);
                }
            }
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(null);
            logger.setAdditive(true);
        }
        assertTrue(lines.list.size() < 20, "logged " + lines.list.size());
        String first = lines.list.getFirst().getFormattedMessage();
        assertTrue(first.startsWith("refused a connection from 127.0.0.1:")
                && first.endsWith("not a messageport peer; it looks like HTTP"), first);
    }

    @Test
    @Tag("T-9")
    void shouldLetPeersInWhileACrowdSaysNothing() throws Exception {
        List<SocketChannel> crowd = new ArrayList<>();
        try (TestNode a = new TestNode("a", c -> c.handshakeTimeout(Duration.ofSeconds(2))).listening();
                TestNode b = new TestNode("b")) {
            for (int i = 0; i < 600; i++) {
                SocketChannel one = SocketChannel.open(RawPeer.target(a.addresses.getFirst()));
                int ignored = one.write(java.nio.ByteBuffer.wrap(new byte[] {'m'}));
                crowd.add(one);
            }
            long start = System.nanoTime();
            assertEquals(new Dialed.Connected(a.id),
                    b.transport.dial(a.addresses.getFirst()).toCompletableFuture().get());
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertTrue(took < 1000, took + " ms");
            for (SocketChannel one : crowd) {
                readToTheEnd(one);
            }
        } finally {
            for (SocketChannel one : crowd) {
                one.close();
            }
        }
    }

    /** Two thousand for as long as they are let; the rest of T-9 is {@link #shouldLetPeersInWhileACrowdSaysNothing}. */
    @Test
    @Tag("T-9")
    @Tag("soak")
    @Timeout(120)
    void shouldCutACrowdThatTrickles() throws Exception {
        List<SocketChannel> crowd = new ArrayList<>();
        try (TestNode a = new TestNode("a", c -> c.acceptRate(1000)).listening();
                TestNode b = new TestNode("b");
                RawPeer warm = RawPeer.connect(a.addresses.getFirst(), "c", 1, 1, new Random(5))) {
            assertTrue(warm.isAccepted());
            for (int i = 0; i < 2000; i++) {
                SocketChannel one = SocketChannel.open();
                one.bind(new java.net.InetSocketAddress("127.0.0.2", 0));
                one.connect(RawPeer.target(a.addresses.getFirst()));
                crowd.add(one);
            }
            long start = System.nanoTime();
            byte[] trickle = {0x16, 3, 1, 1, 0, 1, 0, 0, (byte) 252, 3, 3, 0, 0, 0, 0, 0};
            for (int second = 0; second < 13; second++) {
                for (SocketChannel one : crowd) {
                    trickle(one, trickle[second]);
                }
                long dialed = System.nanoTime();
                if (second == 3) {
                    assertEquals(new Dialed.Connected(a.id),
                            b.transport.dial(a.addresses.getFirst()).toCompletableFuture().get());
                    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - dialed);
                    assertTrue(took < 1000, took + " ms");
                }
                java.util.concurrent.locks.LockSupport.parkNanos(
                        start + TimeUnit.SECONDS.toNanos(second + 1) - System.nanoTime());
            }
            for (SocketChannel one : crowd) {
                readToTheEnd(one);
            }
            await().until(() -> a.transport.threads() < 20);
        } finally {
            for (SocketChannel one : crowd) {
                one.close();
            }
        }
    }

    private static void trickle(SocketChannel one, byte next) {
        try {
            int ignored = one.write(java.nio.ByteBuffer.wrap(new byte[] {next}));
        } catch (IOException e) {
            // Cut, as it should be.
        }
    }

    /** Strangers that have sent as much as TLS takes from anybody: a hello of 32 KiB, all but the end. */
    @Test
    @Tag("T-1")
    void shouldCostAtMost64KibPerStranger() throws Exception {
        int strangers = 200;
        List<SocketChannel> crowd = new ArrayList<>();
        try (TestNode a = new TestNode("a").listening()) {
            try (RawPeer warm = RawPeer.connect(a.addresses.getFirst(), "b", 1, 1, new Random(5))) {
                assertTrue(warm.isAccepted());
            }
            long before = heap();
            byte[] record = new byte[5 + (1 << 14)];
            for (int i = 0; i < strangers; i++) {
                SocketChannel one = SocketChannel.open(RawPeer.target(a.addresses.getFirst()));
                crowd.add(one);
                System.arraycopy(new byte[] {22, 3, 3, 64, 0, 1, 0, 127, (byte) 240}, 0, record, 0, 9);
                write(one, record, record.length);
                System.arraycopy(new byte[4], 0, record, 5, 4);
                // All but a few bytes of the second record, so that the hello is not whole.
                write(one, record, record.length - 20);
            }
            await().until(() -> a.transport.threads() >= strangers);
            long each = (heap() - before) / strangers;
            assertTrue(each < 65_536, each + " bytes each");
            assertEquals(1, a.inboxes.size());
        } finally {
            for (SocketChannel one : crowd) {
                one.close();
            }
        }
    }

    private static void write(SocketChannel to, byte[] bytes, int length) throws IOException {
        for (java.nio.ByteBuffer from = java.nio.ByteBuffer.wrap(bytes, 0, length); from.hasRemaining();) {
            int ignored = to.write(from);
        }
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    @Tag("T-12")
    void shouldNotLetARecordedConversationInAgain() throws Exception {
        try (TestNode a = new TestNode("a").listening()) {
            List<String> recorded;
            try (RawPeer peer = RawPeer.connect(a.addresses.getFirst(), "b", 1, 1, new Random(5))) {
                assertTrue(peer.isAccepted());
                recorded = peer.said;
            }
            assertEquals(4, recorded.size());
            await().until(() -> a.only().lost.isDone());
            byte[] lines = (String.join("\n", recorded) + '\n').getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 100; i++) {
                try (RawPeer replay = RawPeer.tls(a.addresses.getFirst())) {
                    var ignored = replay.stream.begin();
                    replay.write(lines);
                    replay.drain();
                }
            }
            assertEquals(1, a.inboxes.size());
        }
    }

    private static void readToTheEnd(SocketChannel channel) {
        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.allocate(8192);
        try {
            while (channel.read(buffer.clear()) >= 0) {
                buffer.clear();
            }
        } catch (IOException e) {
            // Closed with what we sent still unread: a reset, which is an end as well.
        }
    }
}
