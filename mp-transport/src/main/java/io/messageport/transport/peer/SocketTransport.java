package io.messageport.transport.peer;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.LinkEvents;
import io.messageport.runtime.link.Transport;
import io.messageport.runtime.link.UnreachableException;
import io.messageport.spi.Clock;
import io.messageport.transport.handshake.Peer;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Links over TCP sockets, inside TLS unless the configuration says otherwise. Any thread calls it. */
public final class SocketTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(SocketTransport.class);
    private static final String CLOSED = "node closed";

    private final Host host;
    private final Links links;
    private final Streams streams;
    private final Opening opening;
    private final Listener listener;
    private final Set<Dialer> dialers = ConcurrentHashMap.newKeySet();

    /**
     * The transport of one node; opens nothing yet.
     *
     * @param self the node's ID
     * @param incarnation random, of this life of the node ({@code ID-3})
     * @param config limits, times, the secret and certificates
     * @param clock the node's time
     * @param events the node
     */
    public SocketTransport(NodeId self, long incarnation, NodeConfig config, Clock clock, LinkEvents events) {
        host = new Host(new Peer(self, incarnation, config.messageLimit(), !config.resumeWindow().isZero()), config,
                clock, events,
                new Threads(self.value()), new Scratch(), new Chunks(), new SecureRandom());
        links = new Links(host);
        streams = Streams.of(config, self, clock);
        Strangers strangers = new Strangers(clock);
        opening = new Opening(host, streams, links, new Ticker(host), strangers);
        links.redial(new Redial(host, opening, links));
        listener = new Listener(host, opening, strangers);
    }

    /** {@inheritDoc} Without a secret or certificates nothing is bound. */
    @Override
    public List<String> listen(List<String> binds) throws IOException {
        Optional<String> fault = streams.fault();
        if (fault.isPresent()) {
            throw new IOException("cannot listen: " + fault.get());
        }
        streams.prepare(host.threads());
        return listener.listen(binds);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when {@code peer} is this node
     * @throws IllegalStateException when the transport is closed
     */
    @Override
    public Link link(NodeId peer) {
        if (peer.equals(host.self().node())) {
            throw new IllegalArgumentException("node " + peer + " has no link to itself");
        }
        Links.Obtained obtained = links.obtain(peer);
        PeerLink link = obtained.link();
        if (obtained.created()) {
            Optional<String> fault = streams.fault();
            if (fault.isPresent()) {
                link.lose(fault.get());
            } else {
                host.threads().start("dial " + peer, () -> connect(link));
            }
        }
        return link;
    }

    private void connect(PeerLink link) {
        NodeId peer = link.peer();
        try {
            Optional<List<String>> addresses = addresses(link);
            if (addresses.isEmpty() || link.isSettled()) {
                return;
            }
            if (addresses.get().isEmpty()) {
                link.abandon("no known address");
                return;
            }
            Dialer dialer = new Dialer(host, opening, links, Optional.of(peer));
            link.whenSettled(() -> dialer.connected(peer));
            if (dialer.run(addresses.get()) instanceof Dialed.Failed failed) {
                link.abandon("unable to connect to " + peer + ": " + failed.why());
            }
        } catch (InterruptedException e) {
            link.abandon("unable to connect to " + peer + ": interrupted");
        } catch (RuntimeException | Error e) {
            LOG.error("dialing {} failed for an internal reason", peer, e);
            link.abandon("unable to connect to " + peer + ": internal error: " + e);
        }
    }

    /** What the node knows about the peer's addresses; empty when the link no longer needs any. */
    private Optional<List<String>> addresses(PeerLink link) throws InterruptedException {
        CompletableFuture<Object> first = new CompletableFuture<>();
        link.whenSettled(() -> first.complete(List.of()));
        var unused = host.events().addressesOf(link.peer()).whenComplete((list, failure) -> {
            if (failure != null) {
                first.completeExceptionally(failure);
            } else {
                first.complete(list);
            }
        });
        try {
            Object found = first.get(host.config().monitorTimeout().toNanos(), TimeUnit.NANOSECONDS);
            return link.isSettled() ? Optional.empty() : Optional.of(strings(found));
        } catch (TimeoutException e) {
            link.abandon("unable to connect to " + link.peer() + ": its address was not found in time");
        } catch (ExecutionException e) {
            link.abandon("unable to connect to " + link.peer() + ": "
                    + (e.getCause() instanceof UnreachableException known
                            ? known.getMessage()
                            : "looking for its address failed: " + e.getCause()));
        }
        return Optional.empty();
    }

    private static List<String> strings(Object found) {
        return ((List<?>) found).stream().map(String.class::cast).toList();
    }

    /** {@inheritDoc} Tries every address the name stands for. */
    @Override
    public CompletionStage<Dialed> dial(String address) {
        CompletableFuture<Dialed> result = new CompletableFuture<>();
        Optional<String> fault = streams.fault();
        if (fault.isPresent()) {
            result.complete(new Dialed.Failed(fault.get()));
            return result;
        }
        Dialer dialer = new Dialer(host, opening, links, Optional.empty());
        dialers.add(dialer);
        if (links.isShut()) {
            dialer.stop(CLOSED);
        }
        host.threads().start("dial " + address, () -> {
            try {
                result.complete(dialer.run(List.of(address)));
            } catch (InterruptedException | RuntimeException | Error e) {
                result.complete(new Dialed.Failed(e.toString()));
            } finally {
                dialers.remove(dialer);
            }
        });
        return result;
    }

    /** How many threads run for this transport. */
    int threads() {
        return host.threads().count();
    }

    /** {@inheritDoc} What waits is sent first, for at most a second. Idempotent. */
    @Override
    public void close() {
        listener.close();
        for (PeerLink link : links.shut()) {
            link.close(CLOSED);
        }
        dialers.forEach(dialer -> dialer.stop(CLOSED));
        opening.abortAll();
        host.threads().joinAll();
    }
}
