package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.messageport.Guard;
import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.runtime.kernel.Callbacks;
import io.messageport.runtime.link.TransportProvider;
import io.messageport.spi.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The end of a node: what still goes out, who waits for whom, and that it always comes. */
class NodeClosingTest {
    private final FakeTransport transport = new FakeTransport();
    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    private Node start(Consumer<NodeConfig.Builder> more) {
        return Node.configure(c -> {
            c.nodeId("here").bind("here:1").extension(TransportProvider.class, transport);
            more.accept(c);
        });
    }

    private Port blockedIn(Node node) throws InterruptedException {
        Port port = node.port().on("block", m -> {
            entered.countDown();
            release.await();
        });
        node.send(port.id(), "block");
        entered.await();
        return port;
    }

    private static Thread closing(Node node) {
        Thread closer = Thread.ofVirtual().start(node::close);
        Awaitility.await().until(() -> {
            try {
                node.kill(PortId.of("here#nobody"));
                return false;
            } catch (IllegalStateException closed) {
                return true;
            }
        });
        return closer;
    }

    @Test
    @Tag("MON-1")
    void shouldSendLastWordsMailAndKillsWhenNodeCloses() {
        PortId far = PortId.of("peer#far");
        Node node = start(c -> {});
        FakeTransport.FakeLink link = transport.connected("peer");
        link.sent.clear();
        Port polite = node.open(() -> new Port() {
            @Override
            protected void stopped(Reason reason) {
                send(far, "bye");
            }
        });
        Port watched = node.port().ignoreUnmatched();
        node.monitor(watched.id(), far, "down");
        node.link(watched.id(), far);
        node.close();
        assertTrue(!polite.isAlive());
        Set<Object> sent = new HashSet<>();
        link.sent.forEach(message -> sent.add(message.get(1)));
        assertEquals(Set.of("bye", "down", "kil"), sent);
    }

    @Test
    void shouldCountAsDeadLetterWhatIsSentAfterTheTransportIsClosed() {
        Node node = start(c -> {});
        transport.connected("peer");
        Port port = node.port();
        node.close();
        port.send(PortId.of("peer#far"), "too late");
        port.kill(PortId.of("peer#far"), "too late");
        assertTrue(transport.links.isEmpty(), "nothing is opened any more");
    }

    @Test
    void shouldNotWaitForItselfWhenAMonitorCallbackClosesTheNode() throws Exception {
        ListAppender<ILoggingEvent> complaints = new ListAppender<>();
        complaints.start();
        ((Logger) LoggerFactory.getLogger(Callbacks.class)).addAppender(complaints);
        TransportProvider joining = (self, incarnation, config, clock,
                events) -> new WrappedTransport(transport.open(self, incarnation, config, clock, events)) {
                    @Override
                    public void close() {
                        Thread loss = Thread.ofVirtual().start(super::close);
                        try {
                            loss.join();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                };
        Node node = start(c -> c.extension(TransportProvider.class, joining));
        transport.connected("peer");
        Port port = node.port();
        node.whenDown(port.id()).thenRun(node::close);
        node.kill(port.id());
        node.awaitClose();
        assertEquals(List.of(), complaints.list);
    }

    @Test
    void shouldWaitForTheFirstCloseWhenClosedTwice() throws Exception {
        Node node = start(c -> {});
        Port blocked = blockedIn(node);
        Thread first = closing(node);
        Thread second = Thread.ofVirtual().start(() -> {
            node.close();
            seen.add("second returned");
        });
        Awaitility.await().until(() -> second.getState() == Thread.State.WAITING || !second.isAlive());
        assertNull(seen.poll());
        release.countDown();
        first.join();
        second.join();
        assertTrue(!blocked.isAlive());
    }

    /** A clock whose end fails. */
    private static final class BrittleClock implements Clock {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Guard schedule(long delayNanos, Runnable task) {
            return () -> true;
        }

        @Override
        public void close() {
            throw new AssertionError("brittle");
        }
    }

    @Test
    void shouldComeToItsEndWhenAStepThrowsAnError() {
        Node node = start(c -> c.extension(Clock.class, new BrittleClock()));
        assertThrows(AssertionError.class, node::close);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), node::awaitClose);
        node.close();
    }

    @Test
    @Tag("CFG-2")
    void shouldLeaveNoThreadWhenConfigureFails() {
        assertThrows(IllegalStateException.class, () -> Node.configure(c -> c.nodeId("leaky").seed("x:1")));
        assertThrows(
                IllegalStateException.class,
                () -> Node.configure(c -> c.nodeId("leaky")
                        .extension(TransportProvider.class, (self, incarnation, config, clock, events) -> {
                            throw new IllegalStateException("no sockets today");
                        })));
        Awaitility.await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().endsWith(" leaky")));
    }

    @Test
    @Tag("SPN-2")
    void shouldRefuseToSpawnWhenNodeIsClosing() throws Exception {
        Node node = start(c -> c.spawnable("test.init", (self, args) -> {
            self.ignoreUnmatched();
            seen.add("opened");
        }));
        FakeTransport.FakeLink link = transport.connected("peer");
        Port blocked = blockedIn(node);
        Thread closer = closing(node);
        link.receive("", "spw", "~foreign.1", "test.init", List.of());
        assertNull(seen.poll(50, TimeUnit.MILLISECONDS));
        release.countDown();
        closer.join();
        assertTrue(!blocked.isAlive());
        assertNull(seen.poll());
    }
}
