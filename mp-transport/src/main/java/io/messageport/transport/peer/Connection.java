package io.messageport.transport.peer;

import io.messageport.runtime.link.LinkHandler;
import io.messageport.transport.handshake.Refusal;
import io.messageport.transport.tls.ByteStream;
import io.messageport.transport.wire.Frame;
import io.messageport.transport.wire.FrameReader;
import io.messageport.transport.wire.FrameWriter;
import io.messageport.transport.wire.WireBuffer;
import io.messageport.transport.wire.WireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One authenticated socket: a reader that hands frames to the link's handler, and a writer that sends what the outbox
 * holds. The reader is the thread that carried out the handshake.
 */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** One write; larger ones only cost the JDK a larger temporary buffer. */
    private static final int CHUNK = 1 << 17;

    private final ByteStream stream;
    private final Inbound in;
    private final String address;
    private final FrameReader frames;
    private final Vitals vitals = new Vitals();
    /** Written once, by whoever brings a link up on this socket; read by whoever wants to cancel it. */
    private volatile boolean taken;

    private final CountDownLatch readerDone = new CountDownLatch(1);

    /** Counted down by the reader at the next answer; replaced by whoever asks. */
    private volatile CountDownLatch answer = new CountDownLatch(1);

    Connection(ByteStream stream, Inbound in, String address, int frameLimit) {
        this.stream = stream;
        this.in = in;
        this.address = address;
        frames = new FrameReader(frameLimit);
    }

    String address() {
        return address;
    }

    /** A link has taken this socket: from here on only the link may end it. Under the table's lock. */
    void taken() {
        taken = true;
    }

    /** Ends a socket that no link has taken. */
    void cancel() {
        if (!taken) {
            close();
        }
    }

    Vitals vitals() {
        return vitals;
    }

    /** Sends handshake lines; before the writer runs. */
    void writeNow(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            var unused = stream.write(bytes);
        }
    }

    /** Closes the socket; reader and writer end soon after. */
    void close() {
        try {
            stream.close();
        } catch (IOException e) {
            LOG.debug("closing the socket to {} failed", address, e);
        }
    }

    /** Waits until the reader has ended, but not longer than this. */
    void linger(Duration time) {
        try {
            if (!readerDone.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.debug("{} has not closed its side within {}", address, time);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks the peer for a sign of life; the latch opens with the answer. */
    CountDownLatch ask(Outbox outbox) {
        CountDownLatch next = new CountDownLatch(1);
        answer = next;
        WireBuffer frame = WireBuffer.ofCapacity(Frame.HEADER);
        FrameWriter.heartbeat(frame, true);
        return outbox.appendControl(frame) ? next : new CountDownLatch(1);
    }

    /** Reads until the link or the socket ends. */
    void read(PeerLink link) {
        try {
            in.expectFrames();
            do {
                deliverOrEnd(link);
            } while (in.fill() >= 0 && vitals.heard());
            link.lose("the connection was closed by the peer without a goodbye");
        } catch (IOException e) {
            link.lose("the connection failed: " + e.getMessage());
        } finally {
            readerDone.countDown();
        }
    }

    /** Whatever goes wrong ends the link; what arrives after that is discarded, so that the goodbye is not reset. */
    private void deliverOrEnd(PeerLink link) {
        try {
            deliver(link);
        } catch (WireException e) {
            LOG.warn("node {} at {} broke the protocol, its connection is ended: {}", link.peer(), address,
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

    /** Hands over every frame that has arrived in full. */
    private void deliver(PeerLink link) throws WireException {
        link.delivery.lock();
        try {
            LinkHandler handler = link.handler();
            while (!link.isLost()) {
                int size = frames.sizeAt(in.array(), in.from(), in.to());
                if (size == 0 || size > in.to() - in.from()) {
                    return;
                }
                Frame frame = frames.read(in.array(), in.from(), size);
                in.consume(size);
                switch (frame) {
                    case Frame.Data data -> handler.received(data.port(), data.values());
                    case Frame.Heartbeat heartbeat -> signOfLife(link, heartbeat.wantsAnswer());
                    case Frame.Goodbye goodbye -> link.lose(Refusal.printable(goodbye.text()));
                }
            }
            in.discard();
        } finally {
            link.delivery.unlock();
        }
    }

    private void signOfLife(PeerLink link, boolean wantsAnswer) {
        if (wantsAnswer) {
            WireBuffer frame = WireBuffer.ofCapacity(Frame.HEADER);
            FrameWriter.heartbeat(frame, false);
            link.outbox.appendSignOfLife(frame);
        } else {
            answer.countDown();
        }
    }

    /** Writes until the link or the socket ends. */
    void write(PeerLink link) {
        try {
            for (WireBuffer full = link.outbox.take(); full != null; full = link.outbox.take()) {
                int at = 0;
                while (at < full.size()) {
                    int count = stream.write(full.view(at, Math.min(full.size(), at + CHUNK)));
                    at += count;
                    vitals.wrote();
                    link.outbox.written(count);
                }
            }
            stream.endOutput();
        } catch (IOException e) {
            link.lose("the connection failed: " + e.getMessage());
        }
    }
}
