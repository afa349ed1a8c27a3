package io.messageport.testkit.net;

import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.testkit.TestNodes;
import java.time.Duration;

/** Nodes in one memory network, which notice within a second that a peer is silent. */
final class MemoryNodes implements AutoCloseable {
    private final MemoryNetwork network;
    private final TestNodes nodes = new TestNodes();

    MemoryNodes(long seed) {
        network = MemoryNetwork.of(seed);
    }

    MemoryNetwork network() {
        return network;
    }

    /** Starts a node, and waits until it is connected to its seeds. */
    Node start(String id, Node... seeds) {
        Node node = dialing(id, seeds);
        for (Node seed : seeds) {
            TestNodes.awaitConnected(node, seed);
        }
        return node;
    }

    /** Starts a node that looks for its seeds. */
    Node dialing(String id, Node... seeds) {
        return nodes.start(id, c -> settings(c).seed(TestNodes.addresses(seeds)));
    }

    private NodeConfig.Builder settings(NodeConfig.Builder c) {
        return network.join(c).heartbeatInterval(Duration.ofMillis(200)).silenceLimit(Duration.ofSeconds(1))
                .connectInterval(Duration.ofMillis(100)).monitorTimeout(Duration.ofSeconds(3)).outboundLimit(1 << 16);
    }

    @Override
    public void close() {
        nodes.close();
    }
}
