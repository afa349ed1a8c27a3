package io.messageport.transport.peer;

import io.messageport.NodeId;
import io.messageport.transport.handshake.Handshake;
import io.messageport.transport.handshake.Offered;
import io.messageport.transport.handshake.Peer;
import io.messageport.transport.handshake.Refusal;
import io.messageport.transport.handshake.Refusal.Code;
import io.messageport.transport.handshake.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last step of a handshake: which of two nodes' sockets becomes the link ({@code CON-3}). Runs on the handshake's
 * thread, which may have to wait for the loss of a link before this one to be told ({@code SND-5b}).
 */
final class Commit {
    private static final Logger LOG = LoggerFactory.getLogger(Commit.class);

    /** How long the old life of a node has to answer before a new one takes its place. */
    private static final Duration PROBE = Duration.ofSeconds(2);

    private final Host host;
    private final Links links;
    private final Ticker ticker;
    private final Duration probe;

    Commit(Host host, Links links, Ticker ticker) {
        this(host, links, ticker, PROBE);
    }

    /** @param probe how long the old life of a node has to answer */
    Commit(Host host, Links links, Ticker ticker, Duration probe) {
        this.host = host;
        this.links = links;
        this.ticker = ticker;
        this.probe = probe;
    }

    /** What became of the socket. */
    sealed interface Result {
        /** This link is up on it. */
        record Up(PeerLink link) implements Result {}

        /** It is not used. */
        record Refuse(Refusal refusal) implements Result {}

        /** It has no link yet: the peer is told that this side does not know the one it offered. */
        record Unknown() implements Result {}
    }

    /** What to offer on this socket to a peer that decides. */
    Offered offerFor(Peer peer, Connection socket) {
        return links.offerFor(peer.node(), socket);
    }

    /** The decider does not know the link that was offered: it is over. */
    void unknown(Peer peer, long number) {
        PeerLink link = links.find(peer.node());
        if (link != null && link.state().isNumbered(number)) {
            link.lose("the peer does not know the connection any more");
        }
    }

    /** The socket on which a number was offered has its verdict or is dead. */
    void offerEnded(Peer peer, Connection socket) {
        links.offerEnded(peer.node(), socket);
    }

    /** Whether a link may be offered to this life of the peer, or another one lives. */
    Optional<Refusal> mayOffer(Peer peer) throws InterruptedException {
        if (links.isShut()) {
            return Optional.of(closing());
        }
        PeerLink link = links.find(peer.node());
        return switch (link == null ? null : link.state()) {
            case LinkState.Up up when up.incarnation() != peer.incarnation() -> replaced(link);
            case LinkState.Broken broken when broken.incarnation() != peer.incarnation() -> replaced(link);
            case null, default -> Optional.empty();
        };
    }

    /** The peer offered its link, this side decides. */
    Result decide(Peer peer, Offered offer, Connection socket) throws InterruptedException, IOException {
        while (true) {
            if (links.isShut()) {
                return new Result.Refuse(closing());
            }
            if (offer.resume().isPresent() && links.find(peer.node()) == null) {
                socket.sayNow(Handshake.unknown());
                return new Result.Unknown();
            }
            PeerLink link = links.obtain(peer.node()).link();
            link.awaitPredecessor();
            LinkState.Verdict verdict = tryOffer(link, peer, offer, socket);
            Optional<Result> result = follow(verdict, link);
            if (result.isPresent()) {
                return result.get();
            }
        }
    }

    private LinkState.Verdict tryOffer(PeerLink link, Peer peer, Offered offer, Connection socket) throws IOException {
        link.delivery.lock();
        try {
            Connection before = link.connection();
            LinkState.Verdict verdict = links.offer(link, peer, offer, socket);
            switch (verdict) {
                case LinkState.Verdict.Take take -> {
                    socket.sayNow(Handshake.accept(take.next().id()));
                    begin(link, socket);
                }
                case LinkState.Verdict.Resume resume -> {
                    socket.goesOnAfter(before);
                    socket.sayNow(Handshake.acceptAgain(resume.next().id(), link.arrivals.count()));
                }
                case LinkState.Verdict.Unknown unknown -> socket.sayNow(Handshake.unknown());
                default -> {}
            }
            return verdict;
        } catch (IOException e) {
            fails(link, socket, e);
            throw e;
        } catch (RuntimeException | Error e) {
            failsHere(link, socket, e);
            throw e;
        } finally {
            link.delivery.unlock();
        }
    }

    /** A fault of this program: a link that was just brought up on the socket has no reader and never gets one. */
    private static void failsHere(PeerLink link, Connection socket, Throwable e) {
        if (link.connection() == socket) {
            link.lose("internal error of this node: " + e);
        }
    }

    /** A peer that has heard of no acceptance cannot go on with the link. */
    private static void fails(PeerLink link, Connection socket, IOException e) {
        String why = "the connection failed as it was accepted: " + e.getMessage();
        if (socket.hasPredecessor()) {
            link.broken(socket, why);
        } else if (link.connection() == socket) {
            link.lose(why);
        }
    }

    /** The peer accepted the link that was offered. */
    Result accepted(Peer peer, long number, Step.Accepted step, Connection socket)
            throws InterruptedException, IOException {
        while (true) {
            if (step.received().isPresent() && links.find(peer.node()) == null) {
                return gone();
            }
            PeerLink link = links.obtain(peer.node()).link();
            link.awaitPredecessor();
            LinkState.Verdict verdict = tryAccepted(link, peer, number, step, socket);
            Optional<Result> result = follow(verdict, link);
            if (result.isPresent()) {
                return result.get();
            }
        }
    }

    private LinkState.Verdict tryAccepted(PeerLink link, Peer peer, long number, Step.Accepted step, Connection socket)
            throws IOException {
        link.delivery.lock();
        try {
            Connection before = link.connection();
            LinkState.Verdict verdict = links.accepted(link, peer, number, step, socket);
            if (verdict instanceof LinkState.Verdict.Take) {
                begin(link, socket);
            } else if (verdict instanceof LinkState.Verdict.Resume) {
                socket.goesOnAfter(before);
                socket.sayResume(link.arrivals.count());
                link.goesOn(socket, step.received().getAsLong());
            }
            return verdict;
        } catch (IOException e) {
            fails(link, socket, e);
            throw e;
        } catch (RuntimeException | Error e) {
            failsHere(link, socket, e);
            throw e;
        } finally {
            link.delivery.unlock();
        }
    }

    /** Does what the verdict says to the link in the way; a result, or nothing to ask again. */
    private Optional<Result> follow(LinkState.Verdict verdict, PeerLink link) throws InterruptedException {
        return switch (verdict) {
            case LinkState.Verdict.Take v -> Optional.of(new Result.Up(link));
            case LinkState.Verdict.Resume v -> Optional.of(new Result.Up(link));
            case LinkState.Verdict.Unknown v -> Optional.of(new Result.Unknown());
            case LinkState.Verdict.Duplicate v -> Optional.of(duplicate());
            case LinkState.Verdict.Gone v ->
                    Optional.of(
                            new Result.Refuse(new Refusal(Code.OTHER, "the connection to go on with has ended here")));
            case LinkState.Verdict.Switch v -> {
                link.lose("switched connections");
                yield Optional.empty();
            }
            case LinkState.Verdict.Probe v -> replaced(link).map(Result.Refuse::new);
            case LinkState.Verdict.Successor v -> Optional.empty();
        };
    }

    private static Result.Refuse gone() {
        return new Result.Refuse(new Refusal(Code.OTHER, "the connection to go on with has ended here"));
    }

    private static Result.Refuse duplicate() {
        return new Result.Refuse(new Refusal(Code.DUPLICATE, "already connected by another socket"));
    }

    /** Another life of the peer is here: the old one answers, or its link ends. */
    private Optional<Refusal> replaced(PeerLink link) throws InterruptedException {
        NodeId node = link.peer();
        Connection socket = link.connection();
        if (link.state() instanceof LinkState.Up && link.answersWithin(probe)) {
            return Optional.of(new Refusal(Code.IN_USE, "node ID " + node + " is in use by a living process"
                    + (socket == null ? "" : " at " + socket.address())
                    + "; give one of the two another (NodeConfig.nodeId), or end the older one"));
        }
        link.lose("replaced by a new incarnation of node " + node);
        return Optional.empty();
    }

    /** With the link's delivery lock held. */
    private void begin(PeerLink link, Connection socket) {
        try {
            link.handler().up();
        } catch (RuntimeException e) {
            LOG.error("the node could not take in that its link to {} is up", link.peer(), e);
            link.lose("internal error: " + e);
        }
        socket.startWriter(link, host.threads());
        ticker.watch(link);
    }

    private Refusal closing() {
        return new Refusal(Code.SHUTTING_DOWN, "node " + host.self().node() + " is closing");
    }
}
