package io.messageport.runtime.link;

import io.messageport.NodeId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** What a transport asks of, and tells, the node it belongs to. */
public interface LinkEvents {
    /**
     * A link now exists, because somebody wants to send or because a peer connected.
     *
     * @return the handler of this link alone
     */
    LinkHandler opened(Link link);

    /**
     * Where a node may be reached.
     *
     * @return completes with {@code host:port} addresses, best first; with an empty list when nobody knows one; with an
     *     {@link UnreachableException} when it is known that there can be none. While it is open, the node may turn up
     *     by itself
     */
    CompletionStage<List<String>> addressesOf(NodeId peer);

    /**
     * Reads what arrives, by turns, until one says that it was the last, then returns; for a virtual thread that was made
     * for this. What a turn has delivered may be handled on this thread before the next turn, and later turns may be taken
     * by another thread; they never overlap.
     *
     * @param turn waits for something to arrive and delivers it; returns whether there is another turn
     */
    default void pump(BooleanSupplier turn) {
        takeAll(turn);
    }

    /** Takes all turns on the calling thread. */
    static void takeAll(BooleanSupplier turn) {
        boolean more = true;
        while (more) {
            more = turn.getAsBoolean();
        }
    }
}
