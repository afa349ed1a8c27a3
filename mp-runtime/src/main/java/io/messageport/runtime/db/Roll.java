package io.messageport.runtime.db;

import io.messageport.NodeId;
import io.messageport.PortId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The members of a group as this node knows them at any moment, for those who send to them. */
final class Roll implements Audience.Listener {
    private final CompletableFuture<Roll> known = new CompletableFuture<>();

    /** Written by the turns. */
    private volatile SortedEntries latest = SortedEntries.EMPTY;

    /** In the clock's nanoseconds; written by whoever uses it. */
    private volatile long usedAt;

    /** Made from a state when somebody asks; the latest made. */
    private volatile Members made = Members.NONE;

    /**
     * The members in one state of the family.
     *
     * @param state the family
     * @param ports in the order of their text
     * @param byNode the names of the ports of each node
     */
    record Members(SortedEntries state, List<PortId> ports, Map<NodeId, List<String>> byNode) {
        static final Members NONE = new Members(SortedEntries.EMPTY, List.of(), Map.of());

        static Members of(SortedEntries state) {
            List<PortId> ports = Snapshot.ports(state.keySet());
            Map<NodeId, List<String>> byNode = new LinkedHashMap<>();
            for (PortId port : ports) {
                byNode.computeIfAbsent(port.node(), n -> new ArrayList<>()).add(port.name());
            }
            return new Members(state, ports, byNode);
        }
    }

    @Override
    public void changed(SortedEntries now, Set<String> keys) {
        latest = now;
        boolean unused = known.complete(this);
    }

    long usedAt() {
        return usedAt;
    }

    void usedAt(long nanos) {
        usedAt = nanos;
    }

    /** Completes when they are known for the first time. */
    CompletableFuture<Roll> known() {
        return known;
    }

    Members members() {
        SortedEntries state = latest;
        Members members = made;
        if (members.state != state) {
            members = Members.of(state);
            made = members;
        }
        return members;
    }
}
