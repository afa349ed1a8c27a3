package io.messageport.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Database;
import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.NodeState;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.discovery.SeedSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Seeds, roles and look-ups over real sockets. */
@MpTest(ids = "seed")
record DiscoveryOverSocketsTest(TestNodes nodes, Node seed) {
    private static final Duration SOON = Duration.ofSeconds(15);

    private Node deaf(String id) {
        Node node = Node.configure(
                c -> c.nodeId(id).secret(nodes.secret()).seed(TestNodes.addresses(seed)));
        nodes.closeAtTheEnd(node);
        TestNodes.awaitConnected(node, seed);
        return node;
    }

    private static Port answering(Node node, String text) {
        return node.port("named").on("hello", message -> node.send(message.port(0), text));
    }

    @Test
    @Tag("SEED-2")
    void shouldReachANodeThatListensNowhereByHavingItConnect() {
        Node shy = deaf("shy");
        Node open = nodes.start("open", seed);
        answering(shy, "hello from shy");
        Probe probe = Probe.on(open);
        open.send(PortId.of("shy#named"), "hello", probe.id());
        probe.expect("hello from shy");
        TestNodes.awaitConnected(shy, open);
    }

    @Test
    @Tag("SEED-2")
    @Tag("CON-2")
    void shouldSayThatNeitherListensWhenTwoNodesCannotReachEachOther() {
        Node shy = deaf("shy");
        Node meek = deaf("meek");
        Probe probe = Probe.on(shy);
        PortId port = meek.port("named").ignoreUnmatched().id();
        probe.watch(port);
        Reason.TransportError reason = probe.expectDown(port, Reason.TransportError.class);
        assertTrue(reason.text().contains("neither meek nor this node, shy, listens"), reason::text);
    }

    @Test
    @Tag("CFG-4")
    void shouldBeReachedWhereItSaysThatItCanBe() {
        // Others cannot dial where it says it listens, unless that is what it advertises.
        Node moved = nodes.start("moved", c -> c.seed(TestNodes.addresses(seed)).advertise("localhost"));
        answering(moved, "hello from afar");
        TestNodes.awaitConnected(moved, seed);
        Node other = nodes.start("other", seed);
        Probe probe = Probe.on(other);
        other.send(PortId.of("moved#named"), "hello", probe.id());
        probe.expect("hello from afar");

        Node lost = nodes.start("lost", c -> c.seed(TestNodes.addresses(seed)).advertise("localhost:1"));
        PortId port = lost.port("named").ignoreUnmatched().id();
        TestNodes.awaitConnected(lost, seed);
        probe.watch(port);
        String text = probe.expectDown(port, Reason.TransportError.class).text();
        assertTrue(text.contains(":1: Connection refused"), text);
    }

    @Test
    @Tag("SEED-1")
    void shouldFollowAFileOfSeeds(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("seeds");
        Node other = nodes.start("other", c -> c);
        Files.writeString(file, seed.addresses().getFirst() + "  # the first\n");
        Node node = nodes.start("node", c -> c.seeds(SeedSource.file(file)));
        TestNodes.awaitConnected(node, seed);
        assertEquals(Set.of(seed.id()), node.upNodes());
        Files.writeString(file, seed.addresses().getFirst() + "\n" + other.addresses().getFirst() + "\n");
        TestNodes.awaitConnected(node, other);
    }

    @Test
    @Tag("SEED-1")
    void shouldConnectToEachAddressOfAName() {
        int port = Integer.parseInt(seed.addresses().getFirst().replaceFirst(".*:", ""));
        Node node = nodes.start("node", c -> c.seeds(SeedSource.dns("localhost", port)));
        TestNodes.awaitConnected(node, seed);
    }

    @Test
    @Tag("T-25")
    void shouldRejoinAfterFewRestartsOfTheSeed() throws InterruptedException {
        restartSeed(5);
    }

    @Test
    @Tag("T-25")
    @Tag("soak")
    @Timeout(3_600)
    void shouldRejoinAfterManyRestartsOfTheSeed() throws InterruptedException {
        restartSeed(500);
    }

    private void restartSeed(int times) throws InterruptedException {
        String address = seed.addresses().getFirst();
        Node one = nodes.start("one", seed);
        Node two = nodes.start("two", seed);
        answering(two, "hello from two");
        one.db().set("f", "k", "of one");
        Probe probe = Probe.on(one, SOON.multipliedBy(2L + times));
        one.send(PortId.of("two#named"), "hello", probe.id());
        probe.expect("hello from two");
        probe.watch(PortId.of("two#named"));
        seed.close();
        for (int i = 0; i < times; i++) {
            await().atMost(SOON).until(() -> one.stateOf(seed.id()) != NodeState.UP);
            try (Node again = Node.configure(c -> settings(c).bind(address))) {
                // One waits for its next dial, the other may have to be told by nobody.
                await("after restart " + i).atMost(SOON).until(() -> one.upNodes().contains(again.id())
                        && two.upNodes().contains(again.id()));
                answering(again, "hello from the seed");
                one.send(PortId.of("seed#named"), "hello", probe.id());
                probe.expect("hello from the seed");
                assertEquals("of one", again.db().await("f", Database.containing("k"), SOON).value("k"));
            }
        }
        one.send(PortId.of("two#named"), "hello", probe.id());
        assertEquals("hello from two", String.valueOf(probe.expect(m -> true).tag()), "no monitor fired before");
    }

    private NodeConfig.Builder settings(NodeConfig.Builder config) {
        return config.nodeId("seed").secret(nodes.secret());
    }
}
