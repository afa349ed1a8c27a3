package io.messageport.transport.peer;

import io.messageport.transport.tls.ByteStream;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * Writes what the outbox of a link holds to one socket, until the link or the socket ends. It has a thread of its own; while
 * that has nothing to do, a sender may write in its place.
 */
final class SocketWriter implements Pen.Writer {
    /** One write; larger ones only cost the JDK a larger temporary buffer. */
    private static final int CHUNK = 1 << 17;

    private final PeerLink link;
    private final Connection socket;
    private final ByteStream stream;
    private final CountDownLatch done = new CountDownLatch(1);

    SocketWriter(PeerLink link, Connection socket, ByteStream stream) {
        this.link = link;
        this.socket = socket;
        this.stream = stream;
    }

    @Override
    public boolean isOpen() {
        return stream.isOpen();
    }

    /** On the thread of its own, once. */
    void run() {
        try {
            for (Segment next = link.outbox.take(this); next != null; next = link.outbox.take(this)) {
                send(next);
            }
            stream.endOutput();
        } catch (IOException e) {
            broken(e);
        } finally {
            ended();
        }
    }

    @Override
    public void write(Segment segment) {
        new LinkWork(link, "writer", () -> {
            try {
                send(segment);
            } catch (IOException e) {
                broken(e);
                // So that the thread of its own, which rests, finds out in any case.
                socket.close();
            }
        }).run();
    }

    private void send(Segment segment) throws IOException {
        try {
            for (int at = segment.from; at < segment.size();) {
                at += stream.write(segment.view(at, Math.min(segment.size(), at + CHUNK)));
                socket.vitals().wrote();
            }
        } finally {
            link.outbox.giveBack(segment);
        }
    }

    private void broken(IOException e) {
        link.broken(socket, "the connection failed: " + e.getMessage());
    }

    /** It will not write, or no more. */
    void ended() {
        done.countDown();
    }

    void awaitEnd() throws InterruptedException {
        done.await();
    }

    /** Its socket is closed. */
    void socketClosed() {
        link.outbox.socketClosed();
    }
}
