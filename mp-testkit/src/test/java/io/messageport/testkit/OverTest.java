package io.messageport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.Port;
import io.messageport.Reason;
import io.messageport.testkit.fault.FaultyNetwork;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests whose nodes are joined by something that breaks. */
class OverTest {
    static final class Impatient implements NodeSettings {
        @Override
        public NodeConfig.Builder apply(String id, NodeConfig.Builder settings) {
            return settings.heartbeatInterval(Duration.ofMillis(100)).silenceLimit(Duration.ofMillis(600))
                    .resumeWindow(Duration.ofMillis(300));
        }
    }

    private static void isolate(Node a, Node c, Probe probe, FaultyNetwork network) {
        Port far = c.port().ignoreUnmatched();
        probe.watch(far.id());
        a.send(far.id(), "hello");
        network.isolate(c.id());
        Reason.TransportError lost = probe.expectDown(far.id(), Reason.TransportError.class);
        assertEquals("c", lost.node());
        network.heal();
        TestNodes.awaitConnected(a, c);
    }

    @MpTest(nodes = 3, over = Over.MEMORY, settings = Impatient.class)
    @Tag("MON-4")
    void shouldTellOfALossWhenANodeIsIsolatedInMemory(Node a, @At("c") Node c, Probe probe, FaultyNetwork network) {
        assertTrue(a.addresses().getFirst().startsWith("memory:"), a::toString);
        isolate(a, c, probe, network);
    }

    @MpTest(nodes = 3, over = Over.PROXIES, settings = Impatient.class)
    @Tag("MON-4")
    void shouldTellOfALossWhenANodeIsIsolatedBehindProxies(Node a, @At("c") Node c, Probe probe,
            FaultyNetwork network) {
        assertTrue(a.addresses().getFirst().startsWith("127.0.0.1:"), a::toString);
        isolate(a, c, probe, network);
    }

    static final class Plain {
        @MpTest
        void shouldNotRun(FaultyNetwork network) {}
    }

    @Test
    void shouldSayHowToBreakTheNetworkWhenItIsPlainSockets() {
        String text = InnerTests.run(Plain.class).failure();
        assertTrue(text.contains("nothing breaks plain sockets: join the nodes over Over.PROXIES or Over.MEMORY"),
                text);
    }
}
