package io.messageport.transport.peer;

import io.messageport.transport.handshake.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections, one thread per bound address, and starts a handshake on each.
 *
 * <p>Connections that have not proved themselves are counted: beyond {@link #STRANGERS} the oldest of the address that has
 * most is closed, so that a crowd of idle strangers cannot keep a peer out ({@code T-9}). One address may open only so many
 * a second. Running out of file descriptors is waited out ({@code
 * T-18}).
 */
final class Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    /** Most connections in their handshake at a time. */
    static final int STRANGERS = 256;

    private static final int BACKLOG = 1024;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Host host;
    private final Opening opening;
    private final Admission admission;
    private final Strangers log;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by lock, like the rest below. */
    private final Map<SocketChannel, InetAddress> strangers = new LinkedHashMap<>();

    private final List<ServerSocketChannel> servers = new ArrayList<>();
    private boolean closed;

    Listener(Host host, Opening opening, Strangers log) {
        this.host = host;
        this.opening = opening;
        this.log = log;
        admission = new Admission(host.clock(), host.config().acceptRate());
    }

    /** Binds all of them or none, and accepts; returns what others can dial. */
    List<String> listen(List<String> binds) throws IOException {
        List<ServerSocketChannel> bound = new ArrayList<>();
        Set<String> published = new LinkedHashSet<>();
        try {
            for (InetSocketAddress address : Addresses.toBind(binds)) {
                ServerSocketChannel server = ServerSocketChannel.open();
                bound.add(server);
                bind(server, address);
                published.addAll(Addresses.toPublish((InetSocketAddress) server.getLocalAddress()));
            }
            keep(bound);
        } catch (IOException | RuntimeException e) {
            for (ServerSocketChannel server : bound) {
                close(server);
            }
            throw e;
        }
        for (ServerSocketChannel server : bound) {
            host.threads().start("accept", () -> accept(server));
        }
        return List.copyOf(published);
    }

    private static void bind(ServerSocketChannel server, InetSocketAddress address) throws IOException {
        try {
            server.bind(address, BACKLOG);
        } catch (IOException e) {
            throw new IOException("cannot listen on " + Addresses.text(address) + ": " + e.getMessage()
                    + "; choose another address or end who uses it", e);
        }
    }

    private void keep(List<ServerSocketChannel> bound) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the transport of node " + host.self().node() + " is closed");
            }
            servers.addAll(bound);
        } finally {
            lock.unlock();
        }
    }

    private void accept(ServerSocketChannel server) {
        while (server.isOpen()) {
            try {
                welcome(server.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                log.refused("everybody", "cannot accept connections at the moment: " + e.getMessage());
                LockSupport.parkNanos(PAUSE.toNanos());
            } catch (RuntimeException | Error e) {
                LOG.error("node {} could not take in a connection for an internal reason", host.self().node(), e);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void welcome(SocketChannel channel) {
        InetSocketAddress from = (InetSocketAddress) channel.socket().getRemoteSocketAddress();
        if (from == null) {
            Opening.close(channel);
            return;
        }
        String address = Addresses.text(from);
        if (!admission.admits(from.getAddress())) {
            log.refused(address, "its host opens more than " + host.config().acceptRate()
                    + " connections a second; if those are nodes, raise NodeConfig.acceptRate");
            Opening.close(channel);
            return;
        }
        SocketChannel oldest = add(channel, from.getAddress());
        if (oldest != null) {
            log.refused(remote(oldest), "more than " + STRANGERS
                    + " connections are in their handshake, so the oldest of this host is closed");
            Opening.close(oldest);
        }
        try {
            host.threads().start("handshake with " + address,
                    () -> opening.run(channel, address, Role.LISTENER, Optional.empty(), outcome -> remove(channel)));
        } catch (Error e) {
            // No more threads; whoever comes next may find one.
            remove(channel);
            Opening.close(channel);
            throw e;
        }
    }

    /** Counts it in; returns the one to close for it, if any. */
    private SocketChannel add(SocketChannel channel, InetAddress from) {
        lock.lock();
        try {
            if (closed) {
                return channel;
            }
            strangers.put(channel, from);
            if (strangers.size() <= STRANGERS) {
                return null;
            }
            return removeOldestOfMost();
        } finally {
            lock.unlock();
        }
    }

    /** With the lock held. */
    private SocketChannel removeOldestOfMost() {
        Map<InetAddress, Integer> counts = new HashMap<>();
        strangers.values().forEach(from -> counts.merge(from, 1, Integer::sum));
        InetAddress most = Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
        SocketChannel oldest = strangers.entrySet().stream().filter(entry -> entry.getValue().equals(most)).findFirst()
                .orElseThrow().getKey();
        strangers.remove(oldest);
        return oldest;
    }

    private void remove(SocketChannel channel) {
        lock.lock();
        try {
            strangers.remove(channel);
        } finally {
            lock.unlock();
        }
    }

    /** Accepts no more, and closes every connection that has not proved itself. */
    void close() {
        List<SocketChannel> pending;
        List<ServerSocketChannel> bound;
        lock.lock();
        try {
            closed = true;
            pending = List.copyOf(strangers.keySet());
            bound = List.copyOf(servers);
        } finally {
            lock.unlock();
        }
        bound.forEach(Listener::close);
        pending.forEach(Opening::close);
    }

    private static String remote(SocketChannel channel) {
        try {
            return channel.getRemoteAddress() instanceof InetSocketAddress address ? Addresses.text(address) : "?";
        } catch (IOException e) {
            return "?";
        }
    }

    private static void close(ServerSocketChannel server) {
        try {
            server.close();
        } catch (IOException e) {
            // The address is free again once the process ends.
        }
    }
}
