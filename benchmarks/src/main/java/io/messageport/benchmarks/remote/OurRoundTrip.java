package io.messageport.benchmarks.remote;

import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.ThreadKind;

/**
 * A port sends {@code ("ping", number, lane, word, amount)}, another sends it back, one at a time; the operation is a
 * round trip.
 */
final class OurRoundTrip {
    private static final int LANE = 0;

    private OurRoundTrip() {}

    /** The port that answers. */
    static final class Receiving implements ReceivingEnd {
        private final Party party;
        private final ThreadKind readers;
        private OurEnd end;

        Receiving(Party party, ThreadKind readers) {
            this.party = party;
            this.readers = readers;
        }

        @Override
        public String open() {
            end = OurEnd.receiving(party, readers);
            Port unused = end.node().port("echo", port -> {
                PortId[] asking = new PortId[1];
                port.on("begin", m -> asking[0] = m.port(0));
                port.on("ping", m -> port.send(asking[0], "pong", m.get(0), m.get(1), m.get(2), m.get(3)));
            });
            return end.address();
        }

        @Override
        public void close() {
            end.close();
        }
    }

    /** The port that asks. */
    static final class Sending implements SendingEnd {
        private final Confirmation confirmation = new Confirmation();
        private final Sequence sequence = new Sequence(LANE);
        private final Party party;
        private final ThreadKind readers;
        private OurEnd end;
        private PortId asking;

        Sending(Party party, ThreadKind readers) {
            this.party = party;
            this.readers = readers;
        }

        @Override
        public void open(String address) throws Exception {
            end = OurEnd.sending(party, address, readers);
            PortId echo = OurEnd.named(address, "echo");
            Port port = end.node().port();
            asking = port.id();
            int[] rounds = new int[1];
            port.on("go", m -> {
                rounds[0] = m.intValue(0);
                sequence.clear();
                port.send(echo, "begin", asking);
                ping(port, echo, 0);
            });
            port.on("pong", m -> {
                long number = m.longValue(0);
                sequence.add(number, m.intValue(1), m.string(2), m.doubleValue(3));
                if (number + 1 < rounds[0]) {
                    ping(port, echo, number + 1);
                } else {
                    confirmation.confirm(sequence.received(), sequence.misplaced());
                }
            });
        }

        private static void ping(Port port, PortId echo, long number) {
            port.send(echo, "ping", number, LANE, Sequence.WORD, Sequence.amount(number));
        }

        @Override
        public long run(int count) throws InterruptedException {
            confirmation.begin(1);
            long begin = System.nanoTime();
            end.node().send(asking, "go", count);
            confirmation.await(count);
            return System.nanoTime() - begin;
        }

        @Override
        public void close() {
            end.close();
        }
    }
}
