package io.messageport.benchmarks.remote;

import io.messageport.benchmarks.remote.PekkoMessage.Acknowledged;
import io.messageport.benchmarks.remote.PekkoMessage.Answer;
import io.messageport.benchmarks.remote.PekkoMessage.Begin;
import io.messageport.benchmarks.remote.PekkoMessage.Finish;
import io.messageport.benchmarks.remote.PekkoMessage.Finished;
import io.messageport.benchmarks.remote.PekkoMessage.Go;
import io.messageport.benchmarks.remote.PekkoMessage.ToReceiver;
import io.messageport.benchmarks.remote.PekkoMessage.ToSender;
import io.messageport.benchmarks.remote.PekkoMessage.Trade;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Each of some sending actors sends the record {@code Trade(number, lane, word, amount)} to a receiving actor of its own;
 * the operation is a message, sent and handled.
 *
 * <p>Pekko drops what its outbound queue has no room for, 3072 messages by default, so the senders are paced: all
 * together have at most {@link #WINDOW} messages on the way, and each receiver acknowledges every quarter of its share.
 */
final class PekkoOneWay {
    /** Below the length of the queue; {@code -Dbenchmark.pekko.window} tries another. */
    static final int WINDOW = Integer.getInteger("benchmark.pekko.window", 3000);

    private static final int ACKNOWLEDGEMENTS = 4;

    private PekkoOneWay() {}

    /** The actors that are sent to. */
    static final class Receiving implements ReceivingEnd {
        private final int lanes;
        private PekkoEnd end;

        Receiving(int lanes) {
            this.lanes = lanes;
        }

        @Override
        public String open() throws Exception {
            end = PekkoEnd.start(context -> {
                for (int i = 0; i < lanes; i++) {
                    var unused = context.spawn(receiver(i), "lane-" + i);
                }
            });
            return end.address();
        }

        private static Behavior<ToReceiver> receiver(int lane) {
            Sequence sequence = new Sequence(lane);
            Sender sender = new Sender();
            return Behaviors.receiveMessage(message -> {
                switch (message) {
                    case Trade trade -> {
                        sequence.add(trade.number(), trade.lane(), trade.word(), trade.amount());
                        if (sequence.received() % sender.every == 0) {
                            sender.ref.tell(new Acknowledged(sequence.received()));
                        }
                    }
                    case Begin begin -> {
                        sender.ref = begin.replyTo();
                        sender.every = begin.every();
                    }
                    case Finish finish -> {
                        sender.ref.tell(new Finished(sequence.received(), sequence.misplaced()));
                        sequence.clear();
                    }
                }
                return Behaviors.same();
            });
        }

        @Override
        public void close() throws Exception {
            end.close();
        }
    }

    /** Whom a receiver answers; owned by it. */
    private static final class Sender {
        private ActorRef<ToSender> ref;
        private int every = 1;
    }

    /** The actors that send. */
    static final class Sending implements SendingEnd {
        private final Confirmation confirmation = new Confirmation();
        private final List<ActorRef<ToSender>> senders = new ArrayList<>();
        private final int lanes;
        private PekkoEnd end;

        Sending(int lanes) {
            this.lanes = lanes;
        }

        @Override
        public void open(String address) throws Exception {
            end = PekkoEnd.start(context -> {
                for (int i = 0; i < lanes; i++) {
                    ActorRef<ToReceiver> target = PekkoEnd.resolve(context, address, "lane-" + i);
                    senders.add(context.spawn(sender(new Pace(target, i, Math.max(4, WINDOW / lanes))), "sender-" + i));
                }
            });
        }

        private Behavior<ToSender> sender(Pace pace) {
            return Behaviors.setup(context -> Behaviors.receiveMessage(message -> {
                switch (message) {
                    case Go go -> pace.begin(context.getSelf(), go.count());
                    case Acknowledged ack -> pace.acknowledged(ack.received());
                    case Finished finished -> confirmation.confirm(finished.received(), finished.misplaced());
                    case Answer answer -> throw new IllegalStateException("nobody asked for " + answer);
                }
                return Behaviors.same();
            }));
        }

        @Override
        public long run(int count) throws InterruptedException {
            int each = Math.ceilDiv(count, lanes);
            confirmation.begin(lanes);
            long begin = System.nanoTime();
            for (ActorRef<ToSender> sender : senders) {
                sender.tell(new Go(each));
            }
            confirmation.await((long) each * lanes);
            return System.nanoTime() - begin;
        }

        @Override
        public void close() throws Exception {
            end.close();
        }
    }

    /** What one sender may send, and does; owned by it. */
    private static final class Pace {
        private final ActorRef<ToReceiver> target;
        private final int lane;
        private final int window;
        private long count;
        private long sent;

        Pace(ActorRef<ToReceiver> target, int lane, int window) {
            this.target = target;
            this.lane = lane;
            this.window = window;
        }

        void begin(ActorRef<ToSender> self, int messages) {
            count = messages;
            sent = 0;
            target.tell(new Begin(self, Math.max(1, window / ACKNOWLEDGEMENTS)));
            acknowledged(0);
        }

        void acknowledged(long received) {
            long limit = Math.min(count, received + window);
            if (sent == count) {
                return;
            }
            for (; sent < limit; sent++) {
                target.tell(new Trade(sent, lane, Sequence.WORD, Sequence.amount(sent)));
            }
            if (sent == count) {
                target.tell(new Finish(sent));
            }
        }
    }
}
