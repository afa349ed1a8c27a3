package io.messageport.benchmarks.remote;

import io.messageport.Node;
import io.messageport.Port;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Nodes of one JVM connect to a node of another, and are silent; the operation is a connection. What it costs the one
 * node is measured from outside.
 */
final class OurIdlePeers {
    private OurIdlePeers() {}

    /** The node that all are connected to. */
    static final class Receiving implements ReceivingEnd {
        private final Party party;
        private OurEnd end;

        Receiving(Party party) {
            this.party = party;
        }

        @Override
        public String open() {
            end = OurEnd.receiving(party);
            Node node = end.node();
            Port unused = node.port("peers", port -> port.on("count", m -> port.reply(node.upNodes().size())));
            return end.address();
        }

        @Override
        public void close() {
            end.close();
        }
    }

    /** The nodes that connect. */
    static final class Sending implements SendingEnd {
        private static final Duration PATIENCE = Duration.ofSeconds(10);

        private final Party party;
        private final List<OurEnd> ends = new ArrayList<>();
        private String address;

        Sending(Party party) {
            this.party = party;
        }

        @Override
        public void open(String receiving) throws Exception {
            address = receiving;
            ends.add(OurEnd.sending(party, receiving));
        }

        /** Connects so many more, one after the other; the receiving end confirms how many are connected. */
        @Override
        public long run(int count) throws Exception {
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                ends.add(OurEnd.sending(party, address));
            }
            long nanos = System.nanoTime() - begin;
            awaitCount(ends.size());
            return nanos;
        }

        /** The other side takes a connection for up a little later than the node that dialed. */
        private void awaitCount(int expected) throws Exception {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            int counted;
            do {
                counted = end().node()
                        .call(OurEnd.named(address, "peers"), "count")
                        .await()
                        .intValue(0);
            } while (counted != expected && System.nanoTime() < deadline);
            if (counted != expected) {
                throw new IllegalStateException(expected + " are connected, the other side counts " + counted);
            }
        }

        private OurEnd end() {
            return ends.getFirst();
        }

        @Override
        public void close() throws InterruptedException {
            AtomicInteger next = new AtomicInteger();
            List<Thread> closing = new ArrayList<>();
            // Each may take its time to say goodbye.
            for (int i = 0; i < 32; i++) {
                closing.add(Thread.ofVirtual().start(() -> {
                    for (int at = next.getAndIncrement(); at < ends.size(); at = next.getAndIncrement()) {
                        ends.get(at).close();
                    }
                }));
            }
            for (Thread thread : closing) {
                thread.join();
            }
        }
    }
}
