package io.messageport.testkit;

import io.messageport.NodeConfig;
import io.messageport.testkit.fault.FaultyNetwork;
import io.messageport.testkit.fault.ProxyNet;
import io.messageport.testkit.net.MemoryNetwork;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What joins the nodes of a test. */
public enum Over {
    /** The real transport on loopback. */
    SOCKETS,

    /**
     * The real transport on loopback, each pair of nodes through proxies that can be told to fail. A node of another JVM
     * is part of this with what {@link ProxyNet#detour} says.
     */
    PROXIES,

    /** Memory: no sockets, and links that can be told to fail. */
    MEMORY;

    /** The seed by which faults decide, the same in each run. */
    private static final long SEED = 1;

    /**
     * One network.
     *
     * @param joining what a node is configured with to be part of it
     * @param faults its verbs to break it
     * @param end puts it away, after its nodes
     */
    record Network(UnaryOperator<NodeConfig.Builder> joining, Optional<FaultyNetwork> faults, Runnable end) {}

    Network open() {
        return switch (this) {
            case SOCKETS -> new Network(c -> c, Optional.empty(), () -> {});
            case PROXIES -> {
                ProxyNet net = ProxyNet.of(SEED);
                yield new Network(net::join, Optional.of(net), net::close);
            }
            case MEMORY -> {
                MemoryNetwork net = MemoryNetwork.of(SEED);
                yield new Network(net::join, Optional.of(net), () -> {});
            }
        };
    }
}
