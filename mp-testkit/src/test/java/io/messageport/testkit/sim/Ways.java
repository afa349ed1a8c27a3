package io.messageport.testkit.sim;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.runtime.link.TransportProvider;
import java.util.function.UnaryOperator;

/** What lies between the nodes of a history, and the ways to break it. */
interface Ways {
    /** The settings of a node that make it part of this. */
    NodeConfig.Builder join(NodeConfig.Builder config);

    /** Whether a node reaches every other without having met anyone who knows it. */
    boolean findsAnyone();

    void cut(NodeId one, NodeId other);

    void cutOneWay(NodeId from, NodeId to);

    void reset(NodeId one, NodeId other);

    void heal();

    /** The simulation's own network, or something made of it. */
    static Ways of(SimulatedNetwork network, UnaryOperator<TransportProvider> made) {
        return new Ways() {
            @Override
            public NodeConfig.Builder join(NodeConfig.Builder config) {
                return config.extension(TransportProvider.class, made.apply(network));
            }

            @Override
            public boolean findsAnyone() {
                return true;
            }

            @Override
            public void cut(NodeId one, NodeId other) {
                network.cut(one, other);
            }

            @Override
            public void cutOneWay(NodeId from, NodeId to) {
                network.cutOneWay(from, to);
            }

            @Override
            public void reset(NodeId one, NodeId other) {
                network.reset(one, other);
            }

            @Override
            public void heal() {
                network.heal();
            }
        };
    }
}
