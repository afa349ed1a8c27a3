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
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An actor sends {@code Trade(number, ...)}, another answers with {@code Answer(number, ...)}, one at a time. */
final class PekkoRoundTrip {
    private static final int LANE = 0;

    private PekkoRoundTrip() {}

    /** The actor that answers. */
    static final class Receiving implements ReceivingEnd {
        private PekkoEnd end;

        @Override
        public String open() throws Exception {
            end = PekkoEnd.start(context -> {
                var unused = context.spawn(echo(), "echo");
            });
            return end.address();
        }

        /** Waits for the one that asks. */
        private static Behavior<ToReceiver> echo() {
            return Behaviors.receiveMessage(message -> switch (message) {
                case Begin begin -> echo(begin.replyTo());
                case Trade trade -> throw new IllegalStateException("nobody to answer " + trade);
                case Finish finish -> throw new IllegalStateException("nothing to finish");
            });
        }

        private static Behavior<ToReceiver> echo(ActorRef<ToSender> asking) {
            return Behaviors.receiveMessage(message -> switch (message) {
                case Trade trade -> {
                    asking.tell(new Answer(trade.number(), trade.lane(), trade.word(), trade.amount()));
                    yield Behaviors.same();
                }
                case Begin begin -> echo(begin.replyTo());
                case Finish finish -> throw new IllegalStateException("nothing to finish");
            });
        }

        @Override
        public void close() throws Exception {
            end.close();
        }
    }

    /** The actor that asks. */
    static final class Sending implements SendingEnd {
        private final Confirmation confirmation = new Confirmation();
        private final Sequence sequence = new Sequence(LANE);
        private PekkoEnd end;
        private ActorRef<ToSender> asking;

        @Override
        public void open(String address) throws Exception {
            end = PekkoEnd.start(context -> {
                ActorRef<ToReceiver> echo = PekkoEnd.resolve(context, address, "echo");
                asking = context.spawn(asking(echo), "asking");
            });
        }

        private Behavior<ToSender> asking(ActorRef<ToReceiver> echo) {
            int[] rounds = new int[1];
            return Behaviors.setup(context -> Behaviors.receiveMessage(message -> {
                switch (message) {
                    case Go go -> {
                        rounds[0] = go.count();
                        sequence.clear();
                        echo.tell(new Begin(context.getSelf(), 1));
                        ask(echo, 0);
                    }
                    case Answer answer -> {
                        sequence.add(answer.number(), answer.lane(), answer.word(), answer.amount());
                        if (answer.number() + 1 < rounds[0]) {
                            ask(echo, answer.number() + 1);
                        } else {
                            confirmation.confirm(sequence.received(), sequence.misplaced());
                        }
                    }
                    case Acknowledged ack -> throw new IllegalStateException("nobody asked for " + ack);
                    case Finished finished -> throw new IllegalStateException("nobody asked for " + finished);
                }
                return Behaviors.same();
            }));
        }

        private static void ask(ActorRef<ToReceiver> echo, long number) {
            echo.tell(new Trade(number, LANE, Sequence.WORD, Sequence.amount(number)));
        }

        @Override
        public long run(int count) throws InterruptedException {
            confirmation.begin(1);
            long begin = System.nanoTime();
            asking.tell(new Go(count));
            confirmation.await(count);
            return System.nanoTime() - begin;
        }

        @Override
        public void close() throws Exception {
            end.close();
        }
    }
}
