package io.messageport.testkit.fault;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.runtime.link.LinkEvents;
import io.messageport.runtime.link.Transport;
import io.messageport.runtime.link.TransportProvider;
import io.messageport.spi.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The transport over sockets for a node that is told where it reaches each other one, and asks nobody; in another JVM than
 * its {@link ProxyNet} that is a proxy. Given to one node as {@code extension(TransportProvider.class, detour)}. Seeds are
 * dialed as they are written, so give it those of {@link ProxyNet#address} as well.
 *
 * <p>Safe from any thread.
 */
public final class Detour implements TransportProvider {
    private final Map<NodeId, String> routes = new ConcurrentHashMap<>();

    private Detour() {}

    /** No node can be reached yet. */
    public static Detour none() {
        return new Detour();
    }

    /**
     * Reads what {@link ProxyNet#detour} wrote: {@code node=host:port,node=host:port}.
     *
     * @throws IllegalArgumentException when it is not of that form
     */
    public static Detour parse(String text) {
        Detour detour = new Detour();
        for (String route : text.isEmpty() ? List.<String>of() : List.of(text.split(",", -1))) {
            int equals = route.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("a route must be node=host:port, not \"" + route + '"');
            }
            detour.routes.put(NodeId.of(route.substring(0, equals)), route.substring(equals + 1));
        }
        return detour;
    }

    /** From now on the node is reached at this {@code host:port}; connections that exist stay. */
    public Detour reach(NodeId node, String address) {
        var unused = routes.put(node, address);
        return this;
    }

    @Override
    public Transport open(NodeId self, long incarnation, NodeConfig config, Clock clock, LinkEvents events) {
        return RoutedTransport.open(new RoutedTransport.Opening(self, incarnation, config, clock, events),
                new RoutedTransport.Routes() {
                    @Override
                    public Optional<String> to(NodeId peer) {
                        return Optional.ofNullable(routes.get(peer));
                    }

                    @Override
                    public Optional<String> insteadOf(String address) {
                        return Optional.of(address);
                    }

                    @Override
                    public void listening(List<String> addresses) {
                        // Said to the test by whoever starts the node.
                    }
                });
    }
}
