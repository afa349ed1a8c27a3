package io.messageport.testkit.fault;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One connection through a {@link FaultProxy}: two sockets and a {@link Pump} for each direction. Ends when both
 * directions have ended, or with a reset of both sockets. An end that fails is told to the other end over the way
 * between them, so not while that way is silent.
 */
final class ProxiedConnection {
    private final FaultProxy proxy;
    private final SocketChannel from;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger ended = new AtomicInteger();

    /** All written once, before the pumps run; read by whoever resets. */
    private volatile SocketChannel to;

    private volatile Pump forth;
    private volatile Pump back;

    ProxiedConnection(FaultProxy proxy, SocketChannel from) {
        this.proxy = proxy;
        this.from = from;
    }

    /** Carries until both directions have begun. */
    void run(SocketChannel dialed) throws IOException {
        to = dialed;
        from.setOption(StandardSocketOptions.TCP_NODELAY, true);
        forth = new Pump(proxy, this, proxy.forth(), proxy.back(), from, dialed);
        back = new Pump(proxy, this, proxy.back(), proxy.forth(), dialed, from);
        if (over.get()) {
            abort(dialed);
            return;
        }
        forth.start("forth");
        back.start("back");
    }

    boolean isOver() {
        return over.get();
    }

    /** Ends both sides, as the machines between them would; true when they had not ended. */
    boolean reset() {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        abort(from);
        SocketChannel dialed = to;
        if (dialed != null) {
            abort(dialed);
        }
        for (Pump pump : new Pump[] {forth, back}) {
            if (pump != null) {
                pump.wake();
            }
        }
        proxy.over(this);
        return true;
    }

    /** One direction has come to its orderly end. */
    void directionEnded() {
        if (ended.incrementAndGet() == 2 && over.compareAndSet(false, true)) {
            FaultProxy.closeQuietly(from);
            FaultProxy.closeQuietly(to);
            proxy.over(this);
        }
    }

    /** Closes with a reset instead of an orderly end. */
    static void abort(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // Closed already.
        }
        FaultProxy.closeQuietly(channel);
    }
}
