package io.messageport.transport.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** Between a dialer and a listener: passes all bytes on, and alters one of those that the dialer sends. */
final class Meddler implements AutoCloseable {
    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final InetSocketAddress target;

    /** Bytes until the one to alter; negative when it has gone through. */
    private final AtomicInteger until = new AtomicInteger(-1);

    Meddler(InetSocketAddress target) throws IOException {
        this.target = target;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofVirtual().start(this::accept);
    }

    String address() throws IOException {
        return Addresses.text((InetSocketAddress) server.getLocalAddress());
    }

    /** Alters the byte at this place of the next connection. */
    void alter(int at) {
        until.set(at);
    }

    boolean hasAltered() {
        return until.get() < 0;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel dialer = server.accept();
                SocketChannel listener = SocketChannel.open(target);
                Thread.ofVirtual().start(() -> pass(dialer, listener, true));
                Thread.ofVirtual().start(() -> pass(listener, dialer, false));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void pass(SocketChannel from, SocketChannel to, boolean meddle) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 14);
        try (from; to) {
            while (from.read(buffer.clear()) >= 0) {
                buffer.flip();
                if (meddle) {
                    touch(buffer);
                }
                while (buffer.hasRemaining()) {
                    int ignored = to.write(buffer);
                }
            }
        } catch (IOException e) {
            // One of the two has gone.
        }
    }

    private void touch(ByteBuffer bytes) {
        int at = until.get();
        if (at >= 0) {
            if (at < bytes.limit()) {
                bytes.put(at, (byte) (bytes.get(at) ^ 0x10));
            }
            until.set(at - bytes.limit());
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
