package io.messageport.testkit.sim;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.testkit.fault.Fault;
import io.messageport.testkit.net.MemoryNetwork;
import java.time.Duration;
import java.util.List;

/** The in-memory network of encoded, numbered pieces, with what a seed does to them. */
final class MemoryWays implements Ways {
    private final MemoryNetwork network;

    MemoryWays(Simulation sim) {
        network = MemoryNetwork.of(sim.seed(), sim.courier());
        if (sim.random().nextBoolean()) {
            network.everywhere()
                    .apply(Fault.jitter(Duration.ofMillis(5)).and(Fault.reorder(0.1)).and(Fault.duplicate(0.1)));
        }
    }

    @Override
    public NodeConfig.Builder join(NodeConfig.Builder config) {
        return network.join(config.bind("*").seed("memory:a", "memory:b", "memory:c"));
    }

    @Override
    public boolean findsAnyone() {
        return false;
    }

    @Override
    public void cut(NodeId one, NodeId other) {
        network.partition(List.of(one), List.of(other));
    }

    @Override
    public void cutOneWay(NodeId from, NodeId to) {
        network.partitionOneWay(List.of(from), List.of(to));
    }

    @Override
    public void reset(NodeId one, NodeId other) {
        network.reset(one, other);
    }

    @Override
    public void heal() {
        network.heal();
    }
}
