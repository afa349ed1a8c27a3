package io.messageport.testkit.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Plain sockets on both sides of a proxy. */
class FaultProxyTest {
    private final List<AutoCloseable> open = new ArrayList<>();
    private ServerSocket server;
    private FaultProxy proxy;

    @BeforeEach
    void open() throws IOException {
        server = kept(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        proxy = kept(FaultProxy.to("127.0.0.1:" + server.getLocalPort(), 1));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        assertEquals(0, proxy.connections());
    }

    private <T extends AutoCloseable> T kept(T made) {
        open.add(made);
        return made;
    }

    private Socket dial() throws IOException {
        int port = Integer.parseInt(proxy.address().substring(proxy.address().indexOf(':') + 1));
        Socket socket = kept(new Socket(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(20_000);
        return socket;
    }

    private Socket accepted() throws IOException {
        Socket socket = kept(server.accept());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static byte[] numbered(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return bytes;
    }

    private static void assertNothingComes(Socket socket) throws IOException {
        socket.setSoTimeout(200);
        assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
        socket.setSoTimeout(20_000);
    }

    private static void send(Socket socket, byte[] bytes) {
        Thread unused = Thread.ofVirtual().start(() -> {
            try {
                socket.getOutputStream().write(bytes);
            } catch (IOException e) {
                // The receiver's assertions say what is missing.
            }
        });
    }

    @Test
    void shouldPassBothWaysAndTellBothEndsWhenNothingIsWrong() throws Exception {
        Socket here = dial();
        Socket there = accepted();
        byte[] bytes = numbered(1 << 20);
        send(here, bytes);
        assertArrayEquals(bytes, there.getInputStream().readNBytes(bytes.length));
        send(there, bytes);
        assertArrayEquals(bytes, here.getInputStream().readNBytes(bytes.length));
        here.shutdownOutput();
        assertEquals(-1, there.getInputStream().read());
        there.getOutputStream().write(5);
        assertEquals(5, here.getInputStream().read());
        there.close();
        assertEquals(-1, here.getInputStream().read());
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void shouldArriveLateAndInOrderWhenDelayedWithJitter() throws Exception {
        proxy.forth().apply(Fault.delay(Duration.ofMillis(100)).and(Fault.jitter(Duration.ofMillis(50))));
        Socket here = dial();
        Socket there = accepted();
        long start = System.nanoTime();
        byte[] bytes = numbered(200_000);
        send(here, bytes);
        assertArrayEquals(bytes, there.getInputStream().readNBytes(bytes.length));
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(100).toNanos());
        assertTrue(proxy.counts().delayed() > 0, proxy.counts()::toString);
        assertEquals(0, proxy.back().counts().delayed());
    }

    @Test
    void shouldTakeItsTimeWhenThrottled() throws Exception {
        proxy.forth().apply(Fault.throttle(20_000));
        Socket here = dial();
        Socket there = accepted();
        long start = System.nanoTime();
        byte[] bytes = numbered(10_000);
        send(here, bytes);
        assertArrayEquals(bytes, there.getInputStream().readNBytes(bytes.length));
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(450).toNanos());
        assertTrue(proxy.counts().delayed() >= 5, proxy.counts()::toString);
    }

    @Test
    void shouldFlipOneBitOfEachChunkWhenCorrupting() throws Exception {
        Socket here = dial();
        Socket there = accepted();
        proxy.forth().apply(Fault.corrupt(1));
        byte[] bytes = numbered(100);
        send(here, bytes);
        byte[] arrived = there.getInputStream().readNBytes(bytes.length);
        int flipped = 0;
        for (int i = 0; i < bytes.length; i++) {
            flipped += BitSet.valueOf(new byte[] {(byte) (bytes[i] ^ arrived[i])}).cardinality();
        }
        assertEquals(proxy.counts().corrupted(), flipped);
        assertTrue(flipped > 0);
    }

    @Test
    @Tag("T-21")
    void shouldResetBothEndsAfterSoManyBytes() throws Exception {
        Socket here = dial();
        Socket there = accepted();
        proxy.forth().apply(Fault.cutAfter(1000));
        byte[] bytes = numbered(100_000);
        send(here, bytes);
        int count = 0;
        try {
            while (there.getInputStream().read() >= 0) {
                count++;
            }
            throw new AssertionError("an orderly end after " + count + " bytes");
        } catch (SocketException reset) {
            assertTrue(count <= 1000, "arrived: " + count);
        }
        assertThrows(SocketException.class, () -> here.getInputStream().read());
        assertEquals(1, proxy.counts().cuts());
    }

    @Test
    void shouldResetBothEndsWhenTold() throws Exception {
        Socket here = dial();
        Socket there = accepted();
        there.getOutputStream().write(1);
        assertEquals(1, here.getInputStream().read());
        proxy.reset();
        assertThrows(SocketException.class, () -> here.getInputStream().read());
        assertThrows(SocketException.class, () -> there.getInputStream().read());
        assertEquals(1, proxy.counts().cuts());
        Socket again = dial();
        accepted().getOutputStream().write(2);
        assertEquals(2, again.getInputStream().read());
    }

    @Test
    @Tag("T-22")
    void shouldHoldAndThenPassEverythingWhenTheBlackholeIsLifted() throws Exception {
        Socket here = dial();
        Socket there = accepted();
        proxy.apply(Fault.blackhole());
        byte[] bytes = numbered(3 << 20);
        send(here, bytes);
        assertNothingComes(there);
        assertTrue(proxy.counts().held() > 0, proxy.counts()::toString);
        proxy.apply(Fault.none());
        assertArrayEquals(bytes, there.getInputStream().readNBytes(bytes.length));
    }

    @Test
    @Tag("T-22")
    void shouldNotTellOfAnEndWhileTheWayIsSilent() throws Exception {
        Socket here = dial();
        Socket there = accepted();
        proxy.forth().apply(Fault.blackhole());
        there.getOutputStream().write(7);
        assertEquals(7, here.getInputStream().read());
        here.close();
        there.getOutputStream().write(8);
        assertNothingComes(there);
        there.getOutputStream().write(9);
        proxy.apply(Fault.none());
        assertThrows(IOException.class, () -> {
            while (true) {
                there.getOutputStream().write(new byte[1 << 16]);
            }
        });
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void shouldNotReachTheTargetWhileSilentAndThenReachIt() throws Exception {
        proxy.back().apply(Fault.blackhole());
        Socket here = dial();
        here.getOutputStream().write(3);
        server.setSoTimeout(200);
        assertThrows(SocketTimeoutException.class, () -> server.accept());
        server.setSoTimeout(20_000);
        proxy.apply(Fault.none());
        assertEquals(3, accepted().getInputStream().read());
    }

    @Test
    void shouldResetWhoDialsWhenRefusing() throws Exception {
        proxy.refuse(true);
        assertThrows(SocketException.class, () -> dial().getInputStream().read());
        proxy.refuse(false);
        Socket here = dial();
        accepted().getOutputStream().write(4);
        assertEquals(4, here.getInputStream().read());
    }

    @Test
    void shouldResetWhoDialsWhenNobodyListensAtTheTarget() throws Exception {
        server.close();
        assertThrows(SocketException.class, () -> dial().getInputStream().read());
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void shouldEndAllThreadsWhenClosedInTheMiddleOfEverything() throws Exception {
        proxy.forth().apply(Fault.delay(Duration.ofMinutes(1)));
        Socket here = dial();
        Socket there = accepted();
        send(here, numbered(5 << 20));
        send(there, numbered(5 << 20));
        proxy.back().apply(Fault.blackhole());
        Socket waiting = dial();
        await().until(() -> proxy.connections() == 2);
        // Now the reader has read as far ahead as it may, and waits for the writer, which waits for the delay.
        await().until(() -> proxy.forth().counts().delayed() >= 16);
        proxy.close();
        proxy.close();
        assertThrows(SocketException.class, () -> waiting.getInputStream().read());
        assertThrows(IOException.class, this::dial);
    }
}
