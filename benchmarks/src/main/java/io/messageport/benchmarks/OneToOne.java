package io.messageport.benchmarks;

import io.messageport.PortId;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * One thread outside sends to one port as fast as it can; the operation is a message, sent and handled.
 *
 * <p>Ours: the list {@code ("add", n)}. Pekko: the record {@code Add(n)}. Every message is made when it is sent. The
 * thread sends a batch, which is also the most that can wait in the mailbox, and parks until all of it is handled.
 */
public class OneToOne {
    static final int MESSAGES = 100_000;

    /** One port. */
    @State(Scope.Benchmark)
    public static class Ours extends OurSide {
        private final Tally tally = new Tally(round);
        private PortId receiver;

        @Override
        void prepare() {
            receiver = node().port().on("add", m -> tally.add(m.intValue(0))).id();
        }

        @Override
        public void run(int messages) throws InterruptedException {
            round.begin(1);
            tally.expect(messages);
            for (int i = 0; i < messages; i++) {
                node().send(receiver, "add", i);
            }
            round.await(Tally.sumBelow(messages));
        }
    }

    private record Add(int number) {}

    /** One actor. */
    @State(Scope.Benchmark)
    public static class Pekko extends PekkoSide<Void> {
        private final Tally tally = new Tally(round);
        private ActorRef<Add> receiver;

        @Override
        Behavior<Void> guardian(ActorContext<Void> context) {
            receiver = context.spawn(Behaviors.receiveMessage(add -> {
                tally.add(add.number());
                return Behaviors.same();
            }), "receiver");
            return Behaviors.empty();
        }

        @Override
        public void run(int messages) throws InterruptedException {
            round.begin(1);
            tally.expect(messages);
            for (int i = 0; i < messages; i++) {
                receiver.tell(new Add(i));
            }
            round.await(Tally.sumBelow(messages));
        }
    }

    /** Measures ours. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void ours(Ours side) throws Exception {
        side.run(MESSAGES);
    }

    /** Measures Pekko. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void pekko(Pekko side) throws Exception {
        side.run(MESSAGES);
    }
}
