package io.messageport.transport.peer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a thread or a timer of this transport does for one link. An error that escapes it is a fault of this program, not of
 * the network: it is logged, and the link is lost at once, since a link whose state cannot be trusted must not go on, nor
 * stay until its heartbeats end it ({@code SND-5}). Runs wherever it is given to.
 *
 * @param link for which it is done
 * @param what it is, for people
 * @param work to do
 */
record LinkWork(PeerLink link, String what, Runnable work) implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkWork.class);

    @Override
    public void run() {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("the {} of the connection with node {} failed for an internal reason, the connection is ended",
                    what,
                    link.peer(), e);
            link.lose("internal error of this node: " + e);
        }
    }
}
