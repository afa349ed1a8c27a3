package io.messageport.benchmarks.remote;

import io.messageport.Port;
import io.messageport.PortId;

/**
 * A port sends {@code ("blob", number, bytes)} with one MiB of bytes each to another; the operation is a message, sent and
 * handled. The bytes are the same each time, as they are for the raw socket.
 */
final class OurBlobs {
    private OurBlobs() {}

    /** The port that is sent to. */
    static final class Receiving implements ReceivingEnd {
        private final Party party;
        private OurEnd end;

        Receiving(Party party) {
            this.party = party;
        }

        @Override
        public String open() {
            end = OurEnd.receiving(party);
            Port unused = end.node().port("blobs", port -> {
                Sequence sequence = new Sequence(0);
                port.on("blob", m -> sequence.add(m.longValue(0), Blob.isWhole(m.bytes(1))));
                port.on("finish", m -> {
                    port.send(m.port(0), "finished", sequence.received(), sequence.misplaced());
                    sequence.clear();
                });
            });
            return end.address();
        }

        @Override
        public void close() {
            end.close();
        }
    }

    /** The port that sends. */
    static final class Sending implements SendingEnd {
        private final Confirmation confirmation = new Confirmation();
        private final Party party;
        private OurEnd end;
        private PortId sender;

        Sending(Party party) {
            this.party = party;
        }

        @Override
        public void open(String address) throws Exception {
            end = OurEnd.sending(party, address);
            PortId target = OurEnd.named(address, "blobs");
            byte[] blob = Blob.whole();
            Port port = end.node().port();
            sender = port.id();
            port.on("go", m -> {
                int count = m.intValue(0);
                for (long number = 0; number < count; number++) {
                    port.send(target, "blob", number, blob);
                }
                port.send(target, "finish", sender);
            });
            port.on("finished", m -> confirmation.confirm(m.longValue(0), m.longValue(1)));
        }

        @Override
        public long run(int count) throws InterruptedException {
            confirmation.begin(1);
            long begin = System.nanoTime();
            end.node().send(sender, "go", count);
            confirmation.await(count);
            return System.nanoTime() - begin;
        }

        @Override
        public void close() {
            end.close();
        }
    }
}
