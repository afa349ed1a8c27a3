package io.messageport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.Port;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LeakCheckTest {
    private static final Duration SOON = Duration.ofMillis(200);

    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void end() {
        end.countDown();
    }

    private void untilTheEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String found(LeakCheck check) {
        String text = assertThrows(AssertionError.class, check::close).getMessage();
        assertTrue(text.startsWith("left behind:\n  "), text);
        return text;
    }

    @Test
    void shouldFindNothingWhenEverythingWasPutAway() throws Exception {
        try (LeakCheck check = LeakCheck.begin()) {
            Thread.ofPlatform().start(() -> {}).join();
            Thread.startVirtualThread(() -> {});
            try (TestNodes nodes = new TestNodes(); DatagramSocket udp = new DatagramSocket()) {
                Node a = nodes.start("a");
                Node b = nodes.start("b", a);
                Probe probe = Probe.on(b);
                a.send(probe.id(), "hello");
                probe.expect("hello");
            }
        }
    }

    @Test
    void shouldShowAThreadAndWhereItStands() throws Exception {
        LeakCheck check = LeakCheck.begin(SOON);
        Thread thread = Thread.ofPlatform().daemon().name("forgotten").start(this::untilTheEnd);
        String text = found(check);
        assertTrue(text.contains("\n  daemon thread \"forgotten\"\n      at "), text);
        assertTrue(text.contains("LeakCheckTest.untilTheEnd("), text);
        end.countDown();
        thread.join();
        check.close();
    }

    @Test
    void shouldShowAVirtualThreadAndWhereItStands() throws Exception {
        LeakCheck check = LeakCheck.begin(SOON);
        Thread thread = Thread.ofVirtual().name("forgotten").start(this::untilTheEnd);
        String text = found(check);
        assertTrue(text.contains("\n  virtual thread \"forgotten\"\n      at "), text);
        assertTrue(text.contains("LeakCheckTest.untilTheEnd("), text);
        end.countDown();
        thread.join();
        check.close();
    }

    @Test
    void shouldNotCountThreadsThatMayStay() {
        Thread.ofPlatform().daemon().name("pool-of-others-1").start(this::untilTheEnd);
        LeakCheck check = LeakCheck.begin(Duration.ofMillis(1), "pool-of-others");
        Thread.ofPlatform().daemon().name("pool-of-others-2").start(this::untilTheEnd);
        Thread.ofVirtual().name("pool-of-others-3").start(this::untilTheEnd);
        check.close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldShowSocketsWithTheirAddresses() throws IOException {
        LeakCheck check = LeakCheck.begin(SOON);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String text = found(check);
            String listening = "127.0.0.1:" + server.getLocalPort();
            assertTrue(text.contains("\n  tcp socket " + listening + " listening, not closed"), text);
            assertTrue(text.contains("\n  tcp socket 127.0.0.1:" + client.getLocalPort() + " connected to " + listening
                    + ", not closed"), text);
            assertTrue(text.contains("\n  udp socket 127.0.0.1:" + udp.getLocalPort() + " unconnected"), text);
        }
        check.close();
    }

    @Test
    void shouldReadAddressesAsTheKernelPrintsThem() {
        assertEquals("127.0.0.1:8080", SocketLeaks.address("0100007F:1F90"));
        assertEquals("127.0.0.1:8080", SocketLeaks.address("0000000000000000FFFF00000100007F:1F90"));
        assertEquals("0:0:0:0:0:0:0:1:1", SocketLeaks.address("00000000000000000000000001000000:0001"));
    }

    @Test
    void shouldSayThatANodeIsNotClosed() {
        LeakCheck check = LeakCheck.begin(SOON);
        try (TestNodes nodes = new TestNodes()) {
            Node forgotten = nodes.start("forgotten");
            String text = found(check);
            assertTrue(text.contains("daemon thread \"mp-slots forgotten\": node forgotten is not closed\n"), text);
            assertTrue(text.contains("tcp socket " + forgotten.addresses().getFirst() + " listening"), text);
        }
        check.close();
    }

    static final class Session extends Port {
        @Override
        protected void start() {
            ignoreUnmatched();
            port();
        }

        private void port() {
            var unused = node().port("child");
        }
    }

    @Test
    void shouldShowAPortThatWasOpenedOnAWatchedNode() {
        try (Node node = Node.configure(c -> c.nodeId("lasting"))) {
            Port before = node.port();
            LeakCheck check = LeakCheck.begin(SOON).watch(node);
            before.stop();
            Port forgotten = node.open("forgotten", Session::new);
            String text = found(check);
            assertTrue(
                    text.matches("(?s)left behind:\n  port lasting#forgotten, opened and never ended: forgotten Session"
                            + " IDLE.*└─ child Port IDLE"),
                    text);
            forgotten.stop();
            check.close();
        }
    }

    @Test
    void shouldShowAPortThatDoesNotEnd() {
        try (Node node = Node.configure(c -> c.nodeId("closing"))) {
            Port stuck = node.port("stuck").on("block", message -> end.await());
            node.send(stuck.id(), "block");
            List<String> living = PortLeaks.end(List.of(node), SOON);
            assertEquals(1, living.size(), living::toString);
            assertTrue(living.getFirst().startsWith(
                    "port closing#stuck, which did not end when it was told to: stuck Port BUSY"), living::toString);
            end.countDown();
            assertEquals(List.of(), PortLeaks.end(List.of(node), Duration.ofSeconds(20)));
        }
    }
}
