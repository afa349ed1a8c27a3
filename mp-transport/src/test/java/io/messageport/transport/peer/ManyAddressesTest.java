package io.messageport.transport.peer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.messageport.NodeConfig;
import io.messageport.runtime.link.Transport.Dialed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several addresses for one node, some of which lead nowhere, and names that change. */
@Tag("T-26")
@Tag("CON-2")
@Timeout(40)
class ManyAddressesTest {
    /** The sockets of the JDK are of both kinds at once, and in the table of the newer. */
    private static final Path SOCKETS = Path.of("/proc/self/net/tcp6");

    /** In that table: sent, not answered. */
    private static final String SYN_SENT = "02";

    /** An address that swallows what asks to connect: a listener whose backlog is full and stays so. */
    private static final class BlackHole implements AutoCloseable {
        private final ServerSocket server;
        private final List<Socket> waiting = new ArrayList<>();

        BlackHole() throws IOException {
            this(InetAddress.getLoopbackAddress(), 0);
        }

        BlackHole(InetAddress host, int port) throws IOException {
            server = new ServerSocket(port, 1, host);
            while (isAccepted()) {
                assertTrue(waiting.size() < 64, "the kernel accepts whatever comes; this is no black hole");
            }
        }

        /** Whether one more connection comes about; on loopback it does at once, or not at all. */
        private boolean isAccepted() throws IOException {
            Socket one = new Socket();
            waiting.add(one);
            try {
                one.connect(server.getLocalSocketAddress(), 300);
                return true;
            } catch (SocketTimeoutException e) {
                return false;
            }
        }

        private int port() {
            return server.getLocalPort();
        }

        String address() {
            return Addresses.text((InetSocketAddress) server.getLocalSocketAddress());
        }

        @Override
        public void close() throws IOException {
            for (Socket one : waiting) {
                one.close();
            }
            server.close();
        }
    }

    @Test
    void shouldConnectWithinTheLimitWhenThreeOfFourAddressesAreBlackHoles() throws Exception {
        try (BlackHole one = new BlackHole();
                BlackHole two = new BlackHole();
                BlackHole three = new BlackHole();
                TestNode b = new TestNode("b").listening();
                TestNode a = new TestNode("a", c -> c.monitorTimeout(Duration.ofSeconds(15)))) {
            a.book.put(b.id,
                    List.of(one.address(), two.address(), three.address(), b.addresses.getFirst()));
            long begin = System.nanoTime();
            a.to(b).send("p", new Object[] {"hello"});
            a.only().up.get(15, TimeUnit.SECONDS);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            assertTrue(millis >= 3 * 360, "three addresses were given their time, and not " + millis + " ms in all");
        }
    }

    /** A partition, as a node sees it that dials across: the network heals long before the machine asks again by itself. */
    @Test
    void shouldTryASilentAddressAgainAndAgainAndConnectSoonWhenItAnswers() throws Exception {
        try (TestNode b = new TestNode("b");
                TestNode a = new TestNode("a", c -> c.connectInterval(Duration.ofMillis(400))
                        .monitorTimeout(Duration.ofSeconds(30)))) {
            int port;
            try (BlackHole hole = new BlackHole()) {
                port = hole.port();
                assumeTrue(Files.exists(SOCKETS), "the kernel does not tell of its sockets");
                a.book.put(b.id, List.of(hole.address()));
                a.to(b).send("p", new Object[] {"hello"});
                await().until(() -> asking(port) == 3);
                await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(3)).until(() -> asking(port) <= 3);
            }
            b.addresses = b.transport.listen(List.of("127.0.0.1:" + port));
            a.only().up.get(5, TimeUnit.SECONDS);
        }
    }

    /** How many sockets ask for a connection to a port, and have no answer. */
    private static long asking(int port) throws IOException {
        String remote = ":" + String.format(Locale.ROOT, "%04X", port);
        return Files.readAllLines(SOCKETS).stream()
                .map(line -> line.strip().split(" +"))
                .filter(fields -> fields[2].endsWith(remote) && fields[3].equals(SYN_SENT))
                .count();
    }

    @Test
    void shouldSayOfEachAddressWhyItWasOfNoUse() throws Exception {
        try (BlackHole hole = new BlackHole();
                TestNode b = new TestNode("b").listening();
                TestNode a = new TestNode("a", c -> c.monitorTimeout(Duration.ofSeconds(3))
                        .extension(Addresses.Names.class, ManyAddressesTest::allButOne))) {
            b.close();
            a.book.put(b.id, List.of(hole.address(), b.addresses.getFirst(), "nowhere.example:1"));
            a.to(b).send("p", new Object[] {"hello"});
            String why = a.only().lost.get(20, TimeUnit.SECONDS);
            assertTrue(why.startsWith("unable to connect to b: "), why);
            assertTrue(why.contains("unknown host \"nowhere.example\""), why);
            assertTrue(why.contains(b.addresses.getFirst() + ": Connection refused"), why);
            assertTrue(why.contains("no connection within 3 s"), why);
        }
    }

    private static InetAddress[] allButOne(String host) throws UnknownHostException {
        if (host.equals("nowhere.example")) {
            throw new UnknownHostException(host);
        }
        return InetAddress.getAllByName(host);
    }

    /** Connect interval and monitor timeout in milliseconds, addresses, and the interval that has to follow. */
    @ParameterizedTest
    @CsvSource({
        "2000, 30000, 1, 2000",
        "2000, 30000, 14, 2000",
        "2000, 30000, 15, 1866",
        "2000, 30000, 28, 1000",
        "2000, 30000, 70, 400",
        "2000, 30000, 71, 400",
        "2000, 5000, 4, 750",
        "2000, 2000, 4, 400",
        "5000, 2000, 4, 400",
        "100, 30000, 4, 400",
        "500, 5000, 4, 500",
    })
    void shouldTryAllAddressesInTimeUnlessThereAreTooMany(long connect, long monitor, int addresses, long interval) {
        NodeConfig config = NodeConfig.builder()
                .connectInterval(Duration.ofMillis(connect))
                .monitorTimeout(Duration.ofMillis(monitor))
                .build();
        long least = TrialSchedule.interval(config, addresses, 1);
        long most = TrialSchedule.interval(config, addresses, 0);
        assertEquals(interval, TimeUnit.NANOSECONDS.toMillis(most));
        assertEquals(0.9, (double) least / most, 0.001);
        if (interval > 400) {
            long lastBegins = most * (addresses - 1L);
            assertTrue(lastBegins < config.monitorTimeout().toNanos(), () -> "the last is tried after " + lastBegins);
        }
    }

    @Test
    void shouldLookANameUpAnewForEachAttempt() throws Exception {
        AtomicReference<InetAddress> there = new AtomicReference<>();
        Addresses.Names names = host -> {
            InetAddress address = there.get();
            if (!host.equals("moving.example") || address == null) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {address};
        };
        try (TestNode b = new TestNode("b").listening();
                TestNode a = new TestNode("a", c -> c.extension(Addresses.Names.class, names))) {
            String port = b.addresses.getFirst().replaceFirst(".*:", "");
            String seed = "moving.example:" + port;
            assertEquals(new Dialed.Failed("unknown host \"moving.example\""), a.transport.dial(seed)
                    .toCompletableFuture().get(10, TimeUnit.SECONDS));
            there.set(InetAddress.getAllByName("127.0.0.99")[0]);
            Dialed refused = a.transport.dial(seed).toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertTrue(assertInstanceOf(Dialed.Failed.class, refused).why().contains("127.0.0.99:" + port),
                    refused::toString);
            there.set(InetAddress.getLoopbackAddress());
            assertEquals(new Dialed.Connected(b.id),
                    a.transport.dial(seed).toCompletableFuture().get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    @Tag("SEED-1")
    void shouldTryAllAddressesOfTheNameOfASeedUntilOneAnswers() throws Exception {
        InetAddress refusing = InetAddress.getByName("127.0.0.99");
        InetAddress swallowing = InetAddress.getByName("127.0.0.98");
        List<String> lookedUp = new ArrayList<>();
        Addresses.Names names = host -> {
            lookedUp.add(host);
            return new InetAddress[] {refusing, swallowing, InetAddress.getLoopbackAddress()};
        };
        try (TestNode b = new TestNode("b").listening()) {
            int port = Integer.parseInt(b.addresses.getFirst().replaceFirst(".*:", ""));
            try (BlackHole hole = new BlackHole(swallowing, port);
                    TestNode a = new TestNode("a", c -> c.extension(Addresses.Names.class, names)
                            .connectInterval(Duration.ofMillis(500)))) {
                assertEquals(new Dialed.Connected(b.id), a.transport.dial("many.example:" + port).toCompletableFuture()
                        .get(15, TimeUnit.SECONDS), hole.address());
                assertEquals(List.of("many.example"), lookedUp);
            }
        }
    }
}
