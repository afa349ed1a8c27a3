package io.messageport.testkit.net;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.testkit.MpTest;
import io.messageport.testkit.Over;
import io.messageport.testkit.Probe;
import io.messageport.testkit.TestNodes;
import io.messageport.testkit.fault.Fault;
import io.messageport.testkit.fault.FaultCounts;
import io.messageport.testkit.fault.FaultyNetwork;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links keep their promise over any wire. */
@MpTest(nodes = 2, over = Over.MEMORY, settings = Brief.class)
class FaultyMemoryTest {
    private final Node a;
    private final Node b;
    private final TestNodes nodes;
    private final FaultyNetwork network;

    @AutoClose
    private final NumberedStream stream;

    @AutoClose
    private final NumberedStream back;

    FaultyMemoryTest(Node a, Node b, TestNodes nodes, FaultyNetwork network) {
        this.a = a;
        this.b = b;
        this.nodes = nodes;
        this.network = network;
        stream = new NumberedStream(a, b, "sink");
        back = new NumberedStream(b, a, "back");
    }

    /** Starts a third node, which looks for the first. */
    private Node start() {
        return nodes.start("c", c -> new Brief().apply("c", c.seed(TestNodes.addresses(a))));
    }

    private void sendUntil(Callable<Boolean> done) {
        await().pollInSameThread().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(30)).until(() -> {
                    for (int i = 0; i < 10; i++) {
                        stream.send();
                    }
                    return done.call();
                });
    }

    private void assertKept() {
        assertEquals(List.of(), stream.violations());
    }

    private void assertCounted(ToLongFunction<FaultCounts> count) {
        assertTrue(count.applyAsLong(network.counts()) > 0, network.counts()::toString);
    }

    /** A stream flows, and its monitor has fired neither more nor less often than this. */
    private void assertFlowsAgain(int fired) {
        TestNodes.awaitConnected(a, b);
        long before = stream.arrived();
        sendUntil(() -> stream.arrived() > before + 20);
        assertEquals(fired, stream.fired(), stream.reasons()::toString);
        assertKept();
    }

    @Test
    @Tag("SND-4")
    @Tag("SND-5")
    @Tag("T-24")
    void shouldNeitherLoseNorDoubleNorReorderWhenTheWireDelaysDoublesAndReorders() {
        network.everywhere().apply(Fault.delay(Duration.ofMillis(5)).and(Fault.jitter(Duration.ofMillis(10)))
                .and(Fault.duplicate(0.2)).and(Fault.reorder(0.2)));
        for (int i = 0; i < 2_000; i++) {
            stream.send();
        }
        await().until(() -> stream.arrived() == 2_000);
        assertEquals(0, stream.fired());
        assertKept();
        assertCounted(FaultCounts::delayed);
        assertCounted(FaultCounts::duplicated);
        assertCounted(FaultCounts::reordered);
    }

    @Test
    @Tag("SND-5")
    @Tag("MON-4")
    void shouldEndTheLinkAndFireWhenAPieceIsLost() {
        network.from(a.id()).to(b.id()).apply(Fault.drop(0.05));
        sendUntil(() -> stream.fired() > 0);
        assertCounted(FaultCounts::dropped);
        assertInstanceOf(Reason.TransportError.class, stream.reasons().getFirst());
        network.everywhere().apply(Fault.none());
        long before = stream.arrived();
        sendUntil(() -> stream.arrived() > before + 20);
        assertKept();
    }

    @Test
    @Tag("SND-5")
    @Tag("MON-4")
    void shouldEndTheLinkOnBothSidesAndFireWhenAPieceIsDamaged() {
        network.from(a.id()).to(b.id()).apply(Fault.corrupt(1));
        sendUntil(() -> stream.fired() > 0 && back.fired() > 0);
        network.everywhere().apply(Fault.none());
        assertCounted(FaultCounts::corrupted);
        assertTrue(back.reasons().getFirst().toString().contains("damaged"), back.reasons()::toString);
        long before = stream.arrived();
        sendUntil(() -> stream.arrived() > before + 20);
        assertKept();
    }

    @Test
    @Tag("CON-4")
    @Tag("T-22")
    void shouldLoseNothingWhenNothingPassesForShort() {
        sendUntil(() -> stream.arrived() > 10);
        network.between(a.id(), b.id()).apply(Fault.blackhole());
        for (int i = 0; i < 100; i++) {
            stream.send();
        }
        assertCounted(FaultCounts::held);
        network.between(a.id(), b.id()).apply(Fault.none());
        assertFlowsAgain(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"both ways", "forth", "back"})
    @Tag("CON-4")
    @Tag("SND-5")
    @Tag("T-22")
    @Tag("T-23")
    void shouldReportTheNodeDownOnBothSidesWhenAWayIsSilentAndComeBackWhenHealed(String which) {
        sendUntil(() -> stream.arrived() > 10);
        switch (which) {
            case "forth" -> network.partitionOneWay(List.of(a.id()), List.of(b.id()));
            case "back" -> network.partitionOneWay(List.of(b.id()), List.of(a.id()));
            default -> network.partition(List.of(a.id()), List.of(b.id()));
        }
        for (int i = 0; i < 100; i++) {
            stream.send();
        }
        await().until(() -> stream.fired() > 0 && back.fired() > 0);
        network.heal();
        assertInstanceOf(Reason.TransportError.class, stream.reasons().getFirst());
        TestNodes.awaitConnected(a, b);
        long before = stream.arrived();
        sendUntil(() -> stream.arrived() > before + 20);
        assertKept();
    }

    @Test
    @Tag("MON-4")
    void shouldTellBothAtOnceWhenCutAndRefuseUntilHealed() {
        Probe here = Probe.on(a).watch(b.id().nodePort());
        Probe there = Probe.on(b).watch(a.id().nodePort());
        network.cut(a.id(), b.id());
        assertTrue(here.expectDown(b.id().nodePort()).toString().contains("reset"));
        assertTrue(there.expectDown(a.id().nodePort()).toString().contains("reset"));
        PortId far = new PortId(b.id(), "far");
        here.watch(far);
        assertInstanceOf(Reason.TransportError.class, here.expectDown(far));
        assertCounted(FaultCounts::cuts);
        network.heal();
        TestNodes.awaitConnected(a, b);
        long before = stream.arrived();
        sendUntil(() -> stream.arrived() > before + 20);
        assertKept();
    }

    @Test
    @Tag("SND-5")
    void shouldCutOnceInTheMiddleOfTheStream() {
        network.from(a.id()).to(b.id()).apply(Fault.cutAfter(1_000));
        sendUntil(() -> stream.fired() == 1);
        assertFlowsAgain(1);
        assertCounted(FaultCounts::cuts);
    }

    @Test
    @Tag("BND-2")
    void shouldGoNoFasterThanTheThrottle() {
        network.from(a.id()).to(b.id()).apply(Fault.throttle(50_000));
        Probe here = Probe.on(a);
        PortId there = b.port().on("big", m -> b.send(here.id(), "got")).id();
        long start = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            a.send(there, "big", new byte[5_000]);
        }
        for (int i = 0; i < 5; i++) {
            here.expect("got");
        }
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(450).toNanos());
        assertCounted(FaultCounts::delayed);
    }

    @Test
    @Tag("CON-2")
    void shouldConnectByAskingAgainWhenHalfOfAllIsLost() {
        network.everywhere().apply(Fault.drop(0.5));
        Node c = start();
        await().until(() -> a.upNodes().contains(c.id()));
        assertCounted(FaultCounts::dropped);
    }

    @Test
    @Tag("SND-3")
    @Tag("MON-4")
    void shouldGiveUpConnectingWhenNobodyAnswersInTime() {
        Node c = start();
        TestNodes.awaitConnected(a, c);
        network.partition(List.of(b.id()), List.of(c.id()));
        Probe there = Probe.on(b);
        PortId far = new PortId(c.id(), "far");
        there.watch(far);
        assertInstanceOf(Reason.TransportError.class, there.expectDown(far));
        there.watch(far);
        String text = there.expectDown(far).toString();
        assertTrue(text.contains("unable to connect to c: no answer within PT1.5S") || text.contains("silent"), text);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @Tag("SND-5")
    @Tag("CON-3")
    @Tag("T-23")
    void shouldKeepThePromiseWhenConnectionsAreResetUnderLoadAgainAndAgain(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        network.everywhere()
                .apply(Fault.jitter(Duration.ofMillis(3)).and(Fault.reorder(0.1)).and(Fault.duplicate(0.1)));
        for (int round = 0; round < 20; round++) {
            for (int i = random.nextInt(50); i >= 0; i--) {
                stream.send();
                back.send();
            }
            network.reset(a.id(), b.id());
        }
        TestNodes.awaitConnected(a, b);
        long before = stream.arrived();
        sendUntil(() -> stream.arrived() > before + 20);
        assertKept();
        assertEquals(List.of(), back.violations());
        assertCounted(FaultCounts::cuts);
    }
}
