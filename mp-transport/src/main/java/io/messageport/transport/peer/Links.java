package io.messageport.transport.peer;

import io.messageport.NodeId;
import io.messageport.transport.handshake.Offered;
import io.messageport.transport.handshake.Peer;
import io.messageport.transport.handshake.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which link each peer has: at most one that is not lost. Every change of a link's state happens under {@code lock},
 * which is held for a few instructions and never while foreign code runs.
 */
final class Links {
    private final Host host;
    private final ReentrantLock lock = new ReentrantLock();

    /** Changed under lock; a sender's look needs none. */
    private final Map<NodeId, PeerLink> current = new ConcurrentHashMap<>();

    /** Guarded by lock: the number being offered to each peer; its next link takes it. */
    private final Offers offers = new Offers();

    /** Guarded by lock. */
    private final Map<NodeId, CompletableFuture<Void>> wanted = new HashMap<>();

    /** Guarded by lock. */
    private boolean closed;

    /** Looks for another socket; set once, before there is a link. */
    private volatile Redial redial;

    Links(Host host) {
        this.host = host;
    }

    /** What is to look for another socket for links that break. */
    void redial(Redial how) {
        redial = how;
    }

    /** Looks for another socket for a broken link. */
    void mend(PeerLink link, Optional<String> known) {
        host.threads().start("redial " + link.peer(), new LinkWork(link, "redial", () -> redial.run(link, known)));
    }

    /** What {@link #obtain} found. */
    record Obtained(PeerLink link, boolean created) {}

    /**
     * The peer's link that is not lost; made, and announced to the node, when there is none.
     *
     * @throws ShutException when the transport is closed
     */
    Obtained obtain(NodeId peer) {
        PeerLink link = current.get(peer);
        if (link != null && !link.isLost()) {
            return new Obtained(link, false);
        }
        lock.lock();
        try {
            if (closed) {
                throw new ShutException(host.self().node());
            }
            PeerLink before = current.get(peer);
            if (before != null && !before.isLost()) {
                return new Obtained(before, false);
            }
            long number = offers.number(peer).orElseGet(host.random()::nextLong);
            link = new PeerLink(peer, number, before, host, this);
            current.put(peer, link);
        } finally {
            lock.unlock();
        }
        try {
            link.opened(host.events().opened(link));
        } catch (RuntimeException | Error e) {
            link.opened(new Ignoring());
            link.lose("the node refused the link: " + e);
            throw e;
        }
        return new Obtained(link, true);
    }

    /** The peer's link that is not lost, or null. */
    PeerLink find(NodeId peer) {
        lock.lock();
        try {
            PeerLink link = current.get(peer);
            return link == null || link.isLost() ? null : link;
        } finally {
            lock.unlock();
        }
    }

    /** All links that are not lost. */
    List<PeerLink> all() {
        lock.lock();
        try {
            List<PeerLink> all = new ArrayList<>(current.values());
            all.removeIf(PeerLink::isLost);
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Opens no more links; returns those to end. */
    List<PeerLink> shut() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        return all();
    }

    boolean isShut() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What to offer this peer on this socket: its link's number, or one kept for the link it will get. Ends with {@link
     * #offerEnded}. A link that goes on is offered on one socket at a time, the last one.
     */
    Offered offerFor(NodeId peer, Connection socket) {
        lock.lock();
        try {
            PeerLink link = current.get(peer);
            long spare = offers.number(peer).orElseGet(host.random()::nextLong);
            Offered offered = switch (link == null ? null : link.state()) {
                case LinkState.Dialing s -> new Offered(s.id());
                case LinkState.Up s when link.resumes() -> new Offered(s.id(), OptionalLong.of(s.remoteId()), false);
                case LinkState.Up s -> new Offered(s.id());
                case LinkState.Broken s -> new Offered(s.id(), OptionalLong.of(s.remoteId()), true);
                case LinkState.Lost s -> new Offered(spare);
                case null -> new Offered(spare);
            };
            if (offered.resume().isPresent()) {
                link.mending().offersOn(socket, link.connection());
            } else {
                offers.begins(peer, offered.id(), socket);
            }
            return offered;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A socket on which the number was offered has its verdict or is dead. After the last one the number is not used
     * again: if the peer accepted it all the same, then on a socket that is dead here. While another socket waits, it has
     * to stay, since the peer may have accepted it there and closed this one for that very reason.
     */
    void offerEnded(NodeId peer, Connection socket) {
        lock.lock();
        try {
            OptionalLong number = offers.ends(peer, socket);
            PeerLink link = current.get(peer);
            if (number.isPresent() && link != null) {
                LinkState.onRetired(link.state(), number.getAsLong(), host.random()::nextLong).ifPresent(link::state);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Asks what an offer means, and brings the link up if it means that. */
    LinkState.Verdict offer(PeerLink link, Peer peer, Offered offer, Connection socket) {
        lock.lock();
        try {
            return applied(link, LinkState.onOffer(link.state(), peer, offer), socket, peer);
        } finally {
            lock.unlock();
        }
    }

    /** Asks what the peer's acceptance means, and brings the link up if it means that. */
    LinkState.Verdict accepted(PeerLink link, Peer peer, long number, Step.Accepted verdict, Connection socket) {
        lock.lock();
        try {
            boolean isAwaited = verdict.received().isPresent()
                    ? link.mending().isOfferedOn(socket)
                    : offers.isOpenOn(peer.node(), socket);
            if (!isAwaited) {
                return new LinkState.Verdict.Gone();
            }
            LinkState.Verdict next = applied(link,
                    LinkState.onAccept(link.state(), peer, number, verdict.linkId(), verdict.received()), socket, peer);
            if (next instanceof LinkState.Verdict.Take) {
                offers.accepted(peer.node());
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private LinkState.Verdict applied(PeerLink link, LinkState.Verdict verdict, Connection socket, Peer peer) {
        if (verdict instanceof LinkState.Verdict.Take take) {
            link.up(take.next(), socket, peer);
        } else if (verdict instanceof LinkState.Verdict.Resume resume) {
            link.resumed(resume.next(), socket);
        }
        return verdict;
    }

    /** Wakes those who wait for this link, which is up. */
    void announce(PeerLink link) {
        link.settle();
        CompletableFuture<Void> waiting;
        lock.lock();
        try {
            waiting = wanted.remove(link.peer());
        } finally {
            lock.unlock();
        }
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /** Runs the action when the peer has a link that is up and announced, perhaps at once. */
    void whenUp(NodeId peer, Runnable action) {
        CompletableFuture<Void> up;
        lock.lock();
        try {
            PeerLink link = current.get(peer);
            up = link != null && link.state() instanceof LinkState.Up && link.isSettled()
                    ? CompletableFuture.completedFuture(null)
                    : wanted.computeIfAbsent(peer, p -> new CompletableFuture<>());
        } finally {
            lock.unlock();
        }
        var unused = up.thenRun(action);
    }

    /**
     * True for the one caller that ends the link.
     *
     * @param onlyDialing whether a link that is up stays
     */
    boolean markLost(PeerLink link, String reason, boolean onlyDialing) {
        lock.lock();
        try {
            Optional<LinkState.Lost> lost = onlyDialing
                    ? LinkState.onAbandon(link.state(), reason)
                    : LinkState.onEnd(link.state(), reason);
            lost.ifPresent(link::state);
            return lost.isPresent();
        } finally {
            lock.unlock();
        }
    }

    /** True for the one caller that finds the socket of a link that is up to be of no use; the link waits for another. */
    boolean markBroken(PeerLink link, Connection socket) {
        lock.lock();
        try {
            Optional<LinkState.Broken> broken = LinkState.onBreak(link.state());
            if (broken.isEmpty() || link.connection() != socket) {
                return false;
            }
            link.breaks(broken.get());
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** True for the one caller that ends a link which is broken still, in this very break. */
    boolean windowIsOver(PeerLink link, CompletableFuture<Void> itsBreak, String reason) {
        lock.lock();
        try {
            Optional<LinkState.Lost> lost = LinkState.onWindowOver(link.state(), reason);
            if (lost.isEmpty() || link.mending().present() != itsBreak) {
                return false;
            }
            link.state(lost.get());
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Its loss is told, its successor needs not wait. */
    void forget(PeerLink link) {
        lock.lock();
        try {
            current.remove(link.peer(), link);
        } finally {
            lock.unlock();
        }
    }

    /** There are no links any more. */
    static final class ShutException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        ShutException(NodeId self) {
            super("the transport of node " + self + " is closed");
        }
    }

    /** Handles a link whose node threw while it was opened. */
    private static final class Ignoring implements io.messageport.runtime.link.LinkHandler {
        @Override
        public void up() {
            // Nobody to tell.
        }

        @Override
        public void received(String port, Object[] message) {
            // Nobody to tell.
        }

        @Override
        public void lost(String reason) {
            // Nobody to tell.
        }
    }
}
