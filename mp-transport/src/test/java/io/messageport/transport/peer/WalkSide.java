package io.messageport.transport.peer;

import io.messageport.NodeId;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.LinkEvents;
import io.messageport.runtime.link.LinkHandler;
import io.messageport.transport.handshake.Peer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One life of one of the two nodes of a walk: the very classes that serve links over sockets, and no thread. */
final class WalkSide implements LinkEvents {
    /** Shared, since nothing of a walk stays in them. */
    private static final Scratch SCRATCH = new Scratch();

    private static final Chunks CHUNKS = new Chunks();

    /** No frame of a message is shorter. */
    private static final int SHORTEST = 9;

    final LinkWalk walk;
    final NodeId id;
    final Peer self;
    final boolean decides;
    final WalkThreads threads;
    final WalkClock clock = new WalkClock();
    final Links links;
    final Commit commit;
    final List<WalkSocket> sockets = new ArrayList<>();
    final List<WalkInbox> inboxes = new ArrayList<>();

    /** The number of the last stream that something has come from. */
    long lastHeard = -1;

    /** How many the other side had at the last break. */
    long lastCount;

    private final SplittableRandom random;

    WalkSide(LinkWalk walk, String name, long incarnation, SplittableRandom random) {
        this.walk = walk;
        this.random = random;
        id = NodeId.of(name);
        decides = name.equals(LinkWalk.DECIDER);
        self = new Peer(id, incarnation, LinkWalk.LIMIT, true);
        threads = new WalkThreads(name);
        Host host = new Host(self, walk.config(), clock, this, threads, SCRATCH, CHUNKS, new Drawn(random));
        links = new Links(host);
        links.redial(new Redial(host, null, links));
        commit = new Commit(host, links, new Ticker(host), Duration.ZERO);
    }

    @Override
    public LinkHandler opened(Link link) {
        WalkInbox inbox = new WalkInbox(link, this, walk);
        inboxes.add(inbox);
        return inbox;
    }

    @Override
    public CompletionStage<List<String>> addressesOf(NodeId peer) {
        return CompletableFuture.completedFuture(List.of());
    }

    /** The inbox of the present link; null without one. */
    WalkInbox present(NodeId peer) {
        PeerLink link = links.find(peer);
        return link == null ? null : (WalkInbox) link.handler();
    }

    /** Sends the next message, if there is room. */
    void send(NodeId peer, Object... more) {
        PeerLink link = links.obtain(peer).link();
        WalkInbox inbox = (WalkInbox) link.handler();
        if (inbox.stream < 0) {
            inbox.stream = walk.nextStream(inbox);
        }
        Object[] message = new Object[2 + more.length];
        message[0] = inbox.stream;
        message[1] = inbox.sent;
        System.arraycopy(more, 0, message, 2, more.length);
        if (link.trySend("p", message) == Link.Offer.TAKEN) {
            inbox.sent++;
        }
    }

    boolean allBeforeAreLost(WalkInbox inbox) {
        return inboxes.subList(0, inboxes.indexOf(inbox)).stream().allMatch(WalkInbox::isLost);
    }

    /** The link is up on the socket, perhaps once more. */
    void takes(WalkSocket socket, PeerLink link) {
        links.announce(link);
        boolean again = socket.connection.hasPredecessor();
        if (again) {
            walk.resumptions++;
        }
        if (walk.plant == Plant.COUNT_NOT_RESET && !again && inboxes.size() > 1) {
            link.arrivals.add(0);
        }
        if (walk.plant == Plant.OLD_SOCKET_GOES_ON && again) {
            walk.splice(this, socket);
        }
    }

    /** One more than has arrived is acknowledged. */
    void acknowledgeTooMany(NodeId peer) {
        PeerLink link = links.find(peer);
        if (link != null && link.state() instanceof LinkState.Up) {
            link.outbox.acknowledge(link.arrivals.count() + 1);
        }
    }

    /** Whether everything that was sent on the present link and has not arrived is still held. */
    boolean holdsWhatHasNotArrived(NodeId peer) {
        WalkInbox inbox = present(peer);
        return inbox == null || inbox.link.outbox.held() >= (inbox.sent - inbox.arrived) * SHORTEST;
    }

    /** The socket that this link has, which is up. */
    WalkSocket socketOf(PeerLink link) {
        return sockets.stream().filter(socket -> socket.connection == link.connection()).findFirst().orElseThrow();
    }

    WalkSocket anySocket() {
        return sockets.isEmpty() ? null : sockets.get(random.nextInt(sockets.size()));
    }

    /** Chance that follows from the seed of the walk. */
    private static final class Drawn extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final transient SplittableRandom random;

        Drawn(SplittableRandom random) {
            super(null, null);
            this.random = random;
        }

        @Override
        public long nextLong() {
            return random.nextLong();
        }
    }
}
