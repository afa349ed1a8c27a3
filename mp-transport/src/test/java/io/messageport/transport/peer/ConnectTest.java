package io.messageport.transport.peer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Message;
import io.messageport.NodeId;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.Transport.Dialed;
import io.messageport.transport.handshake.Refusal.Code;
import io.messageport.transport.handshake.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How links begin, and why they do not. */
@Timeout(30)
class ConnectTest {
    private final Random random = new Random(3);

    @Test
    @Tag("CON-2")
    void shouldSayWhatEveryAddressSaidWhenNoneCanBeReached() throws Exception {
        try (TestNode a = new TestNode("a");
                TestNode other = new TestNode("other").listening()) {
            a.book.put(NodeId.of("b"), List.of("127.0.0.1:1", other.addresses.getFirst(), "no-such-host.invalid:1"));
            a.transport.link(NodeId.of("b")).sendControl("x");
            String reason = a.only().lost.get(20, TimeUnit.SECONDS);
            assertTrue(reason.startsWith("unable to connect to b: "), reason);
            assertTrue(reason.contains("127.0.0.1:1: ") && reason.contains("belongs to node other, not to node b")
                    && reason.contains("unknown host \"no-such-host.invalid\""), reason);
        }
    }

    @Test
    @Tag("CON-2")
    void shouldFailAtOnceWhenNoAddressIsKnown() throws Exception {
        try (TestNode a = new TestNode("a")) {
            a.transport.link(NodeId.of("b")).sendControl("x");
            assertEquals("no known address", a.only().lost.get());
        }
    }

    @Test
    @Tag("CON-2")
    @Tag("T-26")
    void shouldTryTheNextAddressWhileOneDoesNotAnswer() throws Exception {
        try (TestNode a = new TestNode("a");
                TestNode b = new TestNode("b").listening();
                var silent = java.nio.channels.ServerSocketChannel.open()) {
            silent.bind(new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0));
            String hole = Addresses.text((java.net.InetSocketAddress) silent.getLocalAddress());
            a.book.put(b.id, List.of(hole, hole, hole, b.addresses.getFirst()));
            assertTrue(a.to(b).send("p", new Object[] {1}));
            await().until(() -> !b.inboxes.isEmpty() && b.only().count == 1);
        }
    }

    @Test
    @Tag("CON-2")
    void shouldGiveUpAfterMonitorTimeoutWhenNobodyAnswers() throws Exception {
        try (TestNode a = new TestNode("a", c -> c.monitorTimeout(Duration.ofMillis(700))
                .connectInterval(Duration.ofMillis(400)));
                var silent = java.nio.channels.ServerSocketChannel.open()) {
            silent.bind(new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0));
            a.book.put(NodeId.of("b"),
                    List.of(Addresses.text((java.net.InetSocketAddress) silent.getLocalAddress())));
            a.transport.link(NodeId.of("b")).sendControl("x");
            assertTrue(
                    a.only().lost.get(10, TimeUnit.SECONDS).startsWith("unable to connect to b: no connection within"));
        }
    }

    @Test
    @Tag("T-10")
    @Tag("CON-1")
    void shouldNeverConnectWhenTheSecretsDiffer() throws Exception {
        guessSecrets(200);
    }

    @Test
    @Tag("T-10")
    @Tag("soak")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void shouldNeverConnectInTenThousandGuesses() throws Exception {
        guessSecrets(10_000);
    }

    private static void guessSecrets(int count) throws Exception {
        try (TestNode a = new TestNode("a", c -> c.secret("something else"));
                TestNode b = new TestNode("b", c -> c.acceptRate(count)).listening()) {
            for (int i = 0; i < count; i++) {
                Dialed.Failed failed = assertInstanceOf(Dialed.Failed.class,
                        a.transport.dial(b.addresses.getFirst()).toCompletableFuture().get());
                assertTrue(failed.why().contains("secret mismatch"), failed.why());
            }
            assertEquals(List.of(), b.inboxes);
        }
    }

    @Test
    void shouldSayHowToSetTheSecretWhenThereIsNone() throws Exception {
        try (TestNode b = new TestNode("b").listening();
                SocketTransportWithoutSecret a = new SocketTransportWithoutSecret()) {
            assertTrue(assertThrows(IOException.class, () -> a.transport.listen(List.of("*"))).getMessage()
                    .contains("MESSAGEPORT_SECRET"));
            assertTrue(assertInstanceOf(Dialed.Failed.class,
                    a.transport.dial(b.addresses.getFirst()).toCompletableFuture().get()).why()
                    .contains("NodeConfig.secret"));
        }
    }

    /** A configuration as the environment may give it. */
    private static final class SocketTransportWithoutSecret implements AutoCloseable {
        final TestClock clock = new TestClock();
        final SocketTransport transport =
                new SocketTransport(NodeId.of("x"), 1, without(), clock, new TestNode("unused"));

        private static io.messageport.NodeConfig without() {
            io.messageport.NodeConfig c = io.messageport.NodeConfig.builder().build();
            return new io.messageport.NodeConfig(c.nodeId(), java.util.Optional.empty(), c.tls(),
                    c.binds(), c.advertised(), c.seeds(), c.seedSources(), c.global(), c.idleLimit(),
                    c.monitorTimeout(), c.connectInterval(), c.acceptRate(),
                    c.handshakeTimeout(), c.heartbeatInterval(),
                    c.silenceLimit(), c.readers(), c.resumeWindow(), c.callTimeout(), c.messageLimit(),
                    c.outboundLimit(),
                    c.mailboxCapacity(),
                    c.overflow(), c.spawnable(), c.spawnFilter(), c.faces(), c.extensions());
        }

        @Override
        public void close() {
            transport.close();
            clock.close();
        }
    }

    @Test
    @Tag("T-15")
    @Tag("CON-3")
    void shouldRefuseANewcomerWithTheNodeIdOfALivingPeer() throws Exception {
        try (TestNode a = new TestNode("a").listening();
                TestNode b = new TestNode("b").knows(a);
                TestNode newcomer = new TestNode("b").knows(a)) {
            b.to(a).send("p", new Object[] {"old"});
            await().until(() -> !a.inboxes.isEmpty() && a.only().count == 1);
            newcomer.to(a).send("p", new Object[] {"new"});
            String reason = newcomer.only().lost.get();
            assertTrue(reason.contains("node ID b is in use by a living process"), reason);
            assertTrue(b.to(a).send("p", new Object[] {"still"}));
            await().until(() -> a.only().count == 2);
        }
    }

    @Test
    @Tag("T-15")
    @Tag("CON-3")
    @Tag("SND-5")
    void shouldEndTheOldLinkFirstWhenANewLifeComesAndTheOldDoesNotAnswer() throws Exception {
        for (String id : List.of("a", "z")) {
            try (TestNode node = new TestNode(id).listening();
                    RawPeer old = RawPeer.connect(node.addresses.getFirst(), "m", 1, 1, random)) {
                old.message("p", "old");
                await().until(() -> node.inboxes.size() == 1 && node.only().count == 1);
                try (RawPeer young = RawPeer.connect(node.addresses.getFirst(), "m", 2, 2, random)) {
                    assertTrue(young.isAccepted(), young.end.toString());
                    young.message("p", "new");
                    await().until(() -> node.inboxes.size() == 2 && node.inboxes.get(1).count == 1);
                    assertEquals("replaced by a new incarnation of node m",
                            node.inboxes.get(0).lost.getNow("not told"));
                    assertEquals(List.of(), node.violations);
                }
            }
        }
    }

    @Test
    @Tag("T-15")
    void shouldSayWhatToDoWhenAnotherProcessHasThisNodesId() throws Exception {
        try (TestNode a = new TestNode("a").listening();
                RawPeer other = RawPeer.connect(a.addresses.getFirst(), "a", 99, 1, random)) {
            assertEquals(Code.IN_USE, assertInstanceOf(Step.Refused.class, other.end).refusal().code());
        }
    }

    @Test
    @Tag("CON-3")
    @Tag("T-19")
    void shouldHaveOneLinkAndLoseNothingWhenBothConnectAtOnce() throws Exception {
        int rounds = Integer.getInteger("messageport.test.rounds", 300);
        for (int round = 0; round < rounds; round++) {
            try (TestNode a = new TestNode("a").listening();
                    TestNode b = new TestNode("b").listening()) {
                // Several ways to the same peer, so that there are sockets to choose from.
                a.book.put(b.id, List.of(b.addresses.getFirst(), b.addresses.getFirst()));
                b.book.put(a.id, List.of(a.addresses.getFirst(), a.addresses.getFirst()));
                long delay = random.nextInt(3_000_000);
                boolean more = random.nextBoolean();
                Thread one = Thread.ofVirtual().start(() -> burst(a, b, 0, more));
                Thread two = Thread.ofVirtual().start(() -> burst(b, a, delay, more));
                one.join();
                two.join();
                try {
                    await().pollInterval(1, TimeUnit.MILLISECONDS)
                            .until(() -> a.inboxes.size() == 1 && b.inboxes.size() == 1 && a.only().count == 20
                                    && b.only().count == 20);
                } catch (ConditionTimeoutException e) {
                    throw new AssertionError("round " + round + ": a has " + a.inboxes + ", b has " + b.inboxes, e);
                }
                for (TestNode node : List.of(a, b)) {
                    assertEquals(1, node.inboxes.size(), "round " + round);
                    assertEquals(false, node.only().lost.isDone(), "round " + round);
                    assertEquals(List.of(), node.violations);
                    assertEquals(Message.of(19L), node.only().messages.getLast());
                }
            }
        }
    }

    private static void burst(TestNode from, TestNode to, long delay, boolean more) {
        LockSupport.parkNanos(delay);
        if (more) {
            var unused = from.transport.dial(to.addresses.getFirst());
        }
        Link link = from.to(to);
        for (int i = 0; i < 20; i++) {
            assertTrue(link.send("p", new Object[] {i}));
        }
    }
}
