package io.messageport.testkit.net;

import io.messageport.NodeId;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.LinkHandler;
import io.messageport.runtime.link.Transport.Dialed;
import io.messageport.runtime.link.UnreachableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of a link in a {@link MemoryNetwork}. Any thread sends and ends it; it comes up, and takes in what arrives, in
 * the lane of its peer.
 */
final class MemoryLink implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryLink.class);

    private final MemoryTransport transport;
    private final NodeId peer;
    private final long number;
    private final FrameBytes frames;
    private final Budget budget;
    private final CompletableFuture<LinkHandler> handler = new CompletableFuture<>();
    private final CompletableFuture<Dialed> dialed = new CompletableFuture<>();
    private final AtomicBoolean dialing = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();

    /** Both guarded by the lock: what waits for the link to be up, and how many pieces have been sent. */
    private final Deque<byte[]> queue = new ArrayDeque<>();

    private long pieces;

    /** Changes under the lock. */
    private volatile State state = new State.Dialing();

    /** Written under the lock; pieces sent in all. */
    private volatile long sent;

    /** Owned by the lane. */
    private final Intake intake;

    private volatile int messageLimit;

    private sealed interface State {
        record Dialing() implements State {}

        /** Connected to the end of this number, of this life of the peer. */
        record Up(long other, long incarnation) implements State {}

        record Lost() implements State {}
    }

    MemoryLink(MemoryTransport transport, NodeId peer, long number) {
        this.transport = transport;
        this.peer = peer;
        this.number = number;
        frames = new FrameBytes(transport.config().faces());
        intake = new Intake(this, transport.config().messageLimit());
        budget = new Budget(transport.config().outboundLimit(), transport.network().courier());
        messageLimit = transport.config().messageLimit();
    }

    @Override
    public NodeId peer() {
        return peer;
    }

    @Override
    public LinkHandler handler() {
        return handler.join();
    }

    void opened(LinkHandler given) {
        handler.complete(given);
    }

    long number() {
        return number;
    }

    boolean isDialing() {
        return state instanceof State.Dialing;
    }

    boolean isUp() {
        return state instanceof State.Up;
    }

    boolean isLost() {
        return state instanceof State.Lost;
    }

    /** Whether the end that asks for a link is the one this link has. */
    boolean isOf(Packet.Connect packet) {
        return state instanceof State.Up up && up.other() == packet.from() && up.incarnation() == packet.incarnation();
    }

    boolean isOfLife(long incarnation) {
        return state instanceof State.Up up && up.incarnation() == incarnation;
    }

    long heard() {
        return intake.taken();
    }

    long sent() {
        return sent;
    }

    // ---- connecting ------------------------------------------------------------------------------------------------

    /** How the dialing ended. */
    CompletionStage<Dialed> dialed() {
        return dialed.minimalCompletionStage();
    }

    /** Asks the node where the peer is, then dials. */
    void findAndDial() {
        var unused = transport.events().addressesOf(peer).whenComplete((addresses, failure) -> {
            if (failure == null && !addresses.isEmpty()) {
                dial();
            } else if (!dialing.get()) {
                abandon(failure == null ? "no known address" : cannot(UnreachableException.text(failure)));
            }
        });
    }

    private String cannot(String why) {
        return "unable to connect to " + peer + ": " + why;
    }

    /** The peer asks for this link and has it soon: nobody gives it up meanwhile because nobody knows where the peer is. */
    void expect() {
        if (dialing.compareAndSet(false, true)) {
            var unused = transport.clock().schedule(transport.config().monitorTimeout().toNanos(),
                    () -> abandon(cannot("it asked for a connection, and fell silent")));
        }
    }

    /** Asks the peer for a link until it answers, or for as long as connecting may take; the first call does. */
    void dial() {
        if (dialing.compareAndSet(false, true)) {
            attempt(transport.clock().nanos() + transport.config().monitorTimeout().toNanos());
        }
    }

    private void attempt(long end) {
        if (!isDialing()) {
            return;
        }
        long left = end - transport.clock().nanos();
        if (left <= 0) {
            abandon(cannot("no answer within " + transport.config().monitorTimeout()));
            return;
        }
        transport.send(peer, new Packet.Connect(number, transport.self().incarnation(),
                transport.config().messageLimit()));
        var unused = transport.clock().schedule(
                Math.min(left, transport.config().connectInterval().toNanos()), () -> attempt(end));
    }

    /** In the lane: the peer asks for this link; once more, if its answer was lost. */
    void accept(Packet.Connect packet) {
        boolean first = up(new State.Up(packet.from(), packet.incarnation()), packet.messageLimit(), true);
        if (!first && isOf(packet)) {
            transport.send(peer, answer(packet.from()));
        }
    }

    private Packet answer(long to) {
        return new Packet.Accept(number, transport.self().incarnation(), transport.config().messageLimit(), to);
    }

    /** In the lane: the peer has accepted; false when that is not for this link. */
    boolean accepted(Packet.Accept packet) {
        State.Up next = new State.Up(packet.from(), packet.incarnation());
        return packet.to() == number && (up(next, packet.messageLimit(), false) || next.equals(state));
    }

    /** What waited goes out behind the answer; false when the link is not dialing. */
    private boolean up(State.Up next, int peerLimit, boolean answering) {
        lock.lock();
        try {
            if (!isDialing()) {
                return false;
            }
            messageLimit = Math.min(messageLimit, peerLimit);
            if (answering) {
                transport.send(peer, answer(next.other()));
            }
            state = next;
            for (byte[] bytes = queue.poll(); bytes != null; bytes = queue.poll()) {
                depart(next, bytes);
            }
        } finally {
            lock.unlock();
        }
        try {
            handler().up();
        } catch (RuntimeException e) {
            LOG.error("the node could not take in that its link to {} is up", peer, e);
            lose("internal error: " + e, "internal error of the receiver");
        }
        transport.pulse().watch(this);
        dialed.complete(new Dialed.Connected(peer));
        intake.go(next.other());
        return true;
    }

    // ---- sending ---------------------------------------------------------------------------------------------------

    @Override
    public boolean send(String port, Object[] message) {
        byte[] bytes = frames.data(port, message, messageLimit);
        return budget.take(bytes.length) && put(bytes);
    }

    @Override
    public Offer trySend(String port, Object[] message) {
        if (isLost()) {
            return Offer.LOST;
        }
        byte[] bytes = frames.data(port, message, messageLimit);
        Offer offer = budget.tryTake(bytes.length);
        return offer == Offer.TAKEN && !put(bytes) ? Offer.LOST : offer;
    }

    @Override
    public boolean sendControl(Object... message) {
        byte[] bytes = frames.data("", message, messageLimit);
        budget.force(bytes.length);
        return put(bytes);
    }

    /** Within the budget; false when the link is lost. */
    private boolean put(byte[] bytes) {
        lock.lock();
        try {
            return switch (state) {
                case State.Dialing s -> queue.add(bytes);
                case State.Up up -> {
                    depart(up, bytes);
                    yield true;
                }
                case State.Lost s -> false;
            };
        } finally {
            lock.unlock();
        }
    }

    /** With the lock held, so that pieces take the way in the order of their numbers. */
    private void depart(State.Up up, byte[] bytes) {
        sent = pieces + 1;
        transport.send(peer, Packet.Piece.of(number, up.other(), pieces++, bytes), () -> budget.give(bytes.length));
    }

    void giveSignOfLife() {
        byte[] bytes = FrameBytes.signOfLife();
        budget.force(bytes.length);
        boolean unused = put(bytes);
    }

    // ---- receiving, in the lane ------------------------------------------------------------------------------------

    /** A piece has arrived; false when it is not for this link. */
    boolean arrived(Packet.Piece piece) {
        if (piece.to() != number || state instanceof State.Up up && up.other() != piece.from()) {
            return false;
        }
        intake.arrived(piece);
        return true;
    }

    /** Nothing came in its turn for too long. */
    void fellSilent(long nanos) {
        lose("silent for " + nanos / 1_000_000 + " ms"
                + (intake.waiting() == 0 ? "" : "; a piece is missing, and later ones wait for it"),
                "nothing was heard for too long");
    }

    // ---- ending ----------------------------------------------------------------------------------------------------

    /** {@inheritDoc} The goodbye travels behind what is on its way. */
    @Override
    public void close(String reason) {
        end(reason, reason, null, false);
    }

    /** Ends the link if it is not up. */
    void abandon(String reason) {
        end(reason, null, null, true);
    }

    /** The peer has said goodbye. */
    void ended(String text) {
        boolean unused = lose(text);
    }

    /** Ends the link without a word to the peer; false when it had ended. */
    boolean lose(String reason) {
        return end(reason, null, null, false);
    }

    /** Ends the link, and resets the other end. */
    void lose(String reason, String forPeer) {
        boolean unused = end(reason, null, "reset by node " + transport.self().node() + ": " + forPeer, false);
    }

    /**
     * The loss procedure, in the order of {@code SND-5b}: lost for all who look, the queue dropped and parked senders
     * freed, the node told in the lane; what the lane does after that belongs to the successor.
     */
    private boolean end(String reason, String goodbye, String reset, boolean onlyDialing) {
        lock.lock();
        try {
            if (isLost() || onlyDialing && isUp()) {
                return false;
            }
            if (state instanceof State.Up up) {
                if (goodbye != null) {
                    byte[] bytes = FrameBytes.goodbye(goodbye);
                    budget.force(bytes.length);
                    depart(up, bytes);
                } else if (reset != null) {
                    transport.send(peer, new Packet.Reset(up.other(), reset));
                }
            }
            state = new State.Lost();
            queue.clear();
        } finally {
            lock.unlock();
        }
        budget.end();
        transport.lost(this, reason);
        dialed.complete(new Dialed.Failed(reason));
        return true;
    }

    @Override
    public String toString() {
        return "link to " + peer + ' ' + state;
    }
}
