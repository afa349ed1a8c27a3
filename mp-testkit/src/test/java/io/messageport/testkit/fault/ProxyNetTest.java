package io.messageport.testkit.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.CallOutcome;
import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.NodeState;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.runtime.link.TransportProvider;
import io.messageport.testkit.ForkedNode;
import io.messageport.testkit.MpTest;
import io.messageport.testkit.NodeSettings;
import io.messageport.testkit.Over;
import io.messageport.testkit.Parent;
import io.messageport.testkit.Probe;
import io.messageport.testkit.TestNodes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@MpTest(nodes = 2, over = Over.PROXIES, settings = ProxyNetTest.Hurry.class)
class ProxyNetTest {
    private final ProxyNet net;
    private final TestNodes nodes;
    private final Node a;
    private final Probe probe;
    private Node b;
    private Port target;

    ProxyNetTest(ProxyNet net, TestNodes nodes, Node a, Node b, Probe probe) {
        this.net = net;
        this.nodes = nodes;
        this.a = a;
        this.b = b;
        this.probe = probe;
        target = echoing();
    }

    static final class Hurry implements NodeSettings {
        @Override
        public NodeConfig.Builder apply(String id, NodeConfig.Builder c) {
            return c.heartbeatInterval(Duration.ofMillis(200)).silenceLimit(Duration.ofSeconds(1))
                    .resumeWindow(Duration.ofMillis(300)).handshakeTimeout(Duration.ofSeconds(3))
                    .connectInterval(Duration.ofMillis(200)).monitorTimeout(Duration.ofSeconds(3));
        }
    }

    private Port echoing() {
        return b.port().on("echo", m -> b.send(m.port(0), "echoed", m.get(1)));
    }

    /** Starts a node that knows the first one alone. */
    private Node start(String id) {
        Node node = nodes.start(id, c -> new Hurry().apply(id, c.seed(a.addresses().getFirst())));
        TestNodes.awaitConnected(a, node);
        return node;
    }

    /** A process whose node reaches the others through the proxies. */
    static final class Far {
        static final PortId ECHO = PortId.of("far#echo");

        public static void main(String... args) throws InterruptedException {
            Parent parent = Parent.attach();
            try (Node node = Node.configure(c -> new Hurry().apply("far", c.nodeId("far"))
                    .bind("127.0.0.1:0").seed(args[1])
                    .extension(TransportProvider.class, Detour.parse(args[0])))) {
                Port echo = node.port("echo");
                echo.on("ask", m -> echo.reply("here"));
                parent.ready(node);
                node.awaitClose();
            }
        }
    }

    @Test
    @Tag("MON-4")
    @Tag("T-22")
    @Tag("T-23")
    void shouldIsolateANodeOfAnotherJvmAndLetItBackIn() {
        NodeId far = Far.ECHO.node();
        ForkedNode forked = nodes.fork(Far.class, net.detour(far, a.id(), b.id()), net.address(far, a.id()));
        net.listens(far, forked.awaitReady());
        awaitAnswer(Far.ECHO);
        probe.watch(Far.ECHO);
        net.isolate(far);
        assertInstanceOf(Reason.TransportError.class, probe.expectDown(Far.ECHO));
        net.heal();
        awaitAnswer(Far.ECHO);
        assertTrue(net.counts().passed() > 0, net.counts()::toString);
    }

    /** A process that has just begun may be so slow on a busy machine that it is taken for dead, once or twice. */
    private void awaitAnswer(PortId port) {
        await().atMost(Duration.ofSeconds(40)).until(() -> a.call(Duration.ofSeconds(5), port, "ask").outcome()
                .toCompletableFuture().join() instanceof CallOutcome.Reply);
    }

    private void echo(int n) {
        a.send(target.id(), "echo", probe.id(), n);
        assertEquals(n, probe.expect("echoed").intValue(0));
    }

    @Test
    void shouldCarryEverythingThroughTheProxyOfThePair() {
        echo(1);
        assertEquals(1, net.proxy(b.id(), a.id()).connections() + net.proxy(a.id(), b.id()).connections());
        assertTrue(net.counts().passed() >= 2, net.counts()::toString);
    }

    @Test
    @Tag("SND-3")
    void shouldReachANodeItWasToldOfWhenItHasNoConnectionToIt() {
        Node c = start("c");
        net.reset(b.id(), c.id());
        Port far = c.port().on("x", m -> c.send(m.port(0), "seen"));
        Probe of = Probe.on(b);
        b.send(far.id(), "x", of.id());
        of.expect("seen");
    }

    @Test
    @Tag("MON-4")
    @Tag("T-23")
    void shouldTellBothAtOnceWhenCutAndConnectAgainWhenHealed() {
        probe.watch(target.id());
        Probe other = Probe.on(b).watch(probe.id());
        echo(1);
        net.cut(a.id(), b.id());
        assertInstanceOf(Reason.TransportError.class, probe.expectDown(target.id()));
        assertInstanceOf(Reason.TransportError.class, other.expectDown(probe.id()));
        PortId there = target.id();
        probe.watch(there);
        assertInstanceOf(Reason.TransportError.class, probe.expectDown(there));
        assertTrue(net.counts().cuts() >= 1, net.counts()::toString);
        net.heal();
        TestNodes.awaitConnected(a, b);
        echo(2);
    }

    @Test
    @Tag("CON-4")
    @Tag("T-22")
    @Tag("T-23")
    void shouldReportTheNodeDownOnBothSidesWhenPartitionedForLongAndComeBackWhenHealed() {
        probe.watch(target.id());
        Probe other = Probe.on(b).watch(probe.id());
        echo(1);
        net.partition(List.of(a.id()), List.of(b.id()));
        assertInstanceOf(Reason.TransportError.class, probe.expectDown(target.id()));
        assertInstanceOf(Reason.TransportError.class, other.expectDown(probe.id()));
        net.heal();
        TestNodes.awaitConnected(a, b);
        echo(2);
    }

    @Test
    @Tag("CON-4")
    @Tag("T-22")
    void shouldLoseNothingWhenPartitionedForShort() {
        probe.watch(target.id());
        echo(1);
        net.isolate(b.id());
        for (int i = 2; i < 100; i++) {
            a.send(target.id(), "echo", probe.id(), i);
        }
        await().until(() -> net.counts().held() > 0);
        net.heal();
        for (int i = 2; i < 100; i++) {
            assertEquals(i, probe.expect("echoed").intValue(0));
        }
    }

    @Test
    @Tag("CON-4")
    @Tag("T-23")
    void shouldReportTheNodeDownOnBothSidesWhenOneWayIsSilent() {
        probe.watch(target.id());
        Probe other = Probe.on(b).watch(probe.id());
        echo(1);
        net.partitionOneWay(Set.of(a.id()), Set.of(b.id()));
        assertInstanceOf(Reason.TransportError.class, other.expectDown(probe.id()));
        assertInstanceOf(Reason.TransportError.class, probe.expectDown(target.id()));
        net.heal();
        TestNodes.awaitConnected(a, b);
        echo(2);
    }

    @Test
    void shouldFindANodeAgainWhenItComesBackOnAnotherPort() {
        b.close();
        await().until(() -> a.stateOf(NodeId.of("b")) == NodeState.DOWN);
        b = start("b");
        target = echoing();
        echo(5);
    }

    @Test
    void shouldDelayBetweenTwoNodesAlone() {
        Node c = start("c");
        net.between(a.id(), b.id()).apply(Fault.delay(Duration.ofMillis(100)));
        long start = System.nanoTime();
        echo(1);
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(200).toNanos());
        assertEquals(0, net.plane().line(new Way(a.id(), c.id())).counts().delayed());
        assertEquals(0, net.plane().line(new Way(c.id(), a.id())).counts().delayed());
    }
}
