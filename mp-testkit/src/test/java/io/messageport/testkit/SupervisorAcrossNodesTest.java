package io.messageport.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Backoff;
import io.messageport.Child;
import io.messageport.ChildSpec;
import io.messageport.Message;
import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.PortTree;
import io.messageport.Reason;
import io.messageport.RemoteSpawn;
import io.messageport.Supervisor;
import io.messageport.SupervisorSpec;
import io.messageport.testkit.fault.FaultyNetwork;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Children on other nodes: who watches them, where they come back, and that no second copy of one is left running. */
@MpTest(nodes = 3, over = Over.PROXIES, settings = SupervisorAcrossNodesTest.Impatient.class)
record SupervisorAcrossNodesTest(
        Node a, @At("b") Node b, @At("c") Node c, Probe probe, FaultyNetwork network) {
    static final class Impatient implements NodeSettings {
        @Override
        public NodeConfig.Builder apply(String id, NodeConfig.Builder settings) {
            return settings.resumeWindow(ofMillis(300));
        }
    }

    /** Says where it begins. */
    @RemoteSpawn
    static final class Far extends Port {
        private final PortId to;

        Far(PortId to) {
            this.to = to;
        }

        @Override
        protected void start() {
            send(to, "started", self());
            on("die", m -> {
                throw new IllegalStateException("told to");
            });
            on("end", m -> stop());
        }
    }

    private ChildSpec far(Node... nodes) {
        return ChildSpec.spawn("far", Stream.of(nodes).map(Node::id).toList(), Far.class.getName(), probe.id());
    }

    private Supervisor supervise(SupervisorSpec spec) {
        return a.open("top", () -> new Supervisor(spec));
    }

    private PortId started() {
        return probe.expect("started").port(0);
    }

    /** Which ports of the class run anywhere. */
    private List<PortId> running() {
        return Stream.of(a, b, c).flatMap(node -> ports(node.tree())).toList();
    }

    private static Stream<PortId> ports(PortTree tree) {
        return Stream.concat(
                tree.type().equals(Far.class.getSimpleName()) ? tree.id().stream() : Stream.empty(),
                tree.children().stream().flatMap(SupervisorAcrossNodesTest::ports));
    }

    private void awaitRunning(PortId... ports) {
        await().atMost(ofSeconds(20)).until(() -> running().equals(List.of(ports)));
    }

    /** Its links are lost when the resume window is over: a machine that is busy is not taken for one that is gone. */
    private void loseB() {
        network.cut(a.id(), b.id());
        network.cut(b.id(), c.id());
    }

    private static Child child(Supervisor top) {
        return top.child("far").orElseThrow();
    }

    @Test
    void shouldStartAChildAgainOnTheSameNodeWhenItHasEnded() {
        Supervisor top = supervise(SupervisorSpec.oneForOne(far(b, c)).intensity(2, ofSeconds(60)));
        PortId first = started();
        assertEquals(b.id(), first.node());
        a.send(first, "die");
        PortId second = started();
        assertEquals(b.id(), second.node());
        assertNotEquals(first, second);
        a.send(second, "end");
        PortId third = started();
        assertEquals(b.id(), third.node());
        assertEquals(new Child("far", Optional.of(third), Child.State.RUNNING, 2, far(b, c)), child(top));
        awaitRunning(third);
    }

    @Test
    void shouldNotStartATransientChildAgainWhenItsEndWasOrderly() {
        Supervisor top = supervise(SupervisorSpec.oneForOne(far(b).restart(ChildSpec.Restart.TRANSIENT)));
        a.send(started(), "end");
        await().until(() -> child(top).state() == Child.State.STOPPED);
        assertEquals(0, child(top).restarts());
        awaitRunning();
    }

    @Test
    void shouldGiveUpWhenTheChildEndsTooOften() {
        Supervisor top = supervise(SupervisorSpec.oneForOne(far(b), ChildSpec.plain("near", Port::ignoreUnmatched))
                .intensity(2, ofSeconds(60)));
        probe.watch(top.id());
        a.send(started(), "die");
        a.send(started(), "die");
        a.send(started(), "die");
        Reason why = probe.expectDown(top.id());
        assertEquals(List.of("shutdown", "too many restarts", "far"), why.values().subList(0, 3));
        assertTrue(why.values().get(3).toString().contains("told to"), why::toString);
        awaitRunning();
    }

    @Test
    void shouldEndItWithItsSupervisorWhateverEndsThat() {
        Supervisor top = supervise(SupervisorSpec.oneForOne(far(b)));
        PortId first = started();
        probe.watch(first);
        a.kill(top.id(), "enough");
        assertTrue(probe.expectDown(first).isOrderly());
        awaitRunning();
        Supervisor above = a.open("above", () -> new Supervisor(
                SupervisorSpec.oneForOne(ChildSpec.supervisor("top", SupervisorSpec.oneForOne(far(c))))));
        assertEquals(c.id(), started().node());
        above.terminateChild("top");
        awaitRunning();
    }

    @Test
    void shouldEndItWhenItIsTerminatedAndStartItAgainWhenAsked() {
        Supervisor top = supervise(SupervisorSpec.oneForOne(far(b)));
        PortId first = started();
        top.terminateChild("far");
        assertEquals(Child.State.STOPPED, child(top).state());
        awaitRunning();
        Child again = top.restartChild("far");
        PortId second = started();
        assertEquals(second, again.port().orElseThrow());
        assertNotEquals(first, second);
    }

    @Test
    void shouldGoToTheNextNodeWhenItsOwnIsLostAndLeaveNoSecondCopy() {
        Supervisor top = supervise(SupervisorSpec.oneForOne(far(b, c)).intensity(9, ofSeconds(60)));
        PortId first = started();
        assertEquals(b.id(), first.node());
        loseB();
        PortId second = started();
        assertEquals(c.id(), second.node());
        assertTrue(running().contains(first), "nobody can reach it");
        network.heal();
        awaitRunning(second);
        assertEquals(1, child(top).restarts());
        a.send(second, "die");
        assertEquals(c.id(), started().node(), "an end of the port is no loss of its node");
    }

    /** The copies that were asked for while nobody could reach the node never came to be; the first lived on. */
    @Test
    void shouldRunOnceWhenTheOnlyNodeItMayRunOnComesBack() {
        Supervisor top = supervise(SupervisorSpec.oneForOne(far(b))
                .intensity(1_000, ofSeconds(60))
                .backoff(Backoff.between(ofMillis(50), ofMillis(200))));
        PortId first = started();
        loseB();
        await().atMost(ofSeconds(20)).until(() -> child(top).restarts() > 0);
        network.heal();
        Message latest = probe.expect("started");
        assertNotEquals(first, latest.port(0));
        await().atMost(ofSeconds(20)).until(() -> running().equals(child(top).port().stream().toList()));
        assertEquals(Child.State.RUNNING, child(top).state());
    }

    @Test
    void shouldEndItWhenItsNodeIsBackAndItsSupervisorDiedMeanwhile() {
        Supervisor top = supervise(SupervisorSpec.oneForOne(far(b)));
        PortId first = started();
        loseB();
        probe.watch(top.id());
        a.kill(top.id());
        assertTrue(probe.expectDown(top.id()).isNormal());
        assertEquals(List.of(first), running());
        await().atMost(ofSeconds(20)).until(() -> !a.upNodes().contains(b.id()));
        network.heal();
        TestNodes.awaitConnected(a, b);
        awaitRunning();
    }

    /** A node that is closed ends its ports first, and is lost when it is asked again. Its next life knows none of them. */
    @Test
    void shouldGoToTheNextNodeWhenItsOwnIsClosedAndLeaveOthersOfTheSameNameAlone(TestNodes nodes) {
        Node first = nodes.start("d", a);
        Supervisor top = a.open("top", () -> new Supervisor(SupervisorSpec.oneForOne(
                ChildSpec.spawn("far", List.of(NodeId.of("d"), c.id()), Far.class.getName(), probe.id()))
                .intensity(9, ofSeconds(60))));
        assertEquals(NodeId.of("d"), started().node());
        first.close();
        PortId there = started();
        assertEquals(c.id(), there.node());
        Node second = nodes.start("d", a);
        PortId bystander = second.open(() -> new Far(probe.id())).id();
        assertEquals(bystander, started());
        TestNodes.awaitConnected(a, second);
        assertEquals(there, child(top).port().orElseThrow());
        assertEquals(List.of(bystander), ports(second.tree()).toList());
    }
}
