package io.messageport.runtime.link;

/**
 * What the runtime does with what a link brings. Calls come in the order: {@link #up} at most once, any number of {@link
 * #received}, {@link #lost} exactly once; never two at a time.
 */
public interface LinkHandler {
    /** The peer is authenticated and the stream flows. Must not block. */
    void up();

    /**
     * A message arrived. Runs on the thread that reads the socket, so it must not block.
     *
     * @param port the name of a port on this node; empty for the node port
     * @param message the values, owned by the receiver from here on
     */
    void received(String port, Object[] message);

    /**
     * The link is lost: what was unsent is dropped. Step three and four of the loss rule happen in here ({@code
     * SND-5b}): monitors fire, then the node is published as down. No other link to the same peer carries messages
     * before this returns.
     *
     * @param reason a sentence for people: how it was lost
     */
    void lost(String reason);
}
