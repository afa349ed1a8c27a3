package io.messageport.testkit.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The way on which one node dials one other: a listening socket that passes every connection on, unless told otherwise.
 * A stalled direction keeps its bytes, as a network that drops all packets makes a sender keep them, and lets them go
 * when it is healed.
 *
 * <p>A virtual thread accepts, two carry each connection; all end with {@link #close}.
 */
final class Relay implements AutoCloseable {
    private final ServerSocketChannel server;
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** All guarded by the lock. */
    private InetSocketAddress target;

    private boolean refusing;

    /** So many more bytes pass from the one who dialed, then the connection that brings the next one is reset. */
    private long allowance = Long.MAX_VALUE;

    private boolean forthStalled;
    private boolean backStalled;
    private boolean closed;

    Relay() throws IOException {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread unused = Thread.ofVirtual().name("relay").start(this::accept);
    }

    /** Where to dial. */
    String address() throws IOException {
        return "127.0.0.1:" + ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /** Where the connections go. */
    void target(String address) {
        int colon = address.lastIndexOf(':');
        InetSocketAddress at =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(address.substring(colon + 1)));
        change(() -> target = at);
    }

    void refuse(boolean on) {
        change(() -> refusing = on);
    }

    /** Keeps the bytes that go from the one who dialed. */
    void stallForth(boolean on) {
        change(() -> forthStalled = on);
    }

    /** Keeps the bytes that go to the one who dialed. */
    void stallBack(boolean on) {
        change(() -> backStalled = on);
    }

    /** Lets so many more bytes pass from the one who dialed, then resets the connection; later ones pass again. */
    void cutAfter(long bytes) {
        change(() -> allowance = bytes);
    }

    /** How many of these bytes may pass; fewer when the connection is to be cut behind them. */
    private int allowed(int bytes) {
        lock.lock();
        try {
            int allowed = (int) Math.min(bytes, allowance);
            allowance = allowance == Long.MAX_VALUE || allowed < bytes ? Long.MAX_VALUE : allowance - bytes;
            return allowed;
        } finally {
            lock.unlock();
        }
    }

    /** Resets all connections. */
    void cut() {
        wires.forEach(Wire::reset);
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel from = server.accept();
                Thread unused = Thread.ofVirtual().name("relay out").start(() -> connect(from));
            }
        } catch (IOException e) {
            // Closed, which is how this ends.
        }
    }

    private void connect(SocketChannel from) {
        InetSocketAddress at = null;
        lock.lock();
        try {
            if (!refusing && !closed) {
                at = target;
            }
        } finally {
            lock.unlock();
        }
        Wire wire = new Wire(from);
        try {
            if (at == null) {
                wire.reset();
                return;
            }
            wire.to = SocketChannel.open(at);
        } catch (IOException e) {
            wire.reset();
            return;
        }
        wires.add(wire);
        if (isClosed()) {
            wire.reset();
        }
        Thread unused = Thread.ofVirtual().name("relay forth").start(() -> wire.carry(true));
        wire.carry(false);
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the direction is open; false when the relay is closed. */
    private boolean pass(boolean forth) {
        lock.lock();
        try {
            while (!closed && (forth ? forthStalled : backStalled)) {
                changed.awaitUninterruptibly();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        change(() -> closed = true);
        server.close();
        cut();
    }

    /** One connection through the relay. */
    private final class Wire {
        private final SocketChannel from;
        private final AtomicInteger halves = new AtomicInteger();
        private volatile SocketChannel to;

        Wire(SocketChannel from) {
            this.from = from;
        }

        void carry(boolean forth) {
            SocketChannel in = forth ? from : to;
            SocketChannel out = forth ? to : from;
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            try {
                while (in.read(buffer) >= 0) {
                    buffer.flip();
                    int allowed = forth ? allowed(buffer.limit()) : buffer.limit();
                    boolean isLast = allowed < buffer.limit();
                    buffer.limit(allowed);
                    while (buffer.hasRemaining()) {
                        if (!pass(forth)) {
                            return;
                        }
                        int unused = out.write(buffer);
                    }
                    if (isLast) {
                        reset();
                        return;
                    }
                    buffer.clear();
                }
                if (pass(forth)) {
                    SocketChannel unused = out.shutdownOutput();
                }
                if (halves.incrementAndGet() == 2) {
                    wires.remove(this);
                    from.close();
                    to.close();
                }
            } catch (IOException e) {
                reset();
            }
        }

        /** Ends both sides as the crash of a machine between them would. */
        void reset() {
            wires.remove(this);
            abort(from);
            if (to != null) {
                abort(to);
            }
        }

        private static void abort(SocketChannel channel) {
            try {
                SocketChannel unused = channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                channel.close();
            } catch (IOException e) {
                // Closed already.
            }
        }
    }
}
