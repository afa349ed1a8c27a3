package io.messageport.testkit.fault;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.runtime.link.TransportProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Real sockets between nodes, each ordered pair of nodes through a {@link FaultProxy} of its own: the verbs of {@link
 * FaultyNetwork} for nodes in this JVM and in others.
 *
 * <pre>{@code
 * try (ProxyNet net = ProxyNet.of(1)) {
 *     Node a = nodes.start("a", c -> net.join(c));
 *     Node b = nodes.start("b", c -> net.join(c).seed(a.addresses().getFirst()));
 *     net.partition(List.of(a.id()), List.of(b.id()));
 *     ...
 *     net.heal();
 * }
 * }</pre>
 *
 * <p>A node in another JVM joins as a {@link Detour}, with what {@link #detour} says, and {@link #listens} tells where it
 * is. Proxies know each other's nodes by name alone, so a node that starts again on another port is found again. Close it
 * after the nodes, or their connections are reset and they find nobody any more.
 *
 * <p>Safe from any thread.
 */
public final class ProxyNet implements FaultyNetwork, AutoCloseable {
    private final FaultPlane plane;
    private final ReentrantLock lock = new ReentrantLock();

    /** All guarded by the lock. */
    private final Map<Way, FaultProxy> proxies = new LinkedHashMap<>();

    private final Map<NodeId, String> listening = new HashMap<>();
    private boolean closed;

    private ProxyNet(long seed) {
        plane = new FaultPlane(seed, true, this::reset, this::changed);
    }

    /** A network in which the faults decide by this seed. */
    public static ProxyNet of(long seed) {
        return new ProxyNet(seed);
    }

    @Override
    public FaultPlane plane() {
        return plane;
    }

    /** Has the node that is configured reach all others through this network, and be reached through it. */
    public NodeConfig.Builder join(NodeConfig.Builder config) {
        return config.extension(TransportProvider.class,
                (self, incarnation, settings, clock, events) -> RoutedTransport.open(
                        new RoutedTransport.Opening(self, incarnation, settings, clock, events), new FromHere(self)));
    }

    /** Says where a node of another JVM listens: {@code host:port}. Nodes that {@link #join} say it themselves. */
    public void listens(NodeId node, String address) {
        lock.lock();
        try {
            listening.put(node, address);
            proxies.forEach((way, proxy) -> {
                if (way.to().equals(node)) {
                    proxy.target(address);
                }
            });
        } finally {
            lock.unlock();
        }
    }

    /** Where the first node reaches the second one, before that listens as well: {@code host:port}. */
    public String address(NodeId from, NodeId to) {
        return proxy(new Way(from, to)).address();
    }

    /** What a node of another JVM is to give {@link Detour#parse} in order to reach these nodes through this network. */
    public String detour(NodeId from, NodeId... to) {
        List<String> routes = new ArrayList<>();
        for (NodeId node : to) {
            routes.add(node + "=" + address(from, node));
        }
        return String.join(",", routes);
    }

    /**
     * The proxy for the connections that the first node dials to the second one. A fault for a way between nodes holds
     * for connections of either dialer, so rather use the verbs of this network.
     *
     * @throws IllegalStateException when this network is closed
     */
    public FaultProxy proxy(NodeId from, NodeId to) {
        return proxy(new Way(from, to));
    }

    private FaultProxy proxy(Way way) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("this network of proxies is closed");
            }
            FaultProxy proxy = proxies.get(way);
            if (proxy == null) {
                proxy = new FaultProxy(plane.line(way), plane.line(way.back()));
                proxies.put(way, proxy);
                proxy.refuse(() -> plane.isCut(way));
                String address = listening.get(way.to());
                if (address != null) {
                    proxy.target(address);
                }
            }
            return proxy;
        } finally {
            lock.unlock();
        }
    }

    /** The proxies of both ways that exist: a connection carries both directions, whoever dialed it. */
    private List<FaultProxy> both(Way way) {
        lock.lock();
        try {
            List<FaultProxy> both = new ArrayList<>();
            for (Way each : List.of(way, way.back())) {
                FaultProxy proxy = proxies.get(each);
                if (proxy != null) {
                    both.add(proxy);
                }
            }
            return both;
        } finally {
            lock.unlock();
        }
    }

    private void reset(Way way) {
        both(way).forEach(FaultProxy::reset);
    }

    private void changed(Way way) {
        both(way).forEach(FaultProxy::wake);
    }

    /** Closes all proxies. Idempotent. */
    @Override
    public void close() {
        List<FaultProxy> all;
        lock.lock();
        try {
            closed = true;
            all = List.copyOf(proxies.values());
        } finally {
            lock.unlock();
        }
        all.forEach(FaultProxy::close);
    }

    /** How one node of this JVM finds the others. */
    private final class FromHere implements RoutedTransport.Routes {
        private final NodeId self;

        FromHere(NodeId self) {
            this.self = self;
        }

        @Override
        public Optional<String> to(NodeId peer) {
            lock.lock();
            try {
                return !closed && listening.containsKey(peer) ? Optional.of(address(self, peer)) : Optional.empty();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public Optional<String> insteadOf(String address) {
            lock.lock();
            try {
                if (closed) {
                    return Optional.empty();
                }
                for (Map.Entry<NodeId, String> entry : listening.entrySet()) {
                    if (entry.getValue().equals(address)) {
                        return Optional.of(entry.getKey().equals(self) ? address : address(self, entry.getKey()));
                    }
                }
                return proxies.values().stream().anyMatch(proxy -> proxy.address().equals(address))
                        ? Optional.of(address)
                        : Optional.empty();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void listening(List<String> addresses) {
            if (!addresses.isEmpty()) {
                listens(self, addresses.getFirst());
            }
        }
    }
}
