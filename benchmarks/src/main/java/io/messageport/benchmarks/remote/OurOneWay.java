package io.messageport.benchmarks.remote;

import io.messageport.Port;
import io.messageport.PortId;
import java.util.ArrayList;
import java.util.List;

/**
 * Each of some sending ports sends small messages to a receiving port of its own, the list {@code ("trade", number, lane,
 * word, amount)}, as fast as {@code send} lets it; the operation is a message, sent and handled. The last message asks for
 * confirmation. A round fits into a mailbox.
 */
final class OurOneWay {
    private OurOneWay() {}

    /** The ports that are sent to. */
    static final class Receiving implements ReceivingEnd {
        private final Party party;
        private final int lanes;
        private OurEnd end;

        Receiving(Party party, int lanes) {
            this.party = party;
            this.lanes = lanes;
        }

        @Override
        public String open() {
            end = OurEnd.receiving(party);
            for (int i = 0; i < lanes; i++) {
                Sequence sequence = new Sequence(i);
                Port unused = end.node().port("lane-" + i, port -> listen(port, sequence));
            }
            return end.address();
        }

        private static void listen(Port port, Sequence sequence) {
            port.on("trade", m -> sequence.add(m.longValue(0), m.intValue(1), m.string(2), m.doubleValue(3)));
            port.on("finish", m -> {
                port.send(m.port(0), "finished", sequence.received(), sequence.misplaced());
                sequence.clear();
            });
        }

        @Override
        public void close() {
            end.close();
        }
    }

    /** The ports that send. */
    static final class Sending implements SendingEnd {
        private final Confirmation confirmation = new Confirmation();
        private final List<PortId> senders = new ArrayList<>();
        private final Party party;
        private final int lanes;
        private OurEnd end;

        Sending(Party party, int lanes) {
            this.party = party;
            this.lanes = lanes;
        }

        @Override
        public void open(String address) throws Exception {
            end = OurEnd.sending(party, address);
            for (int i = 0; i < lanes; i++) {
                senders.add(sender(i, OurEnd.named(address, "lane-" + i)));
            }
        }

        private PortId sender(int lane, PortId target) {
            Port port = end.node().port();
            port.on("go", m -> {
                int count = m.intValue(0);
                for (long number = 0; number < count; number++) {
                    port.send(target, "trade", number, lane, Sequence.WORD, Sequence.amount(number));
                }
                port.send(target, "finish", port.id());
            });
            port.on("finished", m -> confirmation.confirm(m.longValue(0), m.longValue(1)));
            return port.id();
        }

        @Override
        public long run(int count) throws InterruptedException {
            int each = Math.ceilDiv(count, lanes);
            confirmation.begin(lanes);
            long begin = System.nanoTime();
            for (PortId sender : senders) {
                end.node().send(sender, "go", each);
            }
            confirmation.await((long) each * lanes);
            return System.nanoTime() - begin;
        }

        @Override
        public void close() {
            end.close();
        }
    }
}
