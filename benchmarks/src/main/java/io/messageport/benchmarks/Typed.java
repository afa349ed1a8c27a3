package io.messageport.benchmarks;

import io.messageport.Port;
import io.messageport.PortId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Handlers of records beside handlers of tags, both ours; the operation is a message of one port to another, sent and
 * handled.
 *
 * <p>Typed: the record {@code Add(n)}. Tags: the list {@code ("add", n)}. Every message is made when it is sent. The
 * sending port sends a burst within one handler, and the receiving one asks it for the next when it has handled all of
 * it: the two take turns, so that what a message costs shows, and not how two threads share a queue.
 */
public class Typed {
    static final int MESSAGES = 100_000;
    private static final int BURST = 500;

    record Add(int number) {}

    /** Two ports, and how many messages are left; what one of them sends is for the subclass to say. */
    abstract static class Pair extends OurSide {
        private final Tally tally = new Tally(round);
        private PortId sender;
        private int left;

        abstract void receive(Port receiver, Tally tally);

        abstract void send(Port sender, PortId receiver, int number);

        @Override
        void prepare() {
            Port receiving = node().port();
            Port sending = node().port();
            sender = sending.id();
            receive(receiving, tally);
            receiving.on("more", m -> receiving.send(sender, "burst"));
            PortId receiver = receiving.id();
            sending.on("burst", m -> {
                for (int i = Math.min(BURST, left); i > 0; i--) {
                    left--;
                    send(sending, receiver, left);
                }
                if (left > 0) {
                    sending.send(receiver, "more");
                }
            });
        }

        @Override
        public void run(int messages) throws InterruptedException {
            round.begin(1);
            tally.expect(messages);
            left = messages;
            node().send(sender, "burst");
            round.await(Tally.sumBelow(messages));
        }
    }

    /** By records. */
    @State(Scope.Benchmark)
    public static class Ours extends Pair {
        @Override
        void receive(Port receiver, Tally tally) {
            receiver.on(Add.class, add -> tally.add(add.number()));
        }

        @Override
        void send(Port sender, PortId receiver, int number) {
            sender.send(receiver, new Add(number));
        }
    }

    /** By tags. */
    @State(Scope.Benchmark)
    public static class Tags extends Pair {
        @Override
        void receive(Port receiver, Tally tally) {
            receiver.on("add", m -> tally.add(m.intValue(0)));
        }

        @Override
        void send(Port sender, PortId receiver, int number) {
            sender.send(receiver, "add", number);
        }
    }

    /** Measures records. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void ours(Ours side) throws Exception {
        side.run(MESSAGES);
    }

    /** Measures tags. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void tags(Tags side) throws Exception {
        side.run(MESSAGES);
    }
}
