package io.messageport.runtime.network;

import io.messageport.MessageMismatchException;
import io.messageport.NodeId;
import io.messageport.Reason;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.LinkHandler;
import io.messageport.runtime.monitor.Watch;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the node keeps for one link: who here watches whom there, and the other way round. */
final class PeerLink implements LinkHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);

    private final Link link;
    private final Network network;
    private final RemoteWatches watches;

    /** What the peer watches here, by port name. Entered on the reader thread, removed by it and by deaths. */
    private final ConcurrentHashMap<String, Watch> watchedByPeer = new ConcurrentHashMap<>();

    private final Rest rest = new Rest();

    private volatile boolean up;

    /** The link to the same peer after this one; written once, when that is opened. */
    private volatile PeerLink successor;

    /** Owned by the reader: this end has given the link up, and what still comes is sent again over the next. */
    private boolean ignoring;

    PeerLink(Link link, Network network) {
        this.link = link;
        this.network = network;
        this.watches = new RemoteWatches(link);
    }

    NodeId peer() {
        return link.peer();
    }

    Link link() {
        return link;
    }

    RemoteWatches watches() {
        return watches;
    }

    ConcurrentHashMap<String, Watch> watchedByPeer() {
        return watchedByPeer;
    }

    Rest rest() {
        return rest;
    }

    /** On the reader. */
    void ignoreFromNowOn() {
        ignoring = true;
    }

    void succeededBy(PeerLink next) {
        successor = next;
    }

    PeerLink successor() {
        return successor;
    }

    @Override
    public void up() {
        up = true;
        network.cluster().up(this);
    }

    @Override
    public void received(String port, Object[] message) {
        if (ignoring) {
            return;
        }
        if (!port.isEmpty()) {
            rest.use();
            network.kernel().router().arriveHere(port, message);
            return;
        }
        try {
            network.nodePort().received(this, message);
        } catch (MessageMismatchException e) {
            LOG.warn("ending the connection to {}: it sent a malformed node message: {}", peer(), e.getMessage());
            link.close("malformed node message: " + e.getMessage());
        }
    }

    @Override
    public void lost(String text) {
        for (Watch watch : watchedByPeer.values()) {
            watch.close();
        }
        watchedByPeer.clear();
        Reason reason = new Reason.TransportError(peer().value(), text);
        if (rest.isGivenUp()) {
            watches.closeAndTake().forEach(watch -> network.watchNext(this, watch));
        } else {
            watches.fireAll(reason);
        }
        network.forget(this);
        rest.over();
        network.cluster().down(this, up, reason);
    }
}
