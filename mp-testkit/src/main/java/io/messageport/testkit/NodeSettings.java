package io.messageport.testkit;

import io.messageport.NodeConfig;

/** What the nodes of a test are configured with, beside ID, secret and address; for {@link MpTest#settings}. */
@FunctionalInterface
public interface NodeSettings {
    /**
     * Adds the settings of one node.
     *
     * @param id the node's ID
     * @param settings those it has so far
     * @return {@code settings}
     */
    NodeConfig.Builder apply(String id, NodeConfig.Builder settings);
}
