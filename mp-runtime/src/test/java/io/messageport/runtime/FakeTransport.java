package io.messageport.runtime;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.LinkEvents;
import io.messageport.runtime.link.LinkHandler;
import io.messageport.runtime.link.Transport;
import io.messageport.runtime.link.TransportProvider;
import io.messageport.spi.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/** A transport whose peers are played by the test: it records what is sent, and says what is received and lost. */
final class FakeTransport implements Transport, TransportProvider {
    final Map<NodeId, FakeLink> links = new ConcurrentHashMap<>();
    final Map<String, CompletableFuture<Dialed>> dials = new ConcurrentHashMap<>();
    LinkEvents events;

    /** One link; what goes out stands in {@link #sent} as (port name, value...). */
    final class FakeLink implements Link {
        final BlockingQueue<List<Object>> sent = new LinkedBlockingQueue<>();
        final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
        private final NodeId peer;
        private volatile LinkHandler handler;
        private volatile boolean lost;

        /** What cannot be encoded. */
        volatile Predicate<Object> refuses = value -> value instanceof Thread;

        FakeLink(NodeId peer) {
            this.peer = peer;
        }

        @Override
        public NodeId peer() {
            return peer;
        }

        @Override
        public LinkHandler handler() {
            return handler;
        }

        @Override
        public boolean send(String port, Object[] message) {
            if (lost) {
                return false;
            }
            Object[] all = new Object[message.length + 1];
            all[0] = port;
            System.arraycopy(message, 0, all, 1, message.length);
            return sent.add(Arrays.asList(all));
        }

        @Override
        public Offer trySend(String port, Object[] message) {
            return send(port, message) ? Offer.TAKEN : Offer.LOST;
        }

        @Override
        public boolean sendControl(Object... message) {
            for (Object value : message) {
                if (refuses.test(value)) {
                    throw new IllegalArgumentException("cannot cross the network");
                }
            }
            return send("", message);
        }

        @Override
        public void close(String reason) {
            closed.add(reason);
        }

        /** The peer sends to a port here. */
        void receive(String port, Object... message) {
            handler.received(port, message);
        }

        /** The connection is lost, as a transport reports it. */
        void lose(String reason) {
            lost = true;
            links.remove(peer, this);
            handler.lost(reason);
        }
    }

    @Override
    public Transport open(NodeId self, long incarnation, NodeConfig config, Clock clock, LinkEvents told) {
        events = told;
        return this;
    }

    @Override
    public List<String> listen(List<String> binds) {
        return binds;
    }

    @Override
    public FakeLink link(NodeId peer) {
        return links.computeIfAbsent(peer, p -> {
            FakeLink link = new FakeLink(p);
            link.handler = events.opened(link);
            return link;
        });
    }

    /** A peer connects. */
    FakeLink connected(String peer) {
        FakeLink link = link(NodeId.of(peer));
        link.handler().up();
        return link;
    }

    @Override
    public CompletionStage<Dialed> dial(String address) {
        return dials.computeIfAbsent(address, a -> new CompletableFuture<>());
    }

    @Override
    public void close() {
        links.values().forEach(link -> link.lose("node closed"));
    }
}
