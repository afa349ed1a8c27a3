package io.messageport.runtime.db;

import io.messageport.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Owners of whom there is nothing to tell any more, gathered until something else is said to a peer or the turn is over: so
 * that the loss of a node that carried many costs each peer few messages.
 */
final class Withdrawals {
    private final Surroundings out;
    private final Map<NodeId, Map<Source, List<NodeId>>> waiting = new LinkedHashMap<>();

    /** A feed, as the peer knows it. */
    private record Source(String family, long asked) {}

    Withdrawals(Surroundings out) {
        this.out = out;
    }

    /** A peer is to forget what a feed has told it of an owner; the family is empty for whole shards. */
    void add(NodeId peer, String family, long asked, NodeId owner) {
        waiting.computeIfAbsent(peer, p -> new LinkedHashMap<>())
                .computeIfAbsent(new Source(family, asked), s -> new ArrayList<>()).add(owner);
    }

    /** A peer is lost. */
    void forget(NodeId peer) {
        waiting.remove(peer);
    }

    /** Sends what waits for a peer, at most {@value Feeding#MOST_MARKS} owners in a message. */
    void send(NodeId peer) {
        Map<Source, List<NodeId>> sources = waiting.remove(peer);
        if (sources == null) {
            return;
        }
        List<Object> message = new ArrayList<>(List.of("dbx"));
        int room = Feeding.MOST_MARKS;
        for (Map.Entry<Source, List<NodeId>> source : sources.entrySet()) {
            List<NodeId> owners = source.getValue();
            for (int from = 0; from < owners.size();) {
                int to = Math.min(owners.size(), from + room);
                message.add(part(source.getKey(), owners.subList(from, to)));
                room -= to - from;
                from = to;
                if (room == 0) {
                    out.send(peer, message.toArray());
                    message = new ArrayList<>(List.of("dbx"));
                    room = Feeding.MOST_MARKS;
                }
            }
        }
        if (message.size() > 1) {
            out.send(peer, message.toArray());
        }
    }

    private static List<Object> part(Source source, List<NodeId> owners) {
        List<Object> part = new ArrayList<>(2 + owners.size());
        part.add(source.family);
        part.add(source.asked);
        part.addAll(owners);
        return part;
    }

    /** Sends all that waits. */
    void sendAll() {
        List.copyOf(waiting.keySet()).forEach(this::send);
    }
}
