package io.messageport.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Message;
import io.messageport.Monitor;
import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.NodeListener;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@MpTest(nodes = 2)
record MonitorAcrossNodesTest(TestNodes nodes, Node a, Node b, @At("b") Probe probe) {
    /** Returns when a message of this thread has been to the other node and back, and so all that was sent before it. */
    private void roundTrip() {
        Port echo = a.port().otherwise(message -> a.send(probe.id(), "back"));
        b.send(echo.id(), "there");
        probe.expect("back");
    }

    @Test
    @Tag("MON-1")
    void shouldCallBackWithTheReasonWhenTheRemotePortDies() {
        Port target = a.port().ignoreUnmatched();
        CompletableFuture<Reason> told = new CompletableFuture<>();
        probe.port().monitor(target.id(), told::complete);
        b.kill(target.id(), "because", 42);
        assertEquals(Reason.of("because", 42L), told.join());
        assertFalse(target.isAlive());
    }

    @Test
    @Tag("MON-1")
    void shouldCallBackWithNoReasonWhenTheRemotePortEndsNormally() {
        Port target = a.port().ignoreUnmatched();
        probe.watch(target.id());
        roundTrip();
        target.stop();
        assertEquals(Reason.normal(), probe.expectDown(target.id()));
    }

    @Test
    @Tag("MON-1")
    void shouldDieWithItWhenALinkedRemotePortDiesAbnormallyOnly() {
        Port normal = a.port().ignoreUnmatched();
        Port abnormal = a.port().ignoreUnmatched();
        Port dependent = b.port().ignoreUnmatched();
        dependent.link(normal.id());
        dependent.link(abnormal.id());
        probe.watch(dependent.id()).watch(normal.id());
        roundTrip();
        normal.stop();
        assertEquals(Reason.normal(), probe.expectDown(normal.id()));
        assertTrue(dependent.isAlive());
        abnormal.stop("broken");
        assertEquals(Reason.of("broken"), probe.expectDown(dependent.id()));
    }

    @Test
    @Tag("MON-1")
    void shouldSendMessageAndReasonWhenMonitoredForAThirdPort() {
        Port target = a.port().ignoreUnmatched();
        b.monitor(target.id(), probe.id(), "over", target.id());
        roundTrip();
        target.stop("x", 1);
        assertEquals(Message.of(target.id(), "x", 1L), probe.expect("over"));
    }

    @Test
    @Tag("MON-2")
    void shouldFireOnceWhenThePortDies() {
        Port target = a.port().ignoreUnmatched();
        AtomicInteger fired = new AtomicInteger();
        Monitor monitor = b.monitor(target.id(), reason -> fired.incrementAndGet());
        probe.watch(target.id());
        b.kill(target.id(), "first");
        b.kill(target.id(), "second");
        assertEquals(Reason.of("first"), probe.expectDown(target.id()));
        roundTrip();
        assertEquals(1, fired.get());
        assertFalse(monitor.cancel());
    }

    @Test
    @Tag("MON-2")
    void shouldNotFireWhenCancelledBefore() {
        Port target = a.port().ignoreUnmatched();
        AtomicInteger fired = new AtomicInteger();
        Monitor monitor = b.monitor(target.id(), reason -> fired.incrementAndGet());
        roundTrip();
        assertTrue(monitor.cancel());
        assertFalse(monitor.cancel());
        probe.watch(target.id());
        roundTrip();
        target.stop("gone");
        assertEquals(Reason.of("gone"), probe.expectDown(target.id()));
        assertEquals(0, fired.get());
    }

    @Test
    @Tag("MON-6")
    void shouldStillFireTheOthersWhenOneOfSeveralIsCancelled() {
        Port target = a.port().ignoreUnmatched();
        Monitor first = b.monitor(target.id(), probe.id(), "first");
        b.monitor(target.id(), probe.id(), "second");
        assertTrue(first.cancel());
        roundTrip();
        target.stop("gone");
        probe.expect("second");
    }

    @Test
    @Tag("MON-6")
    void shouldFireWhenMonitoredAgainAfterTheLastCancel() {
        Port target = a.port().ignoreUnmatched();
        for (int i = 0; i < 100; i++) {
            assertTrue(b.monitor(target.id(), probe.id(), "never").cancel());
        }
        probe.watch(target.id());
        roundTrip();
        target.stop("gone");
        probe.expectDown(target.id());
        roundTrip();
    }

    @Test
    @Tag("MON-3")
    void shouldSayNoSuchPortWhenTheRemotePortDoesNotExist() {
        PortId nobody = new PortId(a.id(), "nobody");
        probe.watch(nobody);
        assertEquals(Reason.NoSuchPort.monitored(nobody), probe.expectDown(nobody));
    }

    @Test
    @Tag("MON-3")
    void shouldSayNoSuchPortWhenTheRemotePortDiedLongAgo() {
        Port target = a.port().ignoreUnmatched();
        probe.watch(target.id());
        roundTrip();
        target.stop("x");
        probe.expectDown(target.id());
        probe.watch(target.id());
        assertEquals(Reason.NoSuchPort.monitored(target.id()), probe.expectDown(target.id()));
    }

    @Test
    @Tag("MON-4")
    void shouldSayTransportErrorWhenTheNodeCloses() {
        Node c = nodes.start("c", a, b);
        Port target = c.port().ignoreUnmatched();
        probe.watch(target.id());
        roundTrip();
        c.close();
        Reason reason = probe.expectDown(target.id());
        assertTrue(
                reason.equals(Reason.of("shutdown", "node closed"))
                        || reason instanceof Reason.TransportError lost && lost.node().equals("c"),
                reason::toString);
    }

    @Test
    @Tag("MON-4")
    @Tag("MON-5")
    void shouldSayTransportErrorWhenTheNodeIsUnknown() {
        PortId far = PortId.of("nowhere#port");
        probe.watch(far).watch(far.node().nodePort());
        Reason.TransportError lost = assertInstanceOf(Reason.TransportError.class, probe.expectDown(far));
        assertEquals("nowhere", lost.node());
        assertInstanceOf(Reason.TransportError.class, probe.expectDown(far.node().nodePort()));
    }

    @Test
    @Tag("MON-5")
    void shouldFireForTheNodePortOnlyWhenTheNodeIsLost() {
        Node c = nodes.start("c", a);
        probe.watch(c.id().nodePort());
        TestNodes.awaitConnected(b, c);
        Port target = c.port().ignoreUnmatched();
        probe.watch(target.id());
        c.send(probe.id(), "connected both ways");
        probe.expect("connected both ways");
        target.stop();
        probe.expectDown(target.id());
        c.close();
        assertInstanceOf(Reason.TransportError.class, probe.expectDown(c.id().nodePort()));
    }

    @Test
    @Tag("MON-9")
    void shouldAlternateUpAndDownWhenANodeComesAndGoes() {
        List<String> events = new CopyOnWriteArrayList<>();
        try (var unused = a.monitorNodes(new NodeListener() {
            @Override
            public void nodeUp(NodeId node) {
                events.add("up " + node);
            }

            @Override
            public void nodeDown(NodeId node, Reason reason) {
                events.add("down " + node);
            }
        })) {
            for (int i = 0; i < 3; i++) {
                Node c = nodes.start("c", a);
                c.close();
                await().atMost(Duration.ofSeconds(10)).until(() -> a.upNodes().equals(Set.of(b.id())));
            }
            List<String> ofC = List.of("up c", "down c", "up c", "down c", "up c", "down c");
            await().until(() -> events.stream().filter(e -> e.endsWith("c")).toList().equals(ofC));
        }
    }
}
