package io.messageport.testkit.fault;

import io.messageport.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All ways between the nodes of one network, and what is wrong with each. Rules hold for nodes that join later as well.
 *
 * <p>Safe from any thread; a short lock, not held while lines tell of a change.
 */
public final class FaultPlane {
    private final long seed;
    private final boolean stream;
    private final Consumer<Way> onReset;
    private final Consumer<Way> onChange;
    private final ReentrantLock changing = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();

    /** All guarded by the lock. */
    private final Map<Way, FaultLine> lines = new LinkedHashMap<>();

    private Fault everywhere = Fault.none();
    private final List<Predicate<Way>> partitions = new ArrayList<>();
    private final Set<Way> cut = new HashSet<>();

    /**
     * A plane on which nothing is wrong.
     *
     * @param seed of all that its lines decide
     * @param stream whether it carries streams of bytes, which cannot have every fault
     * @param onReset told which connections to reset, whichever end they were opened from
     * @param onChange told of each way on which something may pass that did not, or the other way round
     */
    public FaultPlane(long seed, boolean stream, Consumer<Way> onReset, Consumer<Way> onChange) {
        this.seed = seed;
        this.stream = stream;
        this.onReset = onReset;
        this.onChange = onChange;
    }

    // ---- for the test ----------------------------------------------------------------------------------------------

    /** See {@link FaultyNetwork#between}. */
    public Ways between(NodeId one, NodeId other) {
        requireTwo(one, other);
        return fault -> List.of(line(new Way(one, other)), line(new Way(other, one))).forEach(l -> l.apply(fault));
    }

    /** See {@link FaultyNetwork#from}. */
    public From from(NodeId from) {
        return to -> {
            requireTwo(from, to);
            return fault -> line(new Way(from, to)).apply(fault);
        };
    }

    /** See {@link FaultyNetwork#everywhere}. */
    public Ways everywhere() {
        return fault -> {
            if (stream) {
                fault.requireStream();
            }
            List<FaultLine> all;
            lock.lock();
            try {
                everywhere = fault;
                all = List.copyOf(lines.values());
            } finally {
                lock.unlock();
            }
            all.forEach(line -> line.apply(fault));
        };
    }

    /** See {@link FaultyNetwork#reset}. */
    public void reset(NodeId one, NodeId other) {
        requireTwo(one, other);
        onReset.accept(new Way(one, other));
    }

    /** See {@link FaultyNetwork#cut}. */
    public void cut(NodeId one, NodeId other) {
        requireTwo(one, other);
        lock.lock();
        try {
            cut.add(new Way(one, other));
            cut.add(new Way(other, one));
        } finally {
            lock.unlock();
        }
        reset(one, other);
    }

    /** See {@link FaultyNetwork#partition(List)}. */
    public void partition(List<? extends Collection<NodeId>> groups) {
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("a partition needs at least one group of nodes");
        }
        List<Set<NodeId>> parts = new ArrayList<>();
        Set<NodeId> seen = new HashSet<>();
        for (Collection<NodeId> group : groups) {
            for (NodeId node : group) {
                if (!seen.add(node)) {
                    throw new IllegalArgumentException("node " + node + " is twice in one partition");
                }
            }
            parts.add(Set.copyOf(group));
        }
        silence(way -> {
            int from = indexOf(parts, way.from());
            int to = indexOf(parts, way.to());
            return from != to && (parts.size() == 1 || from >= 0 && to >= 0);
        });
    }

    private static int indexOf(List<Set<NodeId>> groups, NodeId node) {
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).contains(node)) {
                return i;
            }
        }
        return -1;
    }

    /** See {@link FaultyNetwork#partitionOneWay}. */
    public void partitionOneWay(Collection<NodeId> from, Collection<NodeId> to) {
        Set<NodeId> senders = Set.copyOf(from);
        Set<NodeId> receivers = Set.copyOf(to);
        silence(way -> senders.contains(way.from()) && receivers.contains(way.to()));
    }

    private void silence(Predicate<Way> rule) {
        change(() -> partitions.add(rule));
    }

    /** See {@link FaultyNetwork#heal}. */
    public void heal() {
        change(() -> {
            partitions.clear();
            cut.clear();
        });
    }

    /** Changes the rules, and tells the lines what they say; one change at a time, so that the last one holds. */
    private void change(Runnable rules) {
        changing.lock();
        try {
            Map<Way, FaultLine> all;
            lock.lock();
            try {
                rules.run();
                all = new LinkedHashMap<>(lines);
            } finally {
                lock.unlock();
            }
            all.forEach((way, line) -> line.silence(isParted(way)));
        } finally {
            changing.unlock();
        }
    }

    /** See {@link FaultyNetwork#counts}. */
    public FaultCounts counts() {
        List<FaultLine> all;
        lock.lock();
        try {
            all = List.copyOf(lines.values());
        } finally {
            lock.unlock();
        }
        return all.stream().map(FaultLine::counts).reduce(FaultCounts.NONE, FaultCounts::plus);
    }

    // ---- for the carrier -------------------------------------------------------------------------------------------

    /** The line of one way; the same one each time. */
    public FaultLine line(Way way) {
        lock.lock();
        try {
            FaultLine line = lines.get(way);
            if (line == null) {
                line = new FaultLine(seed ^ mix(way), stream, () -> onChange.accept(way));
                line.begin(everywhere, isParted(way));
                lines.put(way, line);
            }
            return line;
        } finally {
            lock.unlock();
        }
    }

    /** From the names alone, so that the same seed gives the same decisions in every run. */
    private static long mix(Way way) {
        return (long) way.from().value().hashCode() << 32 ^ way.to().value().hashCode();
    }

    private boolean isParted(Way way) {
        lock.lock();
        try {
            return partitions.stream().anyMatch(rule -> rule.test(way));
        } finally {
            lock.unlock();
        }
    }

    /** Whether attempts to connect over this way are to be refused. */
    public boolean isCut(Way way) {
        lock.lock();
        try {
            return cut.contains(way);
        } finally {
            lock.unlock();
        }
    }

    private static void requireTwo(NodeId one, NodeId other) {
        if (one.equals(other)) {
            throw new IllegalArgumentException("nothing lies between node " + one + " and itself");
        }
    }

    /** Some ways, chosen. */
    @FunctionalInterface
    public interface Ways {
        /**
         * Puts this fault in force on each of them, in the place of the one before.
         *
         * @throws IllegalArgumentException when what carries them cannot have it
         */
        void apply(Fault fault);
    }

    /** The ways from one node. */
    @FunctionalInterface
    public interface From {
        /** The way to this node. */
        Ways to(NodeId node);
    }
}
