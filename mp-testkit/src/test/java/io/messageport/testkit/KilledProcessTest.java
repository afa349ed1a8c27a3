package io.messageport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.messageport.CallOutcome;
import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.PortId;
import io.messageport.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node in a process that is killed or stopped; under load that is {@link KilledReceiverTest} and its likes. */
@MpTest(ids = "survivor", settings = KilledProcessTest.Impatient.class)
record KilledProcessTest(Node survivor, TestNodes nodes) {
    /** A killed process is not waited for. */
    static final class Impatient implements NodeSettings {
        @Override
        public NodeConfig.Builder apply(String id, NodeConfig.Builder settings) {
            return settings.resumeWindow(Duration.ZERO);
        }
    }

    private ForkedNode fork(String incarnation) {
        ForkedNode victim = nodes.fork(Victim.class, survivor.addresses().getFirst(), incarnation);
        victim.awaitReady();
        TestNodes.awaitConnected(survivor, Victim.sink().node());
        return victim;
    }

    @Test
    @Tag("ID-3")
    @Tag("MON-3")
    void shouldReachNobodyUnderOldPortIdsWhenTheNodeIsBackUnderItsName() throws Exception {
        ForkedNode first = fork("first");
        PortId old = survivor.call(Victim.sink(), "who").await().port(0);
        Probe probe = Probe.on(survivor).watch(old);
        survivor.send(old, "one");
        assertEquals("(one)", first.awaitLine("anonymous got "));
        first.kill9();
        assertInstanceOf(Reason.TransportError.class, probe.expectDown(old));
        ForkedNode second = fork("second");
        survivor.send(old, "two");
        Probe later = Probe.on(survivor).watch(old);
        assertInstanceOf(Reason.NoSuchPort.class, later.expectDown(old));
        survivor.send(Victim.sink(), "n", 1, 2, later.id());
        assertEquals("1 2", second.awaitLine("got "));
        assertEquals(List.of(), second.output().stream().filter(line -> line.startsWith("anonymous")).toList());
    }

    @Test
    @Tag("CAL-2")
    @Tag("MON-5")
    void shouldEndCallsAndNodeMonitorsWhenTheProcessIsKilled() throws Exception {
        ForkedNode victim = fork("first");
        Probe probe = Probe.on(survivor).watch(Victim.sink().node().nodePort());
        // The sink never replies to "n": it acknowledges, and the call stays open.
        var call = survivor.call(Victim.sink(), "n", 0, 0, probe.id());
        probe.expect("ack");
        victim.kill9();
        assertInstanceOf(Reason.TransportError.class, probe.expectDown(Victim.sink().node().nodePort()));
        assertInstanceOf(CallOutcome.Down.class, call.outcome().toCompletableFuture().get(10, TimeUnit.SECONDS));
    }

    @Test
    @Tag("CON-4")
    void shouldNotLoseTheNodeWhenTheProcessIsStoppedForLessThanTheSilenceLimit() throws Exception {
        ForkedNode victim = fork("first");
        Probe probe = Probe.on(survivor).watch(Victim.sink());
        victim.stop();
        for (int n = 0; n < 100; n++) {
            survivor.send(Victim.sink(), "n", 0, n, probe.id());
        }
        probe.expectNone(Duration.ofSeconds(1));
        victim.resume();
        for (int n = 0; n < 100; n++) {
            assertEquals(n, probe.expect("ack").intValue(2));
        }
    }

    @Test
    @Tag("KIL-4")
    @Tag("MON-1")
    void shouldTellTheReasonWhenAPortInAnotherProcessDies() {
        ForkedNode victim = fork("first");
        Probe probe = Probe.on(survivor).watch(Victim.sink());
        survivor.send(Victim.sink(), "quit");
        assertEquals(Reason.of("quit"), probe.expectDown(Victim.sink()));
        victim.kill9();
    }
}
