package io.messageport.spi;

import io.messageport.Node;
import io.messageport.NodeConfig;
import java.util.Iterator;
import java.util.ServiceLoader;

/** The engine, found on the class path by {@code ServiceLoader}. */
public interface NodeProvider {
    /** Starts a node with this configuration. */
    Node start(NodeConfig config);

    /**
     * The engine.
     *
     * @throws IllegalStateException when there is none
     */
    static NodeProvider find() {
        Iterator<NodeProvider> found = ServiceLoader.load(NodeProvider.class).iterator();
        if (!found.hasNext()) {
            throw new IllegalStateException("no messageport engine on the class path: depend on"
                    + " io.messageport:mp-transport (or mp-runtime for a node without a network)");
        }
        return found.next();
    }
}
