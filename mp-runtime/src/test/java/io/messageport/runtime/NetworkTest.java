package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Guard;
import io.messageport.Monitor;
import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.NodeListener;
import io.messageport.NodeState;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.RemoteSpawn;
import io.messageport.runtime.link.Transport.Dialed;
import io.messageport.runtime.link.TransportProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The node's side of its links, with a peer that the test plays. */
class NetworkTest {
    private final FakeTransport transport = new FakeTransport();
    private final Node node = Node.configure(c -> c.nodeId("here")
            .bind("here:1")
            .seed("seed:1")
            .monitorTimeout(Duration.ofSeconds(15))
            .extension(TransportProvider.class, transport));
    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    private final PortId far = PortId.of("peer#far");

    @AfterEach
    void close() {
        node.close();
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        T taken = queue.poll(20, TimeUnit.SECONDS);
        assertNotNull(taken);
        return taken;
    }

    @Test
    @Tag("MON-6")
    void shouldSendMon1ForFirstAndMon0ForLastWatch() throws Exception {
        FakeTransport.FakeLink link = transport.connected("peer");
        assertEquals(List.of("", "here", "here:1"), take(link.sent));
        Monitor first = node.monitor(far, seen::add);
        Monitor second = node.monitor(far, seen::add);
        assertEquals(List.of("", "mon1", "far"), take(link.sent));
        assertTrue(first.cancel());
        assertTrue(link.sent.isEmpty());
        assertTrue(second.cancel());
        assertEquals(List.of("", "mon0", "far"), take(link.sent));
        link.receive("", "kil0", "far", "stale");
        node.monitor(far, seen::add);
        assertEquals(List.of("", "mon1", "far"), take(link.sent));
        link.receive("", "kil0", "far", "real", 5L);
        assertEquals(Reason.of("real", 5L), take(seen));
        assertTrue(seen.isEmpty());
    }

    @Test
    @Tag("SND-5")
    @Tag("MON-4")
    void shouldFireMonitorsThenPublishDownThenReturnWhenLinkIsLost() throws Exception {
        FakeTransport.FakeLink link = transport.connected("peer");
        Port watcher = node.port().on("died", m -> seen.add("mail " + m.string(2)));
        node.monitorNodes(new NodeListener() {
            @Override
            public void nodeUp(NodeId up) {
                seen.add("up " + up);
            }

            @Override
            public void nodeDown(NodeId down, Reason reason) {
                seen.add("down " + down + " " + reason);
            }
        });
        assertEquals("up peer", take(seen));
        node.monitor(far, reason -> seen.add("monitor " + reason));
        node.monitor(PortId.of("peer"), reason -> seen.add("node port " + reason));
        link.lose("cable cut");
        assertEquals(
                List.of(
                        "monitor transport_error: peer: cable cut",
                        "node port transport_error: peer: cable cut",
                        "down peer transport_error: peer: cable cut"),
                List.copyOf(seen),
                "all has happened when lost() returns, for a new link may carry messages then");
        seen.clear();
        node.monitor(far, watcher.id(), "died");
        transport.link(NodeId.of("peer")).lose("again");
        assertEquals("mail again", take(seen));
        assertEquals(NodeState.UNKNOWN, node.stateOf(NodeId.of("stranger")));
        assertFalse(node.upNodes().contains(NodeId.of("peer")));
    }

    @Test
    @Tag("MON-9")
    void shouldAlternateUpAndDownAndStopWhenClosed() throws Exception {
        Guard guard = node.monitorNodes(new NodeListener() {
            @Override
            public void nodeUp(NodeId up) {
                seen.add("up");
            }

            @Override
            public void nodeDown(NodeId down, Reason reason) {
                seen.add("down");
            }
        });
        for (int i = 0; i < 3; i++) {
            FakeTransport.FakeLink link = transport.connected("peer");
            assertEquals("up", take(seen));
            assertEquals(NodeState.UP, node.stateOf(NodeId.of("peer")));
            link.lose("round " + i);
            assertEquals("down", take(seen));
        }
        transport.link(NodeId.of("peer")).lose("never was up");
        assertTrue(guard.cancel());
        assertFalse(guard.cancel());
        transport.connected("peer");
        node.monitor(PortId.of("here#nobody"), reason -> seen.add("probe"));
        assertEquals("probe", take(seen));
    }

    @Test
    @Tag("MON-3")
    @Tag("MON-6")
    void shouldTellPeerOfDeathOnceAndOnlyWhileItWatches() throws Exception {
        FakeTransport.FakeLink link = transport.connected("peer");
        take(link.sent);
        Port port = node.port("watched").otherwise(m -> {});
        link.receive("", "mon1", "watched");
        link.receive("", "mon1", "watched");
        node.kill(port.id(), "why", new Thread(() -> {}));
        List<Object> told = take(link.sent);
        assertEquals(List.of("", "kil0", "watched", "why"), told.subList(0, 4));
        assertTrue(told.get(4).toString().startsWith("Thread["), "what cannot cross, crosses as text: " + told);
        link.receive("", "mon1", "nobody");
        assertEquals(
                List.of("", "kil0", "nobody", "no_such_port", "cannot monitor nonexistent port",
                        PortId.of("here#nobody")),
                take(link.sent));
        Port other = node.port("other").otherwise(m -> {});
        link.receive("", "mon1", "other");
        link.receive("", "mon0", "other");
        node.kill(other.id());
        Awaitility.await().until(() -> !other.isAlive());
        assertNull(link.sent.poll(50, TimeUnit.MILLISECONDS));
    }

    @Test
    @Tag("T-16")
    @Tag("KIL-1")
    void shouldRefuseWhatAHostilePeerAsks() throws Exception {
        FakeTransport.FakeLink link = transport.connected("peer");
        take(link.sent);
        Port chat = node.port("chat").on("x", m -> seen.add("alive"));
        link.receive("", "kil", "", "die, node");
        link.receive("", "spw", "chat", "java.lang.Runtime::getRuntime", List.of());
        link.receive("", "spw", "~foreign.1", "java.lang.Runtime::getRuntime", List.of());
        link.receive("", "mon1", "~foreign.1");
        List<Object> refused = take(link.sent);
        assertEquals(List.of("", "kil0", "~foreign.1", "die"), refused.subList(0, 4));
        assertTrue(refused.get(4).toString().contains("is not granted"), refused.toString());
        link.receive("", "no-such-verb", 1);
        link.receive("guess#1", "hello");
        link.receive("chat", "x");
        assertEquals("alive", take(seen));
        assertTrue(chat.isAlive());
        assertTrue(link.closed.isEmpty());
        link.receive("", "mon1", 5);
        assertTrue(take(link.closed).contains("malformed node message"));
        link.receive("", "kil", "chat", "legal");
        Awaitility.await().until(() -> !chat.isAlive());
    }

    @Test
    @Tag("SEED-2")
    void shouldAskPeersForAnAddressAndBelieveTheFirstThatKnows() throws Exception {
        FakeTransport.FakeLink one = transport.connected("one");
        FakeTransport.FakeLink two = transport.connected("two");
        take(one.sent);
        take(two.sent);
        NodeId wanted = NodeId.of("wanted");
        CompletableFuture<List<String>> answer = transport.events.addressesOf(wanted).toCompletableFuture();
        assertEquals(List.of("", "find", wanted), take(one.sent));
        assertEquals(List.of("", "find", wanted), take(two.sent));
        one.receive("", "at", wanted);
        assertFalse(answer.isDone());
        two.receive("", "at", wanted, "host:5");
        assertEquals(List.of("host:5"), answer.get(1, TimeUnit.SECONDS));
        one.receive("", "here", "host:1", "host:2");
        two.receive("", "find", NodeId.of("one"));
        assertEquals(List.of("", "at", NodeId.of("one"), "host:1", "host:2"), take(two.sent));
    }

    @Test
    @Tag("SEED-1")
    void shouldDialSeedAgainWhenItFailsOrIsLostAndWaitForItsAnswer() throws Exception {
        CompletableFuture<Dialed> first = transport.dials.remove("seed:1");
        NodeId wanted = NodeId.of("wanted");
        CompletableFuture<List<String>> answer = transport.events.addressesOf(wanted).toCompletableFuture();
        assertFalse(answer.isDone(), "a seed may still turn up and know");
        first.complete(new Dialed.Failed("refused"));
        Awaitility.await().until(() -> transport.dials.containsKey("seed:1"));
        FakeTransport.FakeLink link = transport.connected("the-seed");
        transport.dials.remove("seed:1").complete(new Dialed.Connected(NodeId.of("the-seed")));
        assertEquals(List.of("", "here", "here:1"), take(link.sent));
        assertEquals(List.of("", "find", wanted), take(link.sent));
        link.receive("", "at", wanted);
        assertEquals(List.of(), answer.get(5, TimeUnit.SECONDS));
        link.lose("seed crashed");
        Awaitility.await().until(() -> transport.dials.containsKey("seed:1"));
        assertEquals(
                List.of("seed:1"),
                transport.events.addressesOf(NodeId.of("the-seed")).toCompletableFuture().get(1, TimeUnit.SECONDS));
        transport.dials.remove("seed:1").complete(new Dialed.Self());
        assertEquals(
                List.of(), transport.events.addressesOf(wanted).toCompletableFuture().get(5, TimeUnit.SECONDS));
    }

    @Test
    @Tag("CAL-2")
    void shouldEndCallsWhenNodeIsLost() throws Exception {
        FakeTransport.FakeLink link = transport.connected("peer");
        node.call(far, "question").then(seen::add);
        link.lose("gone");
        assertTrue(take(seen).toString().contains("gone"));
    }

    @Test
    @Tag("SPN-1")
    void shouldSendSpawnAndMessageInOneStream() throws Exception {
        FakeTransport.FakeLink link = transport.connected("peer");
        take(link.sent);
        PortId port = node.spawn(NodeId.of("peer"), "org.example.Thing", 1, null);
        node.send(port, "early");
        List<Object> spawn = take(link.sent);
        assertEquals(List.of("", "spw", port.name(), "org.example.Thing"), spawn.subList(0, 4));
        assertEquals(java.util.Arrays.asList(1, null), spawn.get(4));
        assertEquals(List.of(port.name(), "early"), take(link.sent));
    }

    @Test
    @Tag("SEED-2")
    void shouldEndAQuestionWhenTheOnlySeedKnewNothingBeforeItCountedAsConnected() throws Exception {
        FakeTransport.FakeLink seed = transport.connected("seed");
        assertEquals(List.of("", "here", "here:1"), take(seed.sent));
        var where = transport.events.addressesOf(NodeId.of("lost")).toCompletableFuture();
        assertEquals(List.of("", "find", NodeId.of("lost")), take(seed.sent));
        seed.receive("", "at", NodeId.of("lost"));
        assertFalse(where.isDone());
        transport.dials.get("seed:1").complete(new Dialed.Connected(NodeId.of("seed")));
        assertEquals(List.of(), where.get(5, TimeUnit.SECONDS));
    }

    @Test
    @Tag("SEED-2")
    void shouldAskAPeerThatComesUpAtTheMomentOfTheQuestion() throws Exception {
        for (int i = 0; i < 2000; i++) {
            NodeId wanted = NodeId.of("wanted" + i);
            CyclicBarrier start = new CyclicBarrier(2);
            FakeTransport.FakeLink link = transport.link(NodeId.of("peer" + i));
            Thread asking = Thread.ofPlatform().start(() -> {
                awaitOthers(start);
                transport.events.addressesOf(wanted);
            });
            awaitOthers(start);
            link.handler().up();
            asking.join();
            assertTrue(link.sent.contains(List.of("", "find", wanted)), "round " + i);
            link.receive("", "at", wanted, "there:1");
            link.lose("next round");
        }
    }

    private static void awaitOthers(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    @RemoteSpawn
    static final class SlowToStop extends Port {
        private static final CountDownLatch STOPPING = new CountDownLatch(1);
        private static final CountDownLatch MAY_STOP = new CountDownLatch(1);

        SlowToStop() {
            ignoreUnmatched();
        }

        @Override
        protected void stopped(Reason reason) throws Exception {
            STOPPING.countDown();
            MAY_STOP.await();
        }
    }

    @Test
    @Tag("T-16")
    void shouldNotHoldUpTheReaderWhenPeerSpawnsUnderTheNameOfADyingPort() throws Exception {
        FakeTransport.FakeLink link = transport.connected("peer");
        link.receive("", "spw", "~foreign.1", SlowToStop.class.getName(), List.of());
        link.receive("", "kil", "~foreign.1");
        assertTrue(SlowToStop.STOPPING.await(20, TimeUnit.SECONDS));
        Thread reader = Thread.ofPlatform().daemon().start(() -> {
            link.receive("", "spw", "~foreign.1", SlowToStop.class.getName(), List.of());
            seen.add("read on");
        });
        assertEquals("read on", seen.poll(3, TimeUnit.SECONDS), "the reader waits for the name");
        SlowToStop.MAY_STOP.countDown();
        reader.join();
    }
}
