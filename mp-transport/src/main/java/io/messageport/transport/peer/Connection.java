package io.messageport.transport.peer;

import io.messageport.runtime.link.LinkEvents;
import io.messageport.transport.handshake.Role;
import io.messageport.transport.tls.ByteStream;
import io.messageport.transport.wire.Frame;
import io.messageport.transport.wire.FrameWriter;
import io.messageport.transport.wire.WireBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One authenticated socket, which a {@link SocketReader} and a {@link SocketWriter} serve. */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final ByteStream stream;
    private final Inbound in;
    private final String address;
    private final Role role;
    private final int messageLimit;
    private final Vitals vitals = new Vitals();

    /** Written once, by whoever brings a link up on this socket; read by whoever wants to cancel it. */
    private volatile boolean taken;

    /** Written once, by the thread of the handshake. */
    private volatile boolean engaged;

    /** Owned by the thread that reads. */
    private SocketReader reader;

    private final CountDownLatch readerDone = new CountDownLatch(1);

    /** The socket that the link had before, until its writer has ended; null on its first. */
    private volatile Connection before;

    /** Null before it gets one, with the link's delivery lock held. */
    private volatile SocketWriter writer;

    private volatile boolean addressForgotten;

    /** Counted down by the reader at the next answer; replaced by whoever asks. */
    private volatile CountDownLatch answer = new CountDownLatch(1);

    Connection(ByteStream stream, Inbound in, String address, Role role, int messageLimit) {
        this.stream = stream;
        this.in = in;
        this.address = address;
        this.role = role;
        this.messageLimit = messageLimit;
    }

    String address() {
        return address;
    }

    /** Where it can be dialed again; empty when the peer has dialed. */
    Optional<String> dialed() {
        return role == Role.DIALER && !addressForgotten ? Optional.of(address) : Optional.empty();
    }

    /** For tests: as if the peer had dialed. */
    void forgetAddress() {
        addressForgotten = true;
    }

    boolean isOpen() {
        return stream.isOpen();
    }

    /** A link has taken this socket: from here on only the link may end it. Under the table's lock. */
    void taken() {
        taken = true;
    }

    /** The peer is who it says, and the two are about to settle what the socket is for. */
    void engaged() {
        engaged = true;
    }

    /** Ends a socket that nobody needs: no link has taken it, and it is not being settled whether one will. */
    void cancel() {
        if (!taken && !engaged) {
            close();
        }
    }

    /** Ends a socket that no link has taken. */
    void abort() {
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

    /** Sends one handshake line; before the writer runs. */
    void sayNow(String line) throws IOException {
        writeNow(ByteBuffer.wrap((line + '\n').getBytes(StandardCharsets.US_ASCII)));
    }

    /** Tells the peer where to go on; before the writer runs. */
    void sayResume(long received) throws IOException {
        WireBuffer frame = WireBuffer.ofCapacity(Long.BYTES + Frame.HEADER);
        FrameWriter.resume(frame, received);
        writeNow(frame.view(0, frame.size()));
    }

    /** The link had this socket before, which is given up. */
    void goesOnAfter(Connection last) {
        last.close();
        // One that never got a writer has nothing to wait for but what it waited for itself.
        Connection earlier = last.before;
        before = last.writer != null || earlier == null ? last : earlier;
    }

    /** Whether the link that has taken this socket had another before. */
    boolean hasPredecessor() {
        return before != null;
    }

    /** Closes the socket; reader and writer end soon after. */
    void close() {
        try {
            stream.close();
        } catch (IOException e) {
            LOG.debug("closing the socket to {} failed", address, e);
        }
        SocketWriter idle = writer;
        if (idle != null) {
            idle.socketClosed();
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

    private void awaitWriter() throws InterruptedException {
        if (writer != null) {
            writer.awaitEnd();
        }
    }

    /** Asks the peer for a sign of life; the latch opens with the answer. */
    CountDownLatch ask(Outbox outbox) {
        CountDownLatch next = new CountDownLatch(1);
        answer = next;
        outbox.signOfLife(true);
        return next;
    }

    /** The peer has answered a question. */
    void answered() {
        answer.countDown();
    }

    /** Whether the peer has yet to say where the link goes on. */
    boolean awaitsResumption() {
        return before != null && writer == null;
    }

    /**
     * Reads until the link or the socket ends.
     *
     * @param turns takes turns like the given one until one says that it was the last
     */
    void read(PeerLink link, Consumer<BooleanSupplier> turns) {
        try {
            if (reader == null) {
                reader = new SocketReader(link, this, in, messageLimit);
            }
            reader.begin();
            turns.accept(reader::next);
        } finally {
            readerDone.countDown();
        }
    }

    /** Reads on the calling thread and no other until the link or the socket ends. */
    void read(PeerLink link) {
        read(link, LinkEvents::takeAll);
    }

    /** Starts the writer of a link that is new. */
    void startWriter(PeerLink link, Threads threads) {
        startWriter(link, threads, writerOf(link)::run);
    }

    /** Starts the writer of a link that goes on behind the frames that have arrived at the peer. */
    void startWriter(PeerLink link, Threads threads, long received) {
        SocketWriter next = writerOf(link);
        startWriter(link, threads, () -> goOnBehind(received, link, next));
    }

    private SocketWriter writerOf(PeerLink link) {
        SocketWriter made = new SocketWriter(link, this, stream);
        writer = made;
        return made;
    }

    private static void startWriter(PeerLink link, Threads threads, Runnable work) {
        threads.start("writer to " + link.peer(), new LinkWork(link, "writer", work));
    }

    /** For tests: another turn of its writer, on the calling thread. */
    void write() {
        writer.run();
    }

    /** No two writers at a time: first the one of the last socket, which is closed, has to end. */
    private void goOnBehind(long received, PeerLink link, SocketWriter next) {
        try {
            before.awaitWriter();
            before = null;
            if (link.connection() != this) {
                LOG.debug("{} goes on on yet another socket", link);
            } else if (link.outbox.goBackTo(received)) {
                // The last writer may have taken the latest acknowledgement along.
                link.outbox.acknowledge(link.arrivals.acknowledge());
                next.run();
            } else {
                link.lose("protocol error: the peer wants to go on behind frame " + received + ", which it cannot");
            }
        } catch (InterruptedException e) {
            link.lose("interrupted");
        } finally {
            next.ended();
        }
    }
}
