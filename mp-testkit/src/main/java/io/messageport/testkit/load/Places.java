package io.messageport.testkit.load;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.LinkEvents;
import io.messageport.runtime.link.LinkHandler;
import io.messageport.runtime.link.Transport;
import io.messageport.runtime.link.TransportProvider;
import io.messageport.spi.Clock;
import io.messageport.transport.SocketTransportProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The transport over sockets, but where a node reaches another one is said here, and not asked of the network: so that it
 * can be a proxy. Given to one node as {@code extension(TransportProvider.class, places)}.
 *
 * <p>Safe from any thread; holds for the connections that are dialed from then on.
 */
public final class Places implements TransportProvider {
    private final Map<NodeId, List<String>> places = new ConcurrentHashMap<>();

    /** No node can be reached yet. */
    public Places() {}

    /** The node is reached at these addresses, best first; at none when there are none. */
    public Places put(NodeId node, String... addresses) {
        var unused = places.put(node, List.of(addresses));
        return this;
    }

    @Override
    public Transport open(NodeId self, long incarnation, NodeConfig config, Clock clock, LinkEvents events) {
        return new SocketTransportProvider().open(self, incarnation, config, clock, new LinkEvents() {
            @Override
            public LinkHandler opened(Link link) {
                return events.opened(link);
            }

            @Override
            public CompletionStage<List<String>> addressesOf(NodeId peer) {
                return CompletableFuture.completedFuture(places.getOrDefault(peer, List.of()));
            }
        });
    }
}
