package io.messageport.benchmarks.database;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.LinkEvents;
import io.messageport.runtime.link.LinkHandler;
import io.messageport.runtime.link.Transport;
import io.messageport.runtime.link.TransportProvider;
import io.messageport.spi.Clock;
import io.messageport.testkit.net.MemoryNetwork;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

/** A network in memory that counts what the databases of its nodes send each other. */
final class CountedNetwork implements TransportProvider {
    private final MemoryNetwork network = MemoryNetwork.of(1);
    private final LongAdder messages = new LongAdder();

    /** How many messages of the database's have been sent so far. */
    long messages() {
        return messages.sum();
    }

    @Override
    public Transport open(NodeId self, long incarnation, NodeConfig config, Clock clock, LinkEvents events) {
        return network.open(self, incarnation, config, clock, new LinkEvents() {
            @Override
            public LinkHandler opened(Link link) {
                return events.opened(new Counted(link));
            }

            @Override
            public CompletionStage<List<String>> addressesOf(NodeId peer) {
                return events.addressesOf(peer);
            }
        });
    }

    private final class Counted implements Link {
        private final Link link;

        Counted(Link link) {
            this.link = link;
        }

        @Override
        public NodeId peer() {
            return link.peer();
        }

        @Override
        public LinkHandler handler() {
            return link.handler();
        }

        @Override
        public boolean send(String port, Object[] message) {
            return link.send(port, message);
        }

        @Override
        public Offer trySend(String port, Object[] message) {
            return link.trySend(port, message);
        }

        @Override
        public boolean sendControl(Object... message) {
            if (message.length > 0 && message[0] instanceof String tag && tag.startsWith("db")) {
                messages.increment();
            }
            return link.sendControl(message);
        }

        @Override
        public void close(String reason) {
            link.close(reason);
        }
    }
}
