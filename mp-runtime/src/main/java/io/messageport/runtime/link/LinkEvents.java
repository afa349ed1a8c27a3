package io.messageport.runtime.link;

import io.messageport.NodeId;
import java.util.List;
import java.util.concurrent.CompletionStage;

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
}
