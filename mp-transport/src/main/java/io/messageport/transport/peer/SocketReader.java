package io.messageport.transport.peer;

import io.messageport.runtime.link.LinkHandler;
import io.messageport.transport.handshake.Refusal;
import io.messageport.transport.wire.ArrayPart;
import io.messageport.transport.wire.Frame;
import io.messageport.transport.wire.FrameReader;
import io.messageport.transport.wire.Limits;
import io.messageport.transport.wire.WireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one socket until it or the link ends, and hands what arrives to the link's handler. For one thread at a time. */
final class SocketReader {
    private static final Logger LOG = LoggerFactory.getLogger(SocketReader.class);

    /** Frames that one turn delivers at most: what they wake is to run before there are more than its mailbox holds. */
    private static final int SHARE = 256;

    private final PeerLink link;
    private final Connection socket;
    private final Inbound in;
    private final FrameReader frames;

    /** The part of an array that is arriving, and where the rest of its bytes go; null between two. */
    private ArrayPart part;

    private ByteBuffer room;

    /** Whether the last turn has left whole frames behind. */
    private boolean unfinished;

    SocketReader(PeerLink link, Connection socket, Inbound in, int messageLimit) {
        this.link = link;
        this.socket = socket;
        this.in = in;
        frames = new FrameReader(Math.max(messageLimit, Limits.FRAME));
    }

    /** Delivers what came along with the end of the handshake. */
    void begin() {
        in.expectFrames();
        deliverOrEnd();
    }

    /** Delivers some of what has arrived, for which it waits first; false when the link or the socket has ended. */
    boolean next() {
        try {
            if (unfinished || in.fill() >= 0 && socket.vitals().heard()) {
                deliverOrEnd();
                return true;
            }
            link.broken(socket, "the connection was closed by the peer without a goodbye");
        } catch (IOException e) {
            link.broken(socket, "the connection failed: " + e.getMessage());
        }
        return false;
    }

    /** Whatever goes wrong ends the link; what arrives after that is discarded, so that the goodbye is not reset. */
    private void deliverOrEnd() {
        unfinished = false;
        try {
            unfinished = deliver();
        } catch (WireException e) {
            LOG.warn("node {} at {} broke the protocol, its connection is ended: {}", link.peer(), socket.address(),
                    e.getMessage());
            String reason = "protocol error: " + e.getMessage();
            link.lose(reason, reason);
            in.discard();
        } catch (RuntimeException | Error e) {
            LOG.error("the node could not take in a message from {}, the connection is ended", link.peer(), e);
            link.lose("internal error of the receiver: " + e, "internal error of the receiver");
            in.discard();
        }
    }

    /**
     * Hands over frames that have arrived in full; of a lost link only the one that its last words wait for.
     *
     * @return whether there may be more
     */
    private boolean deliver() throws WireException {
        link.delivery.lock();
        try {
            LinkHandler handler = link.handler();
            for (int left = SHARE; link.connection() == socket && (!link.isLost() || socket.awaitsResumption());
                    left--) {
                boolean shared = left == 0;
                if (shared || !takeNext(handler)) {
                    acknowledge();
                    return shared;
                }
            }
            in.discard();
            return false;
        } finally {
            link.delivery.unlock();
        }
    }

    /** Takes in the next frame, or what is there of a part of an array; false when there is nothing more. */
    private boolean takeNext(LinkHandler handler) throws WireException {
        if (link.isLost() && room != null) {
            in.discard();
            return false;
        }
        if (room == null) {
            in.raise(ArrayPart.HEADER);
            int size = frames.sizeAt(in.array(), in.from(), in.to());
            part = size == 0 || link.isLost() ? null : frames.arrayPart(in.array(), in.from(), in.to(), size);
            room = part == null ? null : link.arrivals.room(part);
            if (room == null) {
                return takeWhole(size, handler);
            }
            in.consume(ArrayPart.HEADER);
        }
        in.moveTo(room);
        if (room.hasRemaining()) {
            return false;
        }
        room = null;
        link.arrivals.addPart(ArrayPart.HEADER + part.size());
        received(link.arrivals.filled(part, frames), handler);
        return true;
    }

    private boolean takeWhole(int size, LinkHandler handler) throws WireException {
        in.raise(Integer.MAX_VALUE);
        if (size == 0 || size > in.to() - in.from()) {
            return false;
        }
        Frame frame = frames.read(in.array(), in.from(), size);
        in.consume(size);
        if (link.isLost() && !(frame instanceof Frame.Resume)) {
            in.discard();
            return false;
        }
        take(frame, size, handler);
        return true;
    }

    private static void received(Frame.Data message, LinkHandler handler) {
        if (message != null) {
            handler.received(message.port(), message.values());
        }
    }

    private void acknowledge() {
        if (link.arrivals.isAckDueNow() && link.resumes() && !link.isLost()) {
            link.outbox.answer(link.arrivals.acknowledgeAll(), false);
        }
    }

    private void take(Frame frame, int size, LinkHandler handler) throws WireException {
        switch (frame) {
            case Frame.Data data -> {
                link.arrivals.add(size);
                received(data, handler);
            }
            case Frame.Part some -> {
                link.arrivals.addPart(size);
                received(link.arrivals.add(some, frames), handler);
            }
            case Frame.Heartbeat heartbeat -> signOfLife(heartbeat.wantsAnswer());
            case Frame.Ack ack -> {
                if (!link.outbox.acknowledged(ack.received())) {
                    throw new WireException(
                            "an acknowledgement of " + ack.received() + " frames, which were never sent");
                }
            }
            case Frame.Resume resume -> {
                if (!socket.awaitsResumption()) {
                    throw new WireException("a resumption where none was agreed");
                }
                link.goesOn(socket, resume.received());
            }
            case Frame.Goodbye goodbye -> link.lose(Refusal.printable(goodbye.text()));
        }
    }

    private void signOfLife(boolean wantsAnswer) {
        if (wantsAnswer) {
            link.outbox.answer(link.resumes() ? link.arrivals.acknowledgeAll() : -1, true);
        } else {
            socket.answered();
        }
    }
}
