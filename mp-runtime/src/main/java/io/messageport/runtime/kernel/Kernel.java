package io.messageport.runtime.kernel;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.Reason;
import io.messageport.face.Faces;
import io.messageport.runtime.observe.Observation;
import io.messageport.spi.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * What the ports of one node share.
 *
 * @param self the node's ID
 * @param config its settings
 * @param table its live ports
 * @param router the way to every port
 * @param dispatcher the threads that serve the ports
 * @param clock the node's time
 * @param callbacks where user callbacks run that belong to no port
 * @param deadLetters messages that found nobody
 * @param observation who looks at what happens
 * @param unknownValues values that no record had a place for
 * @param verbs what the rooms around the kernel do for a port
 */
public record Kernel(
        NodeId self,
        NodeConfig config,
        PortTable table,
        Router router,
        Dispatcher dispatcher,
        Clock clock,
        Callbacks callbacks,
        DeadLetters deadLetters,
        Observation observation,
        UnknownValues unknownValues,
        Verbs verbs) {
    /** How long a name may be held by a port that is dead. */
    private static final long NAME_NANOS = 5_000_000_000L;

    /** Why ports die when their node is closed. */
    public static final Reason SHUTDOWN = Reason.of("shutdown", "node closed");

    /** The typed face of messages on this node. */
    public Faces faces() {
        return config.faces();
    }

    /** The node's source of chance: that of its configuration, or one that nobody can repeat. */
    public RandomGenerator random() {
        return config.extension(RandomGenerator.class).orElseGet(ThreadLocalRandom::current);
    }

    /** Enters a port whose name is held by one that is dead, as soon as that has told who watched it; or says no. */
    boolean entersLater(Endpoint endpoint) {
        boolean unused = dispatcher.awaits(() -> {
            Endpoint holder = table.find(endpoint.id().name());
            return holder == null || !holder.isGone();
        }, NAME_NANOS);
        return table.enter(endpoint);
    }
}
