package io.messageport.testkit.sim;

import io.messageport.NodeId;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.LinkHandler;
import io.messageport.runtime.link.Transport.Dialed;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One end of a connection in the {@link SimulatedNetwork}. */
final class SimulatedLink implements Link {
    private enum State {
        DIALING,
        UP,
        LOST
    }

    /** What travels: a message, or the end of the connection where the message is null. */
    private record Frame(String port, Object[] message) {}

    private final SimulatedTransport transport;
    private final SimulatedNetwork network;
    private final NodeId peer;
    private final CompletableFuture<Dialed> dialed = new CompletableFuture<>();

    /** What waits for the connection, then what is on its way. */
    private final Queue<Frame> out = new ArrayDeque<>();

    private LinkHandler handler;
    private State state = State.DIALING;
    private SimulatedLink other;

    /** How many frames have come to the end of a way that is cut. */
    private int held;

    /** When the last frame arrives; the next comes no earlier. */
    private long lastArrival;

    SimulatedLink(SimulatedTransport transport, NodeId peer) {
        this.transport = transport;
        this.network = transport.network();
        this.peer = peer;
    }

    SimulatedTransport transport() {
        return transport;
    }

    @Override
    public NodeId peer() {
        return peer;
    }

    @Override
    public LinkHandler handler() {
        return handler;
    }

    void handler(LinkHandler made) {
        handler = made;
    }

    boolean isDialing() {
        return state == State.DIALING;
    }

    CompletionStage<Dialed> dialed() {
        return dialed.minimalCompletionStage();
    }

    // ---- connecting ------------------------------------------------------------------------------------------------

    /** Whether some end has answered it. */
    boolean isAnswered() {
        return other != null;
    }

    /** Dials behind what is under way in the lane, the loss of its predecessor for one. */
    void dial() {
        long end = network.scheduler().now() + transport.config().monitorTimeout().toNanos();
        transport.inLane(peer, () -> attempt(end));
    }

    private void attempt(long end) {
        if (state != State.DIALING) {
            return;
        }
        SimulatedTransport target = network.find(peer);
        if (target == null) {
            lose("no known address", false);
        } else if (network.isCut(transport.self(), peer) || network.isCut(peer, transport.self())) {
            retry(end);
        } else {
            target.inLane(transport.self(), network.delay(), () -> target.accept(this));
            retry(end);
        }
    }

    private void retry(long end) {
        long interval = transport.config().connectInterval().toNanos();
        transport.inLane(peer, interval, () -> {
            if (state == State.DIALING && network.scheduler().now() >= end) {
                lose("unable to connect", false);
            } else {
                attempt(end);
            }
        });
    }

    /** This end answers one that dials: both are the ends of one connection from now on. */
    void connect(SimulatedLink dialing) {
        long answer = network.delay();
        other = dialing;
        dialing.other = this;
        lastArrival = network.scheduler().now() + answer;
        dialing.transport.inLane(dialing.peer, answer, dialing::up);
        up();
    }

    private void up() {
        if (state != State.DIALING) {
            return;
        }
        state = State.UP;
        handler.up();
        for (int waiting = out.size(); waiting > 0; waiting--) {
            departs();
        }
        watchSilence();
        boolean unused = dialed.complete(new Dialed.Connected(peer));
    }

    // ---- sending ---------------------------------------------------------------------------------------------------

    @Override
    public boolean send(String port, Object[] message) {
        if (state == State.LOST) {
            return false;
        }
        put(new Frame(port, message.clone()));
        return true;
    }

    private void put(Frame frame) {
        boolean unused = out.add(frame);
        if (state == State.UP) {
            departs();
        }
    }

    @Override
    public Offer trySend(String port, Object[] message) {
        return send(port, message) ? Offer.TAKEN : Offer.LOST;
    }

    @Override
    public boolean sendControl(Object... message) {
        return send("", message);
    }

    /** The next frame departs; each arrives no earlier than the one before it. */
    private void departs() {
        long now = network.scheduler().now();
        lastArrival = Math.max(lastArrival, now + network.delay());
        other.transport.inLane(other.peer, lastArrival - now, this::arrives);
    }

    /** In the lane of the other end. */
    private void arrives() {
        if (network.isCut(transport.self(), peer)) {
            held++;
            return;
        }
        Frame frame = out.poll();
        if (frame == null || other.state != State.UP) {
            return;
        }
        if (frame.message() == null) {
            other.lose(frame.port(), false);
        } else {
            other.handler.received(frame.port(), frame.message());
        }
    }

    /** The way is open again. */
    void goOn() {
        for (; held > 0; held--) {
            departs();
        }
    }

    // ---- losing ----------------------------------------------------------------------------------------------------

    /** Ends the connection unless something comes from the peer in time; nothing happens while the way is open. */
    void watchSilence() {
        Long cut = network.cutOf(peer, transport.self());
        if (cut == null || state != State.UP) {
            return;
        }
        transport.inLane(peer, transport.config().silenceLimit().toNanos() + network.delay(), () -> {
            if (cut.equals(network.cutOf(peer, transport.self()))) {
                lose("nothing heard for " + transport.config().silenceLimit(), true);
            }
        });
    }

    /** Both ends learn now that the connection is no more. */
    void reset() {
        SimulatedLink far = other;
        if (state == State.UP && far != null) {
            lose("connection reset", false);
            far.lose("connection reset", false);
        }
    }

    @Override
    public void close(String reason) {
        lose(reason, true);
    }

    /**
     * This end is lost: nothing is taken any more, what was to be sent is dropped, and the node is told.
     *
     * @param orderly whether what is on its way, and a goodbye behind it, still reach the peer
     */
    void lose(String why, boolean orderly) {
        if (state == State.LOST) {
            return;
        }
        boolean wasUp = state == State.UP;
        state = State.LOST;
        boolean unused = dialed.complete(new Dialed.Failed(why));
        transport.lost(this, why);
        if (!wasUp || !orderly && network.toss()) {
            out.clear();
        }
        if (other != null && other.state != State.LOST) {
            boolean unusedToo = out.add(new Frame(why, null));
            network.parts(this);
            departs();
        }
    }

    /** The peer has learned that the connection is no more. */
    boolean isForgotten() {
        return other.state == State.LOST;
    }
}
