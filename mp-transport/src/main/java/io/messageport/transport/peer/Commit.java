package io.messageport.transport.peer;

import io.messageport.NodeId;
import io.messageport.transport.handshake.Handshake;
import io.messageport.transport.handshake.Peer;
import io.messageport.transport.handshake.Refusal;
import io.messageport.transport.handshake.Refusal.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

    Commit(Host host, Links links, Ticker ticker) {
        this.host = host;
        this.links = links;
        this.ticker = ticker;
    }

    /** What became of the socket. */
    sealed interface Result {
        /** This link is up on it. */
        record Up(PeerLink link) implements Result {}

        /** It is not used. */
        record Refuse(Refusal refusal) implements Result {}
    }

    /** The number to offer to a peer that decides. */
    long numberFor(Peer peer) {
        return links.numberFor(peer.node());
    }

    /** The socket on which a number was offered has its verdict or is dead. */
    void offerEnded(Peer peer, long number) {
        links.offerEnded(peer.node(), number);
    }

    /** Whether a link may be offered to this life of the peer, or another one lives. */
    Optional<Refusal> mayOffer(Peer peer) throws InterruptedException {
        if (links.isShut()) {
            return Optional.of(closing());
        }
        PeerLink link = links.find(peer.node());
        if (link != null && link.state() instanceof LinkState.Up up && up.incarnation() != peer.incarnation()) {
            return replaced(link);
        }
        return Optional.empty();
    }

    /** The peer offered its link, this side decides. */
    Result decide(Peer peer, long number, Connection socket) throws InterruptedException, IOException {
        while (true) {
            if (links.isShut()) {
                return new Result.Refuse(closing());
            }
            PeerLink link = links.obtain(peer.node()).link();
            link.awaitPredecessor();
            LinkState.Verdict verdict = tryOffer(link, peer, number, socket);
            if (verdict instanceof LinkState.Verdict.Take) {
                return new Result.Up(link);
            }
            Optional<Refusal> refusal = follow(verdict, link);
            if (refusal.isPresent()) {
                return new Result.Refuse(refusal.get());
            }
        }
    }

    private LinkState.Verdict tryOffer(PeerLink link, Peer peer, long number, Connection socket) throws IOException {
        link.delivery.lock();
        try {
            LinkState.Verdict verdict = links.offer(link, peer, number, socket);
            if (verdict instanceof LinkState.Verdict.Take take) {
                String line = Handshake.accept(take.next().id()) + '\n';
                socket.writeNow(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
                begin(link, socket);
            }
            return verdict;
        } catch (IOException e) {
            link.lose("the connection failed as it was accepted: " + e.getMessage());
            throw e;
        } finally {
            link.delivery.unlock();
        }
    }

    /** The peer accepted the link that was offered. */
    Result accepted(Peer peer, long number, long remoteId, Connection socket) throws InterruptedException {
        while (true) {
            PeerLink link = links.obtain(peer.node()).link();
            link.awaitPredecessor();
            LinkState.Verdict verdict = tryAccepted(link, peer, number, remoteId, socket);
            if (verdict instanceof LinkState.Verdict.Take) {
                return new Result.Up(link);
            }
            Optional<Refusal> refusal = follow(verdict, link);
            if (refusal.isPresent()) {
                return new Result.Refuse(refusal.get());
            }
        }
    }

    private LinkState.Verdict tryAccepted(PeerLink link, Peer peer, long number, long remoteId, Connection socket) {
        link.delivery.lock();
        try {
            LinkState.Verdict verdict = links.accepted(link, peer, number, remoteId, socket);
            if (verdict instanceof LinkState.Verdict.Take) {
                begin(link, socket);
            }
            return verdict;
        } finally {
            link.delivery.unlock();
        }
    }

    /** Does what the verdict says to the link in the way; a refusal, or nothing to ask again. */
    private Optional<Refusal> follow(LinkState.Verdict verdict, PeerLink link) throws InterruptedException {
        return switch (verdict) {
            case LinkState.Verdict.Duplicate v ->
                    Optional.of(new Refusal(Code.DUPLICATE, "already connected by another socket"));
            case LinkState.Verdict.Switch v -> {
                link.lose("switched connections");
                yield Optional.empty();
            }
            case LinkState.Verdict.Probe v -> replaced(link);
            case LinkState.Verdict.Successor v -> Optional.empty();
            case LinkState.Verdict.Take v -> throw new IllegalStateException("taken already");
        };
    }

    /** Another life of the peer is here: the old one answers, or its link ends. */
    private Optional<Refusal> replaced(PeerLink link) throws InterruptedException {
        NodeId node = link.peer();
        Connection socket = link.connection();
        if (link.answersWithin(PROBE)) {
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
        host.threads().start("writer to " + link.peer(), () -> socket.write(link));
        ticker.watch(link);
    }

    private Refusal closing() {
        return new Refusal(Code.SHUTTING_DOWN, "node " + host.self().node() + " is closing");
    }
}
