package io.messageport.testkit.net;

import io.messageport.transport.wire.Frame;
import io.messageport.transport.wire.FrameReader;
import io.messageport.transport.wire.WireException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What arrives over one link: checked, put in order, decoded, handed to the node. Runs in the lane of the link's peer. */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final MemoryLink link;
    private final FrameReader reader;

    /** By the number of the end that sent them: until the link is up, several may take it for theirs. */
    private final Map<Long, Sequence> arrivals = new HashMap<>();

    /** Both written by the lane. */
    private volatile long taken;

    private volatile int waiting;

    Intake(MemoryLink link, int messageLimit) {
        this.link = link;
        reader = new FrameReader(messageLimit);
    }

    /** Pieces taken in, those waiting for their turn left out; any thread. */
    long taken() {
        return taken;
    }

    /** Whether something waits for a piece that is missing; a hint, for any thread. */
    int waiting() {
        return waiting;
    }

    /** A piece has arrived. A damaged one ends the link, a doubled one is ignored. */
    void arrived(Packet.Piece piece) {
        if (!piece.isSound()) {
            link.lose("piece " + piece.number() + " from " + link.peer() + " arrived damaged",
                    "a piece arrived damaged");
            return;
        }
        if (!from(piece.from()).add(piece.number(), piece.bytes())) {
            LOG.debug("piece {} from {} arrived twice", piece.number(), link.peer());
        }
        if (link.isUp()) {
            go(piece.from());
        }
    }

    private Sequence from(long end) {
        return arrivals.computeIfAbsent(end, number -> new Sequence());
    }

    /** Takes in what has its turn of what came from this end, to which the link is up. */
    void go(long end) {
        Sequence sequence = from(end);
        while (link.isUp()) {
            byte[] bytes = sequence.poll();
            if (bytes == null) {
                break;
            }
            taken = sequence.next();
            try {
                take(bytes);
            } catch (WireException e) {
                link.lose("protocol error: " + e.getMessage(), "protocol error: " + e.getMessage());
            } catch (RuntimeException | Error e) {
                LOG.error("the node could not take in a message from {}, the link is ended", link.peer(), e);
                link.lose("internal error of the receiver: " + e, "internal error of the receiver");
            }
        }
        waiting = sequence.waiting();
    }

    private void take(byte[] bytes) throws WireException {
        if (reader.sizeAt(bytes, 0, bytes.length) != bytes.length) {
            throw new WireException("a frame of another size than its piece");
        }
        switch (reader.read(bytes, 0, bytes.length)) {
            case Frame.Data data -> link.handler().received(data.port(), data.values());
            case Frame.Heartbeat f -> LOG.trace("{} lives", link.peer());
            case Frame.Goodbye goodbye -> link.ended(goodbye.text());
            case Frame.Ack f -> throw unasked(f);
            case Frame.Resume f -> throw unasked(f);
            case Frame.Part f -> throw unasked(f);
        }
    }

    /** A link in memory has one wire for its life, and messages of any size are one piece. */
    private static WireException unasked(Frame frame) {
        return new WireException("a frame that only sockets need: " + frame);
    }
}
