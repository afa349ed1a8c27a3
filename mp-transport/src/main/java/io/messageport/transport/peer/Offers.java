package io.messageport.transport.peer;

import io.messageport.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The numbers by which links that are not up yet are offered to peers that decide, and the sockets on which each waits for a
 * verdict. A number is good for one acceptance: of a second, on another socket, nobody could say whether it is the later one
 * or has been on its way for long, and speaks of a link that has ended since ({@code SND-5}). Guarded by the table's lock.
 */
final class Offers {
    private final Map<NodeId, Offer> open = new HashMap<>();

    private static final class Offer {
        final long number;
        final Set<Connection> sockets = new HashSet<>();

        Offer(long number) {
            this.number = number;
        }
    }

    /** The number that waits for a verdict of this peer, if one does. */
    OptionalLong number(NodeId peer) {
        Offer offer = open.get(peer);
        return offer == null ? OptionalLong.empty() : OptionalLong.of(offer.number);
    }

    /** The number is offered on one more socket; another one is not offered any longer. */
    void begins(NodeId peer, long number, Connection socket) {
        Offer offer = open.get(peer);
        if (offer == null || offer.number != number) {
            offer = new Offer(number);
            open.put(peer, offer);
        }
        offer.sockets.add(socket);
    }

    /** Whether a verdict is awaited on this socket. */
    boolean isOpenOn(NodeId peer, Connection socket) {
        Offer offer = open.get(peer);
        return offer != null && offer.sockets.contains(socket);
    }

    /** It is accepted: nothing else that is said of it counts. */
    void accepted(NodeId peer) {
        open.remove(peer);
    }

    /** The socket has its verdict or is dead; gives the number if it was the last one that waited. */
    OptionalLong ends(NodeId peer, Connection socket) {
        Offer offer = open.get(peer);
        if (offer == null || !offer.sockets.remove(socket) || !offer.sockets.isEmpty()) {
            return OptionalLong.empty();
        }
        open.remove(peer);
        return OptionalLong.of(offer.number);
    }
}
