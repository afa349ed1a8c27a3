package io.messageport.testkit.fault;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.LinkEvents;
import io.messageport.runtime.link.LinkHandler;
import io.messageport.runtime.link.Transport;
import io.messageport.spi.Clock;
import io.messageport.transport.SocketTransportProvider;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The transport over sockets, but where another node is reached is decided by {@link Routes}, not asked of the network. */
final class RoutedTransport implements Transport {
    private final Transport sockets;
    private final Routes routes;

    private RoutedTransport(Transport sockets, Routes routes) {
        this.sockets = sockets;
        this.routes = routes;
    }

    /** Where a node goes instead. Any thread. */
    interface Routes {
        /** Where this node is reached; empty when nobody knows. */
        Optional<String> to(NodeId peer);

        /** What to dial when told to dial this address; empty when it leads nowhere known. */
        Optional<String> insteadOf(String address);

        /** The node listens there. */
        void listening(List<String> addresses);
    }

    /** What a provider is given. */
    record Opening(NodeId self, long incarnation, NodeConfig config, Clock clock, LinkEvents events) {}

    static Transport open(Opening opening, Routes routes) {
        LinkEvents events = opening.events();
        LinkEvents routed = new LinkEvents() {
            @Override
            public LinkHandler opened(Link link) {
                return events.opened(link);
            }

            @Override
            public CompletionStage<List<String>> addressesOf(NodeId peer) {
                return CompletableFuture.completedFuture(routes.to(peer).map(List::of).orElse(List.of()));
            }
        };
        Transport sockets = new SocketTransportProvider()
                .open(opening.self(), opening.incarnation(), opening.config(), opening.clock(), routed);
        return new RoutedTransport(sockets, routes);
    }

    @Override
    public List<String> listen(List<String> binds) throws IOException {
        List<String> addresses = sockets.listen(binds);
        routes.listening(addresses);
        return addresses;
    }

    @Override
    public Link link(NodeId peer) {
        return sockets.link(peer);
    }

    @Override
    public CompletionStage<Dialed> dial(String address) {
        return routes.insteadOf(address)
                .map(sockets::dial)
                .orElseGet(() -> CompletableFuture.completedFuture(new Dialed.Failed(
                        "no node of this network of proxies listens at " + address + ", or the network is closed;"
                                + " ProxyNet.listens says where a node of another JVM listens")));
    }

    @Override
    public void close() {
        sockets.close();
    }
}
