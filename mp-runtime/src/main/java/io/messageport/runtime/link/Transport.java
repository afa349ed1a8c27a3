package io.messageport.runtime.link;

import io.messageport.NodeId;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Carries links. One per node; holds at most one link per peer that is not lost.
 */
public interface Transport extends AutoCloseable {
    /**
     * Starts to accept peers.
     *
     * @param binds {@code host:port} ({@code CFG-4})
     * @return the actual addresses, duplicates removed, order kept
     * @throws IOException when one of them cannot be bound; then none is
     */
    List<String> listen(List<String> binds) throws IOException;

    /** The link to a peer; when there is none, one is opened and dialing starts in the background ({@code SND-3}). */
    Link link(NodeId peer);

    /**
     * Connects to whichever node answers at an address. When that node has a link already, the link stays as it is and
     * counts as connected.
     */
    CompletionStage<Dialed> dial(String address);

    /** Closes all links with a goodbye, and all sockets; returns when every thread of the transport has ended. */
    @Override
    void close();

    /** How a dial to an address ended. */
    sealed interface Dialed {
        /** A link to this node is up. */
        record Connected(NodeId node) implements Dialed {}

        /** The address is this node's own. */
        record Self() implements Dialed {}

        /** No link: a sentence for people says why. */
        record Failed(String why) implements Dialed {}
    }
}
