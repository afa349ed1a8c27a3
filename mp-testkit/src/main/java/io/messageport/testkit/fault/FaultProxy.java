package io.messageport.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A listening socket on loopback that passes every connection on to a target, and on the way does to its bytes what a
 * {@link Fault} says: the same faults as for links in memory, as far as TCP knows them.
 *
 * <p><i>Forth</i> is the direction from who dials to the target, <i>back</i> the other one. While either is silent no
 * connection gets through to the target: it is accepted, and waits, as one whose packets are lost.
 *
 * <p>Safe from any thread. A virtual thread accepts, four carry each connection; all have ended when {@link #close}
 * returns.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final ServerSocketChannel server;
    private final String address;
    private final FaultLine forth;
    private final FaultLine back;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** All guarded by the lock. */
    private InetSocketAddress target;

    private BooleanSupplier refusing = () -> false;
    private boolean closed;

    /** The lines tell the proxy of changes. */
    FaultProxy(FaultLine forth, FaultLine back) {
        this.forth = forth;
        this.back = back;
        try {
            server = ServerSocketChannel.open()
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            address = "127.0.0.1:" + ((InetSocketAddress) server.getLocalAddress()).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException("a fault proxy cannot listen", e);
        }
        start("accept", this::accept);
    }

    private FaultProxy(long seed, FaultProxy[] self) {
        this(new FaultLine(seed, true, () -> self[0].wake()), new FaultLine(~seed, true, () -> self[0].wake()));
        self[0] = this;
    }

    /**
     * A proxy that decides by this seed.
     *
     * @param target {@code host:port} to pass connections on to
     */
    public static FaultProxy to(String target, long seed) {
        FaultProxy proxy = new FaultProxy(seed, new FaultProxy[1]);
        proxy.target(target);
        return proxy;
    }

    /** Where to dial instead of the target: {@code host:port}. */
    public String address() {
        return address;
    }

    /** Passes the connections that are dialed from now on to this {@code host:port}. */
    public void target(String to) {
        int colon = to.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("a proxy's target must be host:port, not \"" + to + '"');
        }
        InetSocketAddress next =
                new InetSocketAddress(to.substring(0, colon), Integer.parseInt(to.substring(colon + 1)));
        change(() -> target = next);
    }

    /** The direction from who dials to the target. */
    public FaultLine forth() {
        return forth;
    }

    /** The direction from the target to who dialed. */
    public FaultLine back() {
        return back;
    }

    /**
     * Puts this fault in force in both directions, for connections that exist as well.
     *
     * @throws IllegalArgumentException when a socket cannot have it; the text says what to use instead
     */
    public void apply(Fault fault) {
        forth.apply(fault);
        back.apply(fault);
    }

    /** Resets all connections: both ends learn it at once, in the middle of a frame if it comes out so. */
    public void reset() {
        for (ProxiedConnection connection : connections) {
            if (connection.reset()) {
                forth.cutDone();
            }
        }
    }

    /** Resets connections as they are dialed, or lets them through again. Those that exist stay. */
    public void refuse(boolean on) {
        refuse(() -> on);
    }

    /** As {@link #refuse(boolean)}, asked for each connection. */
    void refuse(BooleanSupplier whether) {
        change(() -> refusing = whether);
    }

    /** How many connections go through this proxy at this moment. */
    public int connections() {
        return connections.size();
    }

    /** What has happened in both directions. */
    public FaultCounts counts() {
        return forth.counts().plus(back.counts());
    }

    /** Resets all connections and listens no more; returns when all threads have ended. Idempotent. */
    @Override
    public void close() {
        change(() -> closed = true);
        closeQuietly(server);
        connections.forEach(ProxiedConnection::reset);
        boolean interrupted = false;
        for (Thread thread = running(); thread != null; thread = running()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread running() {
        return threads.stream().findAny().orElse(null);
    }

    // ---- connecting ------------------------------------------------------------------------------------------------

    private void accept() {
        try {
            while (true) {
                SocketChannel from = server.accept();
                start("connect", () -> connect(from));
            }
        } catch (IOException e) {
            // Closed, which is how this ends.
        }
    }

    private void connect(SocketChannel from) {
        ProxiedConnection connection = new ProxiedConnection(this, from);
        connections.add(connection);
        boolean open = where() != null && await(() -> !forth.isSilent() && !back.isSilent() || connection.isOver());
        InetSocketAddress to = where();
        if (!open || to == null || connection.isOver()) {
            var unused = connection.reset();
            return;
        }
        try {
            connection.run(dial(to));
        } catch (IOException e) {
            var unused = connection.reset();
        }
    }

    private static SocketChannel dial(InetSocketAddress to) throws IOException {
        return SocketChannel.open(to).setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /** Where to go; null when nowhere. */
    private InetSocketAddress where() {
        lock.lock();
        try {
            return closed || refusing.getAsBoolean() ? null : target;
        } finally {
            lock.unlock();
        }
    }

    // ---- for its connections ---------------------------------------------------------------------------------------

    /** Runs a part of a connection on a thread that {@link #close} waits for. */
    void start(String name, Runnable task) {
        Thread thread = Thread.ofVirtual().name("mp-proxy " + name).unstarted(() -> {
            try {
                task.run();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
    }

    void over(ProxiedConnection connection) {
        connections.remove(connection);
        wake();
    }

    /** Waits for this; false when the proxy is closed. What it depends on changes with {@link #wake}. */
    boolean await(BooleanSupplier state) {
        lock.lock();
        try {
            while (!closed && !state.getAsBoolean()) {
                changed.awaitUninterruptibly();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Has all who wait look again. */
    void wake() {
        change(() -> {});
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

    static void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            // Closed already, as far as anybody can tell.
            Objects.requireNonNull(e);
        }
    }
}
