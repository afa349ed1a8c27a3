package io.messageport.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.messageport.Database;
import io.messageport.Message;
import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.NodeListener;
import io.messageport.NodeState;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@MpTest(ids = "seed")
record SeedTest(TestNodes nodes, Node seed) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    @Tag("SEED-2")
    void shouldReachEachOtherWhenTwoClientsShareOneSeed() {
        Node one = nodes.start("one", seed);
        Node two = nodes.start("two", seed);
        Probe atTwo = Probe.on(two);
        Port port = one.port("named").on("hello", message -> one.send(message.port(0), "hello back"));
        two.send(PortId.of("one#named"), "hello", atTwo.id());
        atTwo.expect("hello back");
        assertEquals(NodeState.UP, two.stateOf(one.id()));
        assertEquals(Set.of(seed.id(), two.id()), one.upNodes());
    }

    @Test
    @Tag("SEED-1")
    @Tag("SND-3")
    void shouldKeepMessagesForTheSeedUntilItComesUp() throws Exception {
        String address = seed.addresses().getFirst();
        seed.close();
        Node early = nodes.start("early", c -> c.seed(address));
        Probe probe = Probe.on(early);
        PortId echo = early.spawn(seed.id(), "test.echo", probe.id());
        early.send(echo, "hello");
        try (Node late = Node.configure(c -> c.nodeId("seed").secret(nodes.secret()).bind(address)
                .spawnable("test.echo", (self, args) -> self.otherwise(m -> self.send(args.port(0), m.get(0)))))) {
            probe.expect("hello");
        }
    }

    @Test
    @Tag("SEED-1")
    void shouldConnectAgainWhenTheSeedWasRestarted() throws Exception {
        Node one = nodes.start("one", seed);
        String address = seed.addresses().getFirst();
        seed.close();
        await().atMost(Duration.ofSeconds(10)).until(() -> one.upNodes().isEmpty());
        try (Node again = Node.configure(c -> c.nodeId("seed").secret(nodes.secret()).bind(address))) {
            TestNodes.awaitConnected(one, again);
        }
    }

    @Test
    @Tag("SEED-1")
    void shouldBeDroppedWhenTheSeedIsTheNodeItself() throws Exception {
        String address = seed.addresses().getFirst();
        seed.close();
        try (Node self = Node.configure(c -> c.nodeId("self").secret(nodes.secret()).bind(address).seed(address))) {
            Node other = nodes.start("other", self);
            assertEquals(Set.of(other.id()), self.upNodes());
            assertEquals(Set.of("self"), other.db().await(Database.GLOBALS, Database.atLeast(1), PATIENCE).keys());
            assertEquals(Set.of("self"), self.db().keys(Database.GLOBALS), "it needs no master to know");
        }
    }

    @Test
    @Tag("SEED-2")
    @Tag("ID-3")
    void shouldFindTheNewAddressWhenANodeComesBackElsewhere() throws Exception {
        Node client = nodes.start("client", seed);
        Probe probe = Probe.on(client);
        Node first = nodes.start("server", seed);
        PortId old = first.port().ignoreUnmatched().id();
        PortId named = first.port("named").ignoreUnmatched().id();
        probe.watch(named);
        client.send(named, "hello");
        TestNodes.awaitConnected(client, first);
        first.close();
        probe.expectDown(named);
        await().atMost(Duration.ofSeconds(10)).until(() -> client.stateOf(first.id()) != NodeState.UP);

        Node second = nodes.start("server", seed);
        second.port("named").on("hello", message -> second.send(message.port(0), "hello from the second"));
        client.send(named, "hello", probe.id());
        assertEquals(Message.of(), probe.expect("hello from the second"));
        probe.watch(old);
        assertInstanceOf(Reason.NoSuchPort.class, probe.expectDown(old));
    }

    @Test
    @Tag("SND-3")
    void shouldSendWhatWaitsWhenANodeClosesAtTheMomentItIsConnected() throws Exception {
        Probe probe = Probe.on(seed);
        for (int i = 0; i < 100; i++) {
            CompletableFuture<NodeId> connected = new CompletableFuture<>();
            try (Node brief = nodes.start("brief" + i, c -> c.seed(TestNodes.addresses(seed)))) {
                brief.monitorNodes(new NodeListener() {
                    @Override
                    public void nodeUp(NodeId node) {
                        connected.complete(node);
                    }

                    @Override
                    public void nodeDown(NodeId node, Reason reason) {
                        // It is closing.
                    }
                });
                connected.get(20, TimeUnit.SECONDS);
                brief.send(probe.id(), "n", i);
            }
            assertEquals(i, probe.expect("n").intValue(0));
        }
    }
}
