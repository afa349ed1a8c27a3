package io.messageport.transport.peer;

import io.messageport.transport.wire.ArrayPart;
import io.messageport.transport.wire.Assembly;
import io.messageport.transport.wire.Frame;
import io.messageport.transport.wire.FrameReader;
import io.messageport.transport.wire.WireException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * What has arrived on one link, over all its sockets: how many numbered frames, and the parts of messages that are not
 * complete. Owned by whoever holds the link's delivery lock, but for {@link #isAckDue}.
 */
final class Arrivals {
    /** Unacknowledged bytes that make an acknowledgement due at once; less waits for the ticker. */
    private static final int ACK_BYTES = 1 << 18;

    private static final int PART_SHARE = 4;

    /** What an incomplete message counts for beside its bytes, so that there are not too many of them. */
    private static final int OPEN = 1 << 12;

    private final int messageLimit;
    private final long mostInParts;
    private final Map<Integer, Assembly> open = new HashMap<>();
    private long heldInParts;
    private long count;
    private int bytes;

    /** As the ticker sees it: how much has arrived, and how much was acknowledged. */
    private volatile long shown;

    private volatile long acknowledged;

    /** @param messageLimit bytes of the largest message, and of all incomplete ones that were sent in turn */
    Arrivals(int messageLimit) {
        // One more large message may come in one piece between the parts of others, by a sender that must not wait.
        mostInParts = 2L * messageLimit + Segments.FULL;
        this.messageLimit = messageLimit;
    }

    /** Numbered frames that have arrived. */
    long count() {
        return count;
    }

    /** A numbered frame of this size has arrived. */
    void add(int size) {
        count++;
        bytes += size;
    }

    /**
     * The same for a part of a message. Of those more may be unacknowledged: who sends them asks when it has to know, and
     * each acknowledgement costs both sides a change of threads.
     */
    void addPart(int size) {
        add(size / PART_SHARE);
    }

    /** The frames that were there to read are read; whether an acknowledgement is due at once. */
    boolean isAckDueNow() {
        if (shown != count) {
            shown = count;
        }
        return bytes >= ACK_BYTES;
    }

    /** For the ticker, from any thread: whether something has arrived that is not acknowledged. */
    boolean isAckDue() {
        return shown > acknowledged;
    }

    /** How many to acknowledge; from any thread. */
    long acknowledge() {
        long now = shown;
        acknowledged = now;
        return now;
    }

    /** As {@link #acknowledge}, with the delivery lock held. */
    long acknowledgeAll() {
        shown = count;
        bytes = 0;
        return acknowledge();
    }

    /**
     * Takes a part in.
     *
     * @return the message when this completes it, otherwise null
     * @throws WireException when more is in parts than the peer may send, or it makes no message
     */
    Frame.Data add(Frame.Part part, FrameReader reader) throws WireException {
        Assembly whole = open.get(part.message());
        if (whole == null) {
            whole = begin(part);
        }
        whole.add(part);
        return ifComplete(part.message(), whole, reader);
    }

    /**
     * Where the bytes of a part of an array go while they arrive; it does not count before it is {@link #filled}.
     *
     * @return null when it has to arrive in full first
     * @throws WireException when it does not follow what came before
     */
    ByteBuffer room(ArrayPart part) throws WireException {
        Assembly whole = open.get(part.message());
        return whole == null ? null : whole.room(part);
    }

    /** As {@link #add}, for a part whose room is full. */
    Frame.Data filled(ArrayPart part, FrameReader reader) throws WireException {
        Assembly whole = open.get(part.message());
        whole.filled(part);
        return ifComplete(part.message(), whole, reader);
    }

    private Frame.Data ifComplete(int message, Assembly whole, FrameReader reader) throws WireException {
        if (!whole.isComplete()) {
            return null;
        }
        open.remove(message);
        heldInParts -= whole.total() + OPEN;
        return reader.message(whole);
    }

    private Assembly begin(Frame.Part first) throws WireException {
        Assembly whole = new Assembly((long) first.bytes().remaining() + first.rest());
        if (whole.total() > messageLimit) {
            throw new WireException("a message announces " + whole.total() + " bytes, the limit is " + messageLimit);
        }
        heldInParts += whole.total() + OPEN;
        if (heldInParts > mostInParts) {
            throw new WireException("messages in parts take more than " + mostInParts + " bytes");
        }
        open.put(first.message(), whole);
        return whole;
    }
}
