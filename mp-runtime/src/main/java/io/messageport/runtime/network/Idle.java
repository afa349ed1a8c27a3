package io.messageport.runtime.network;

import io.messageport.NodeId;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.link.Link;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up connections that nobody needs ({@code SEED-2}): no role is played over them, no port is watched or called at
 * either end, and no message has passed for the idle limit, or half as long again. Looks twice in that time while there
 * are connections.
 *
 * <p>Runs on timers and readers.
 */
final class Idle {
    private static final Logger LOG = LoggerFactory.getLogger(Idle.class);

    private final Kernel kernel;
    private final Cluster cluster;
    private final long interval;
    private final AtomicBoolean looking = new AtomicBoolean();

    Idle(Kernel kernel, Cluster cluster) {
        this.kernel = kernel;
        this.cluster = cluster;
        interval = kernel.config().idleLimit().toNanos() / 2;
    }

    /** There is a connection. */
    void up() {
        if (interval > 0 && looking.compareAndSet(false, true)) {
            var unused = kernel.clock().schedule(interval, this::look);
        }
    }

    private void look() {
        looking.set(false);
        if (kernel.verbs().isClosing()) {
            return;
        }
        for (PeerLink link : cluster.upLinks()) {
            up();
            if (link.rest().look() && isFree(link)) {
                link.watches().ifEmpty(() -> link.rest().ask(() -> {
                    boolean ignored = link.link().sendControl("idle");
                }));
            }
        }
    }

    private boolean isFree(PeerLink link) {
        return link.watchedByPeer().isEmpty() && !cluster.standing().needed().contains(link.peer());
    }

    /** {@code idle}: the peer would give the connection up. Of two that ask at once, the smaller name's question counts. */
    void asked(PeerLink from) {
        NodeId peer = from.peer();
        boolean quiet = from.rest().isQuiet();
        if (from.rest().hasAsked()) {
            if (kernel.self().value().compareTo(peer.value()) < 0) {
                return;
            }
            from.rest().over();
        }
        Link link = from.link();
        boolean agreed = interval > 0 && quiet && isFree(from) && from.watches().closeIfEmpty(() -> {
            LOG.debug("giving up the idle connection to {}", peer);
            from.ignoreFromNowOn();
            boolean ignored = link.sendControl("idle1");
            link.close("idle");
        });
        if (!agreed) {
            boolean ignored = link.sendControl("idle0");
        }
    }
}
