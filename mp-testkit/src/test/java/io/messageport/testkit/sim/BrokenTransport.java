package io.messageport.testkit.sim;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.LinkEvents;
import io.messageport.runtime.link.LinkHandler;
import io.messageport.runtime.link.Transport;
import io.messageport.runtime.link.TransportProvider;
import io.messageport.spi.Clock;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;

/** A transport that breaks one promise, now and then: what the model check must find. */
final class BrokenTransport implements TransportProvider {
    /** Which promise. */
    enum Defect {
        /** The loss procedure out of order: the next connection carries before the monitors fire ({@code SND-5b}). */
        LATE_NEWS("SND-5"),
        /** A loss drops what was queued, and is never told. */
        NO_NEWS("MON-9"),
        /** A message is dropped, and the connection goes on. */
        HOLE("SND-4"),
        /** A message arrives twice. */
        TWICE("SND-4"),
        /** The news of a death is dropped. */
        DEATH_UNHEARD("MON-2"),
        /** A kill arrives before what was sent earlier. */
        KILL_OVERTAKES("KIL-2");

        /** Which contract the check must find broken. */
        final String contract;

        Defect(String contract) {
            this.contract = contract;
        }
    }

    private static final long LATE_NANOS = 50_000_000;
    private static final int NOW_AND_THEN = 3;

    private final TransportProvider right;
    private final Defect defect;

    BrokenTransport(TransportProvider right, Defect defect) {
        this.right = right;
        this.defect = defect;
    }

    @Override
    public Transport open(NodeId self, long incarnation, NodeConfig config, Clock clock, LinkEvents events) {
        Broken broken = new Broken(events, clock);
        broken.inner = right.open(self, incarnation, config, clock, broken);
        return broken;
    }

    /** One node's. */
    private final class Broken implements Transport, LinkEvents {
        private final LinkEvents events;
        private final Clock clock;
        private final IdentityHashMap<Link, BrokenLink> links = new IdentityHashMap<>();

        /** What is to be told late of each peer, in order. */
        private final Map<NodeId, Queue<Runnable>> late = new HashMap<>();

        private Transport inner;
        private int occasions;

        Broken(LinkEvents events, Clock clock) {
            this.events = events;
            this.clock = clock;
        }

        boolean breaks(Defect which) {
            return defect == which && ++occasions % NOW_AND_THEN == 0;
        }

        @Override
        public LinkHandler opened(Link link) {
            BrokenLink broken = new BrokenLink(this, link);
            links.put(link, broken);
            broken.handler = events.opened(broken);
            return broken;
        }

        @Override
        public CompletionStage<List<String>> addressesOf(NodeId peer) {
            return events.addressesOf(peer);
        }

        @Override
        public List<String> listen(List<String> binds) throws IOException {
            return inner.listen(binds);
        }

        @Override
        public Link link(NodeId peer) {
            return links.get(inner.link(peer));
        }

        @Override
        public CompletionStage<Dialed> dial(String address) {
            return inner.dial(address);
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    /** One link: what the node sends on it, and what it tells the node. */
    private final class BrokenLink implements Link, LinkHandler {
        private final Broken at;
        private final Link inner;
        private LinkHandler handler;

        /** A message that a kill is to overtake. */
        private Runnable held;

        BrokenLink(Broken at, Link inner) {
            this.at = at;
            this.inner = inner;
        }

        @Override
        public NodeId peer() {
            return inner.peer();
        }

        @Override
        public LinkHandler handler() {
            return handler;
        }

        @Override
        public boolean send(String port, Object[] message) {
            return at.breaks(Defect.HOLE) || inner.send(port, message);
        }

        @Override
        public Offer trySend(String port, Object[] message) {
            return inner.trySend(port, message);
        }

        @Override
        public boolean sendControl(Object... message) {
            return inner.sendControl(message);
        }

        @Override
        public void close(String reason) {
            inner.close(reason);
        }

        @Override
        public void up() {
            Queue<Runnable> waiting = at.late.get(peer());
            if (waiting == null) {
                handler.up();
            } else {
                boolean unused = waiting.add(handler::up);
            }
        }

        /** Later, and what becomes of the next connection meanwhile after that; but what it carries is not kept back. */
        private void tellLate(Runnable news) {
            Queue<Runnable> waiting = at.late.get(peer());
            if (waiting != null) {
                boolean unused = waiting.add(news);
                return;
            }
            Queue<Runnable> queue = new ArrayDeque<>(List.of(news));
            at.late.put(peer(), queue);
            var unused = at.clock.schedule(LATE_NANOS, () -> {
                at.late.remove(peer());
                queue.forEach(Runnable::run);
            });
        }

        @Override
        public void received(String port, Object[] message) {
            boolean control = port.isEmpty();
            if (control && "kil0".equals(message[0]) && at.breaks(Defect.DEATH_UNHEARD)) {
                return;
            }
            if (defect == Defect.KILL_OVERTAKES && !control && held == null) {
                // Two of a row are held, and what comes behind them is first.
                held = () -> handler.received(port, message);
                var unused = at.clock.schedule(1_000_000, this::release);
                return;
            }
            if (!control || !"kil".equals(message[0])) {
                release();
            }
            handler.received(port, message);
            if (!control && at.breaks(Defect.TWICE)) {
                handler.received(port, message.clone());
            }
        }

        private void release() {
            Runnable late = held;
            held = null;
            if (late != null) {
                late.run();
            }
        }

        @Override
        public void lost(String reason) {
            switch (defect) {
                case LATE_NEWS -> tellLate(() -> handler.lost(reason));
                case NO_NEWS -> {}
                default -> {
                    release();
                    handler.lost(reason);
                }
            }
        }
    }
}
