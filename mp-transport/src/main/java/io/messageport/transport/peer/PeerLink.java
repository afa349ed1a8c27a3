package io.messageport.transport.peer;

import io.messageport.Guard;
import io.messageport.NodeId;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.LinkHandler;
import io.messageport.transport.handshake.Peer;
import io.messageport.transport.wire.FrameWriter;
import io.messageport.transport.wire.WireBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One logical stream to one peer ({@code SND-5a}), from the first message that waits for it to its loss.
 *
 * <p>Any thread sends. {@code state} changes only under the table's lock; {@code delivery} is held around every call into
 * the handler, which is what keeps {@code up}, {@code received} and {@code lost} apart and in order.
 *
 * <p>Known limit: while the link is dialing, the peer's message limit is unknown. A message queued then that is within this
 * node's limit but beyond a smaller one of the peer's ends the connection, with that as the reason.
 */
final class PeerLink implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);

    /** How long an orderly end waits for what is still to be sent and for the peer to close. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    /** Held around every call into the handler; by the reader, by whoever brings the link up, by the loss procedure. */
    final ReentrantLock delivery = new ReentrantLock();

    final Outbox outbox;

    /** What has come in; guarded by {@code delivery}. */
    final Arrivals arrivals;

    private final NodeId peer;
    private final Host host;
    private final FrameWriter frames;
    private final Links links;
    private final CompletableFuture<LinkHandler> handler = new CompletableFuture<>();
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    private final CountDownLatch told = new CountDownLatch(1);

    /** Until its loss is told, this link carries nothing; published by the table's lock, cleared by whoever waited. */
    private volatile PeerLink predecessor;

    private volatile LinkState state;
    private volatile Connection connection;
    private volatile int messageLimit;
    private volatile boolean resumes;
    private final Large large;
    private final Mending mending = new Mending();

    PeerLink(NodeId peer, long id, PeerLink predecessor, Host host, Links links) {
        this.peer = peer;
        this.predecessor = predecessor;
        this.host = host;
        frames = new FrameWriter(host.config().faces());
        this.links = links;
        state = new LinkState.Dialing(id);
        arrivals = new Arrivals(host.config().messageLimit());
        outbox = new Outbox(host.config().outboundLimit(), host.chunks(), host.clock(), arrivals);
        large = new Large(outbox, host.chunks());
        messageLimit = host.config().messageLimit();
    }

    @Override
    public NodeId peer() {
        return peer;
    }

    @Override
    public LinkHandler handler() {
        return handler.join();
    }

    @Override
    public boolean send(String port, Object[] message) {
        return send(port, message, false);
    }

    @Override
    public boolean sendAtOnce(String port, Object[] message) {
        return send(port, message, !Thread.currentThread().isInterrupted());
    }

    private boolean send(String port, Object[] message, boolean mayWrite) {
        if (isLost()) {
            return false;
        }
        WireBuffer frame = host.scratch().take();
        try {
            frames.data(frame, port, message, messageLimit);
            if (Large.is(frame)) {
                large.send(frame, messageLimit, mayWrite);
                return true;
            }
            return mayWrite ? outbox.appendOrWrite(frame) : outbox.append(frame);
        } finally {
            host.scratch().give(frame);
        }
    }

    @Override
    public Offer trySend(String port, Object[] message) {
        return offer(port, message, false);
    }

    @Override
    public boolean sendControl(Object... message) {
        return offer("", message, true) == Offer.TAKEN;
    }

    private Offer offer(String port, Object[] message, boolean evenIfFull) {
        if (isLost()) {
            return Offer.LOST;
        }
        WireBuffer frame = host.scratch().take();
        try {
            frames.data(frame, port, message, messageLimit);
            return Large.is(frame) ? large.offer(frame, evenIfFull) : outbox.offer(frame, evenIfFull);
        } finally {
            host.scratch().give(frame);
        }
    }

    @Override
    public void close(String reason) {
        lose(reason, reason);
    }

    /** Ends the link if it is not up. */
    void abandon(String reason) {
        if (links.markLost(this, reason, true)) {
            end(reason, null);
        }
    }

    LinkState state() {
        return state;
    }

    /** Wakes who waits for the end of the dialing. */
    void settle() {
        settled.complete(null);
    }

    boolean isSettled() {
        return settled.isDone();
    }

    /** Runs the action when the link is no longer dialing, perhaps at once. */
    void whenSettled(Runnable action) {
        var unused = settled.thenRun(action);
    }

    boolean isLost() {
        return state instanceof LinkState.Lost;
    }

    /** The socket; null before the link is up. */
    Connection connection() {
        return connection;
    }

    /** Gives the link its handler, at once after it was put into the table. */
    void opened(LinkHandler given) {
        handler.complete(given);
    }

    /** For the table, under its lock. */
    void state(LinkState next) {
        state = next;
    }

    /** For the table, under its lock: the link is up on this socket. */
    void up(LinkState.Up next, Connection socket, Peer to) {
        socket.taken();
        connection = socket;
        messageLimit = Math.min(messageLimit, to.messageLimit());
        resumes = host.self().resumes() && to.resumes();
        outbox.keeps(resumes);
        state = next;
    }

    // ---- going on over another socket ({@code CON-5}) --------------------------------------------------------------

    boolean resumes() {
        return resumes;
    }

    /** The socket is of no use any more. The link waits for another one, if both sides can; otherwise it is lost. */
    void broken(Connection socket, String why) {
        Duration window = host.config().resumeWindow();
        if (!resumes || window.isZero()) {
            if (connection == socket) {
                lose(why);
            }
            return;
        }
        if (links.markBroken(this, socket)) {
            LOG.debug("{} is broken, {}", this, why);
            socket.close();
            CompletableFuture<Void> thisTime = mending.present();
            String reason = why + "; it did not go on within " + window;
            Guard limit = host.clock().schedule(window.toNanos(), new LinkWork(this, "resume window", () -> {
                if (links.windowIsOver(this, thisTime, reason)) {
                    end(reason, null);
                }
            }));
            var unused = thisTime.thenRunAsync(limit::close, host.threads());
            links.mend(this, socket.dialed());
        }
    }

    /** For the table, under its lock: the link waits for another socket. */
    void breaks(LinkState.Broken next) {
        mending.begins();
        state = next;
    }

    /** For the table, under its lock: the link goes on on this socket. */
    void resumed(LinkState.Up next, Connection socket) {
        socket.taken();
        connection = socket;
        state = next;
        mending.ends();
    }

    /** Sends what has not arrived at the peer, and what follows, on the new socket; with the delivery lock held. */
    void goesOn(Connection socket, long received) {
        socket.startWriter(this, host.threads(), received);
    }

    Mending mending() {
        return mending;
    }

    /** For the ticker. */
    void acknowledgeIfDue() {
        if (resumes && arrivals.isAckDue()) {
            outbox.acknowledge(arrivals.acknowledge());
        }
    }

    // ---- the end ---------------------------------------------------------------------------------------------------

    /** Waits until the loss of the link before this one has been told ({@code SND-5b}). */
    void awaitPredecessor() throws InterruptedException {
        PeerLink before = predecessor;
        if (before != null) {
            before.told.await();
            predecessor = null;
        }
    }

    /** Ends the link without a word to the peer; what waits is dropped. */
    void lose(String reason) {
        lose(reason, null);
    }

    /**
     * The loss procedure, in the order of {@code SND-5b}: lost for all who look; the queue dropped and parked senders
     * freed; the handler told, exactly once; only then may the successor carry messages.
     *
     * @param goodbye told to the peer after everything that waits; null for none
     */
    void lose(String reason, String goodbye) {
        if (links.markLost(this, reason, false)) {
            end(reason, goodbye);
        }
    }

    private void end(String reason, String goodbye) {
        settle();
        mending.ends();
        large.lost();
        Connection socket = connection;
        if (goodbye != null && socket != null && socket.isOpen()) {
            WireBuffer frame = WireBuffer.ofCapacity(64);
            FrameWriter.goodbye(frame, goodbye);
            outbox.finish(frame);
        } else {
            outbox.drop();
            if (socket != null) {
                socket.close();
            }
        }
        host.threads().start("loss of " + peer, () -> tell(reason, socket));
    }

    private void tell(String reason, Connection socket) {
        PeerLink before = predecessor;
        if (before != null) {
            awaitUninterruptibly(before.told);
            predecessor = null;
        }
        LinkHandler receiver = handler.join();
        delivery.lock();
        try {
            receiver.lost(reason);
        } catch (RuntimeException | Error e) {
            LOG.error("the node could not take in the loss of its link to {}", peer, e);
        } finally {
            delivery.unlock();
            told.countDown();
            links.forget(this);
        }
        if (socket != null) {
            if (socket.isOpen()) {
                socket.linger(LINGER);
            }
            outbox.drop();
            socket.close();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the peer answers a question within the time. */
    boolean answersWithin(Duration time) throws InterruptedException {
        Connection socket = connection;
        return socket != null && !isLost() && socket.ask(outbox).await(time.toNanos(), TimeUnit.NANOSECONDS)
                && !isLost();
    }

    @Override
    public String toString() {
        return "link to " + peer + ' ' + state;
    }
}
