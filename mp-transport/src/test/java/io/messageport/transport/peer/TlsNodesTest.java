package io.messageport.transport.peer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Tls;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.Transport.Dialed;
import io.messageport.transport.tls.ByteStream;
import io.messageport.transport.tls.Identities;
import io.messageport.transport.tls.TlsStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that protect their connections, and whoever comes between them. */
@Timeout(30)
class TlsNodesTest {
    /** Every so many bytes of a conversation one is altered; all of them are with 1, which takes a minute. */
    private static final int STRIDE = Integer.getInteger("messageport.test.stride", 97);

    /** Long enough that whoever waits for it fails the test. */
    private static final long SOON = TimeUnit.SECONDS.toNanos(9);

    @Test
    @Tag("T-13")
    void shouldRefuseEachOtherAtOnceWhenOneTalksPlainText() throws Exception {
        try (TestNode tls = new TestNode("a").listening();
                TestNode plain = new TestNode("b", c -> c.tls(Tls.plainText())).listening()) {
            long start = System.nanoTime();
            assertRefused(tls, plain, "one node talks TLS, the other plain text");
            assertRefused(plain, tls, "refused by the peer: one node talks TLS, the other plain text");
            assertTrue(System.nanoTime() - start < SOON, "waited for the deadline");
        }
    }

    @Test
    @Tag("T-13")
    void shouldRefuseARelayWithCertificatesOfItsOwn() throws Exception {
        try (TestNode a = new TestNode("a").listening();
                TestNode b = new TestNode("b");
                ServerSocketChannel between = ServerSocketChannel.open()) {
            between.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            List<String> heard = new CopyOnWriteArrayList<>();
            Thread.ofVirtual().start(() -> relay(between, a.addresses.getFirst(), heard));
            assertRefused(b, Addresses.text((InetSocketAddress) between.getLocalAddress()), "secret mismatch");
            assertTrue(String.join("", heard).contains("hmac_sha256;"), "the proofs were not passed on: " + heard);
            assertEquals(List.of(), a.inboxes);
        }
    }

    /** Speaks TLS with both sides and passes on what they say. */
    private static void relay(ServerSocketChannel between, String target, List<String> heard) {
        try {
            Identities own = Identities.automatic();
            SocketChannel victim = between.accept();
            SocketChannel other = SocketChannel.open(RawPeer.target(target));
            ByteStream near = new TlsStream(victim, own.current(), false);
            ByteStream far = new TlsStream(other, own.current(), true);
            var unused = near.begin();
            unused = far.begin();
            Thread.ofVirtual().start(() -> pass(near, far, heard));
            pass(far, near, heard);
        } catch (IOException e) {
            // One of the two has seen enough.
        }
    }

    private static void pass(ByteStream from, ByteStream to, List<String> heard) {
        ByteBuffer buffer = ByteBuffer.allocate(20_000);
        try (from; to) {
            while (from.read(buffer.clear()) >= 0) {
                heard.add(new String(buffer.array(), 0, buffer.position(), java.nio.charset.StandardCharsets.US_ASCII));
                for (buffer.flip(); buffer.hasRemaining();) {
                    int ignored = to.write(buffer);
                }
            }
        } catch (IOException e) {
            // The end, all the same.
        }
    }

    @Test
    @Tag("T-13")
    void shouldCarryNothingWhenSomebodyAltersTheBytes() throws Exception {
        try (TestNode a = new TestNode("a").listening();
                TestNode b = new TestNode("b");
                Meddler meddler = new Meddler(RawPeer.target(a.addresses.getFirst()))) {
            int at = 0;
            meddler.alter(at);
            while (b.transport.dial(meddler.address()).toCompletableFuture().get() instanceof Dialed.Failed) {
                assertTrue(meddler.hasAltered(), "failed, though no byte was altered up to " + at);
                assertEquals(List.of(), a.inboxes);
                at += STRIDE;
                meddler.alter(at);
            }
            assertFalse(meddler.hasAltered(), "connected with byte " + at + " altered");
            assertTrue(at > 1000, "the conversation had only " + at + " bytes");
        }
    }

    @Test
    @Tag("T-8")
    @Tag("T-14")
    void shouldRefuseTls12AndClientsWithoutACertificate() throws Exception {
        try (TestNode a = new TestNode("a").listening()) {
            assertFalse(saysSomething(a, "TLSv1.2"), "spoke TLS 1.2");
            assertFalse(saysSomething(a, "TLSv1.3"), "spoke to a client without a certificate");
            assertEquals(List.of(), a.inboxes);
        }
    }

    /** Whether the node tells a usual client of this version its greeting. */
    private static boolean saysSomething(TestNode node, String version) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Gullible()}, new SecureRandom());
        InetSocketAddress target = RawPeer.target(node.addresses.getFirst());
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(target.getAddress(), target.getPort())) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void shouldTalkPlainTextWhenBothAreToldTo() throws Exception {
        try (TestNode a = new TestNode("a", c -> c.tls(Tls.plainText())).listening();
                TestNode b = new TestNode("b", c -> c.tls(Tls.plainText()))) {
            Link link = b.knows(a).to(a);
            assertTrue(link.send("p", new Object[] {1}));
            await().until(() -> a.inboxes.size() == 1 && a.only().count == 1);
        }
    }

    @Test
    @Tag("T-9")
    void shouldCloseWhatOneHostOpensBeyondItsRate() throws Exception {
        try (TestNode a = new TestNode("a", c -> c.acceptRate(1)).listening()) {
            int closed = 0;
            for (int i = 0; i < 2 * Admission.BURST; i++) {
                try (SocketChannel one = SocketChannel.open()) {
                    one.bind(new InetSocketAddress("127.0.0.2", 0));
                    one.connect(RawPeer.target(a.addresses.getFirst()));
                    int ignored = one.write(ByteBuffer.wrap(new byte[] {'x'}));
                    closed += isClosedWithoutAWord(one) ? 1 : 0;
                }
            }
            assertEquals(2 * Admission.BURST, closed);
            // Another host is not held responsible.
            try (TestNode b = new TestNode("b")) {
                assertEquals(new Dialed.Connected(a.id),
                        b.transport.dial(a.addresses.getFirst()).toCompletableFuture().get());
            }
            assertRefusedByRate(a);
        }
    }

    /** From the host that has used up its rate, even the right peer is not let in. */
    private static void assertRefusedByRate(TestNode a) throws IOException {
        try (SocketChannel one = SocketChannel.open()) {
            one.bind(new InetSocketAddress("127.0.0.2", 0));
            one.connect(RawPeer.target(a.addresses.getFirst()));
            assertTrue(isClosedWithoutAWord(one), "nothing was said, and still it is closed");
        }
    }

    private static boolean isClosedWithoutAWord(SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(10)) < 0;
        } catch (IOException e) {
            return true;
        }
    }

    private static void assertRefused(TestNode from, TestNode to, String why) throws Exception {
        assertRefused(from, to.addresses.getFirst(), why);
        assertEquals(List.of(), to.inboxes);
    }

    private static void assertRefused(TestNode from, String address, String why) throws Exception {
        Dialed.Failed failed =
                assertInstanceOf(Dialed.Failed.class, from.transport.dial(address).toCompletableFuture().get());
        assertTrue(failed.why().contains(why), failed.why());
    }

    /** Believes everybody. */
    private static final class Gullible implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Yes.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Yes.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
