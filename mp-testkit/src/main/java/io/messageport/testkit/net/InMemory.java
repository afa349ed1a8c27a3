package io.messageport.testkit.net;

import io.messageport.NodeConfig;
import io.messageport.testkit.NodeSettings;

/**
 * Joins the nodes of a test in memory: {@code @MpTest(nodes = 3, settings = InMemory.class)}. Each test has a {@link
 * MemoryNetwork} of its own, with seed 1; a test that breaks it makes one itself, and joins it in its own settings.
 */
public final class InMemory implements NodeSettings {
    private final MemoryNetwork network = MemoryNetwork.of(1);

    /** A network that nobody has joined. */
    public InMemory() {}

    @Override
    public NodeConfig.Builder apply(String id, NodeConfig.Builder settings) {
        return network.join(settings);
    }
}
