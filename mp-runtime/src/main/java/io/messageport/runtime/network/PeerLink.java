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

    private volatile boolean up;

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

    @Override
    public void up() {
        up = true;
        network.cluster().up(this);
    }

    @Override
    public void received(String port, Object[] message) {
        if (!port.isEmpty()) {
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
        watches.fireAll(reason);
        network.cluster().down(this, up, reason);
    }
}
