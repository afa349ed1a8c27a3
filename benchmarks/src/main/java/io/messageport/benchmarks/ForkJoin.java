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
 * One thread outside sends 50 000 messages to each of 60 ports, in turn (fork-join throughput of the Savina suite); the
 * operation is a message, sent and handled.
 *
 * <p>Ours: the list {@code ("add", n)}. Pekko: the record {@code Add(n)}. Every message is made when it is sent, and
 * nothing holds the sender back but the end of the round, when all are handled.
 */
public class ForkJoin {
    static final int WORKERS = 60;
    static final int MESSAGES_EACH = 50_000;

    /** Sixty ports. */
    @State(Scope.Benchmark)
    public static class Ours extends OurSide {
        private final Tally[] tallies = new Tally[WORKERS];
        private final PortId[] workers = new PortId[WORKERS];

        @Override
        void prepare() {
            for (int i = 0; i < WORKERS; i++) {
                Tally tally = new Tally(round);
                tallies[i] = tally;
                workers[i] = node().port().on("add", m -> tally.add(m.intValue(0))).id();
            }
        }

        @Override
        public void run(int messagesEach) throws InterruptedException {
            begin(round, tallies, messagesEach);
            for (int i = 0; i < messagesEach; i++) {
                for (PortId worker : workers) {
                    node().send(worker, "add", i);
                }
            }
            round.await(WORKERS * Tally.sumBelow(messagesEach));
        }
    }

    private record Add(int number) {}

    /** Sixty actors. */
    @State(Scope.Benchmark)
    public static class Pekko extends PekkoSide<Void> {
        private final Tally[] tallies = new Tally[WORKERS];

        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        private final ActorRef<Add>[] workers = new ActorRef[WORKERS];

        @Override
        Behavior<Void> guardian(ActorContext<Void> context) {
            for (int i = 0; i < WORKERS; i++) {
                Tally tally = new Tally(round);
                tallies[i] = tally;
                workers[i] = context.spawn(Behaviors.receiveMessage(add -> {
                    tally.add(add.number());
                    return Behaviors.same();
                }), "worker-" + i);
            }
            return Behaviors.empty();
        }

        @Override
        public void run(int messagesEach) throws InterruptedException {
            begin(round, tallies, messagesEach);
            for (int i = 0; i < messagesEach; i++) {
                for (ActorRef<Add> worker : workers) {
                    worker.tell(new Add(i));
                }
            }
            round.await(WORKERS * Tally.sumBelow(messagesEach));
        }
    }

    private static void begin(Round round, Tally[] tallies, int messagesEach) {
        round.begin(WORKERS);
        for (Tally tally : tallies) {
            tally.expect(messagesEach);
        }
    }

    /** Measures ours. */
    @Benchmark
    @OperationsPerInvocation(WORKERS * MESSAGES_EACH)
    public void ours(Ours side) throws Exception {
        side.run(MESSAGES_EACH);
    }

    /** Measures Pekko. */
    @Benchmark
    @OperationsPerInvocation(WORKERS * MESSAGES_EACH)
    public void pekko(Pekko side) throws Exception {
        side.run(MESSAGES_EACH);
    }
}
