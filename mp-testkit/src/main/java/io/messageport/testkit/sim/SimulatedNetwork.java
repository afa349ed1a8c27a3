package io.messageport.testkit.sim;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.runtime.link.LinkEvents;
import io.messageport.runtime.link.Transport;
import io.messageport.runtime.link.TransportProvider;
import io.messageport.spi.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The network between the nodes of a simulation. What is on its way takes a time that the seed draws, each direction of a
 * connection in order. Nothing is encoded: a message arrives as the array that was sent, with its values as they are.
 *
 * <p>A way that is cut is silent: what was on it waits, and goes on when it is healed in time. An end that hears nothing
 * for the silence limit of its node ends the connection ({@code CON-4}), which is not resumed. Connections have no bound;
 * a sender never parks.
 *
 * <p>Belongs to the test's thread, as its simulation does.
 */
public final class SimulatedNetwork implements TransportProvider {
    private final SplittableRandom random;
    private final SteppedDispatcher dispatcher;
    private final Scheduler scheduler;

    /** The nodes that can be reached, of each name the latest. */
    private final Map<NodeId, SimulatedTransport> nodes = new LinkedHashMap<>();

    /** Ends that are lost, and whose peers have yet to learn it. */
    private final List<SimulatedLink> parting = new ArrayList<>();

    /** Which ways are silent, and since which cut. */
    private final Map<Way, Long> cuts = new LinkedHashMap<>();

    private long cutsMade;
    private long longestDelayNanos = Duration.ofMillis(5).toNanos();

    /** One direction between two nodes. */
    private record Way(NodeId from, NodeId to) {}

    SimulatedNetwork(SplittableRandom random, Scheduler scheduler, SteppedDispatcher dispatcher) {
        this.random = random;
        this.scheduler = scheduler;
        this.dispatcher = dispatcher;
    }

    // ---- what a test does to it ------------------------------------------------------------------------------------

    /** Each message takes up to this long; 5 ms at first. */
    public void delay(Duration longest) {
        longestDelayNanos = longest.toNanos();
    }

    /** Silences both ways between two nodes; they notice when they have heard nothing for long enough. */
    public void cut(NodeId one, NodeId other) {
        cutOneWay(one, other);
        cutOneWay(other, one);
    }

    /** Silences one way. */
    public void cutOneWay(NodeId from, NodeId to) {
        if (cuts.putIfAbsent(new Way(from, to), ++cutsMade) == null) {
            SimulatedTransport deaf = nodes.get(to);
            if (deaf != null) {
                deaf.listenTo(from);
            }
        }
    }

    /** Ends a connection at once, both ends learn of it now, as of a reset; nothing happens where there is none. */
    public void reset(NodeId one, NodeId other) {
        SimulatedTransport transport = nodes.get(one);
        if (transport != null) {
            transport.reset(other);
        }
    }

    /** Opens all ways again; what waited on them goes on. */
    public void heal() {
        cuts.clear();
        nodes.values().forEach(SimulatedTransport::goOn);
        boolean unused = parting.removeIf(SimulatedLink::isForgotten);
        parting.forEach(SimulatedLink::goOn);
    }

    // ---- for the transports ----------------------------------------------------------------------------------------

    @Override
    public Transport open(NodeId self, long incarnation, NodeConfig config, Clock clock, LinkEvents events) {
        SimulatedTransport made = new SimulatedTransport(this, self, config, events);
        nodes.put(self, made);
        return made;
    }

    void closed(NodeId self, SimulatedTransport transport) {
        boolean unused = nodes.remove(self, transport);
    }

    void parts(SimulatedLink link) {
        parting.add(link);
    }

    SimulatedTransport find(NodeId node) {
        return nodes.get(node);
    }

    boolean isCut(NodeId from, NodeId to) {
        return cuts.containsKey(new Way(from, to));
    }

    /** Which cut silences a way; null when it is open. */
    Long cutOf(NodeId from, NodeId to) {
        return cuts.get(new Way(from, to));
    }

    /** How long something is on its way. */
    long delay() {
        return random.nextLong(longestDelayNanos + 1);
    }

    boolean toss() {
        return random.nextBoolean();
    }

    Scheduler scheduler() {
        return scheduler;
    }

    SteppedDispatcher dispatcher() {
        return dispatcher;
    }
}
