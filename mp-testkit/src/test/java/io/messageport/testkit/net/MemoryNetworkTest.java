package io.messageport.testkit.net;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.CallOutcome;
import io.messageport.Message;
import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.NodeListener;
import io.messageport.NodeState;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.SendOutcome;
import io.messageport.testkit.MpTest;
import io.messageport.testkit.Over;
import io.messageport.testkit.Probe;
import io.messageport.testkit.TestNodes;
import io.messageport.testkit.fault.FaultyNetwork;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract of a transport, over memory. */
@MpTest(nodes = 2, over = Over.MEMORY, settings = Brief.class)
record MemoryNetworkTest(Node a, Node b, TestNodes nodes, FaultyNetwork network, Probe here) {
    @Test
    @Tag("SND-4")
    void shouldArriveInOrderWhenManyAreSent() {
        for (int i = 0; i < 5_000; i++) {
            b.send(here.id(), "n", i);
        }
        for (int i = 0; i < 5_000; i++) {
            assertEquals(i, here.expect("n").intValue(0));
        }
    }

    @Test
    @Tag("SND-1")
    void shouldShareNothingByReference() {
        byte[] bytes = {1, 2, 3};
        AtomicReference<Object> got = new AtomicReference<>();
        Port there = b.port().on("bytes", m -> {
            got.set(m.get(0));
            b.send(here.id(), "seen");
        });
        a.send(there.id(), "bytes", bytes);
        here.expect("seen");
        assertNotSame(bytes, got.get());
    }

    @Test
    @Tag("SND-1")
    void shouldThrowAtTheSenderWhenAValueCannotBeEncoded() {
        Port there = b.port().on("x", m -> b.send(here.id(), "got", m.get(0)));
        assertThrows(IllegalArgumentException.class, () -> a.send(there.id(), "x", new Object()));
        a.send(there.id(), "x", 2);
        assertEquals(2, here.expect("got").intValue(0));
    }

    @Test
    @Tag("MON-6")
    @Tag("KIL-3")
    void shouldTellTheReasonWhenAMonitoredPortIsKilledFromAfar() {
        Port there = b.port().ignoreUnmatched();
        here.watch(there.id());
        a.kill(there.id(), "enough", 7);
        assertEquals(Reason.of("enough", 7L), here.expectDown(there.id()));
        here.watch(there.id());
        assertEquals(Reason.NoSuchPort.monitored(there.id()), here.expectDown(there.id()));
    }

    @Test
    @Tag("CAL-1")
    void shouldReplyToACall() throws Exception {
        Port there = b.port();
        there.on("add", m -> there.reply(m.intValue(0) + m.intValue(1)));
        assertEquals(Message.of(5L), a.call(there.id(), "add", 2, 3).await());
    }

    @Test
    @Tag("MON-4")
    @Tag("CAL-2")
    void shouldTellEverybodyWhenTheNodeCloses() throws Exception {
        Node c = nodes.start("c", a);
        Port there = c.port().ignoreUnmatched();
        here.watch(there.id().node().nodePort());
        var call = a.call(there.id(), "never answered");
        c.close();
        assertInstanceOf(Reason.TransportError.class, here.expectDown(there.id().node().nodePort()));
        assertInstanceOf(CallOutcome.Down.class, call.outcome().toCompletableFuture().get(10, TimeUnit.SECONDS));
    }

    @Test
    @Tag("MON-4")
    void shouldSayTransportErrorWhenTheNodeIsUnknown() {
        PortId far = PortId.of("nowhere#port");
        here.watch(far);
        assertInstanceOf(Reason.TransportError.class, here.expectDown(far));
    }

    @Test
    @Tag("SND-3")
    void shouldNotHoldASenderUpThatKnowsNobodyAndSendsToAnUnknownNode() {
        Node alone = nodes.start("alone", c -> c);
        Thread sender = Thread.ofVirtual().start(() -> alone.send(PortId.of("nowhere#port"), "lost"));
        await().until(() -> sender.getState() == Thread.State.TERMINATED);
    }

    @Test
    @Tag("ID-3")
    @Tag("MON-9")
    void shouldReachNobodyUnderOldPortIdsWhenTheNodeIsBackUnderItsName() {
        List<String> events = new CopyOnWriteArrayList<>();
        var unused = a.monitorNodes(new NodeListener() {
            @Override
            public void nodeUp(NodeId node) {
                events.add("up " + node);
            }

            @Override
            public void nodeDown(NodeId node, Reason reason) {
                events.add("down " + node);
            }
        });
        Node c = nodes.start("c", a);
        PortId old = c.port().ignoreUnmatched().id();
        c.close();
        Node again = nodes.start("c", a);
        here.watch(old);
        assertInstanceOf(Reason.NoSuchPort.class, here.expectDown(old));
        List<String> expected = List.of("up c", "down c", "up c");
        await().until(() -> events.stream().filter(e -> e.endsWith("c")).toList().equals(expected));
    }

    @Test
    @Tag("SPN-4")
    void shouldTellWhyWhenASpawnIsRefusedOnTheOtherNode() {
        PortId spawned = a.spawn(b.id(), "no.such.thing");
        here.watch(spawned);
        assertEquals(b.id(), spawned.node());
        assertFalse(here.expectDown(spawned) instanceof Reason.TransportError);
    }

    @Test
    @Tag("BND-2")
    void shouldParkTheSenderWhenTheWayIsSilentAndFreeItWhenTheLinkIsLost() {
        network.isolate(b.id());
        Thread sender = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 100; i++) {
                a.send(new PortId(b.id(), "far"), "x", new byte[4096]);
            }
        });
        await().until(() -> sender.getState() == Thread.State.WAITING);
        assertInstanceOf(SendOutcome.Full.class, a.trySend(new PortId(b.id(), "far"), "x"));
        network.heal();
        await().until(() -> sender.getState() == Thread.State.TERMINATED);
    }

    @Test
    @Tag("CON-3")
    @Tag("SND-5")
    void shouldLetAPeerInThatIsMonitoredWithoutAPauseWhileNobodyKnowsItsAddress() {
        b.close();
        await().until(() -> a.stateOf(b.id()) == NodeState.DOWN);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger fired = new AtomicInteger();
        monitorAgainAndAgain(PortId.of("late#port"), fired, over);
        await().until(() -> fired.get() > 100);
        nodes.start("late", a);
        over.set(true);
    }

    private void monitorAgainAndAgain(PortId target, AtomicInteger fired, AtomicBoolean over) {
        a.monitor(target, reason -> {
            fired.incrementAndGet();
            if (!over.get()) {
                monitorAgainAndAgain(target, fired, over);
            }
        });
    }

    @Test
    @Tag("CON-3")
    void shouldRefuseASecondLivingNodeOfOneName() {
        String text = assertThrows(IllegalStateException.class, () -> nodes.start("b")).getMessage();
        assertTrue(text.contains("b is in use"), text);
        b.send(here.id(), "still");
        here.expect("still");
    }
}
