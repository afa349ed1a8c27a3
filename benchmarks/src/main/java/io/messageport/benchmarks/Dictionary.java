package io.messageport.benchmarks;

import io.messageport.Port;
import io.messageport.PortId;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Twenty ports read and write a dictionary that a further one keeps, and each waits for its answer before it goes on
 * (concurrent dictionary of the Savina suite); the operation is a question and its answer, one in ten a write.
 *
 * <p>Right is: a worker that reads one of its own keys finds what it wrote there last, or nothing where it wrote nothing.
 */
public class Dictionary {
    static final int WORKERS = 20;
    static final int QUESTIONS_EACH = 5_000;

    private static final int KEYS_EACH = 256;
    private static final int ABSENT = -1;
    private static final int ONE_WRITE_IN = 10;

    /** What a worker asks, and what it wrote; owned by the worker. */
    private static final class Questions {
        private final int place;
        private final int[] written = new int[KEYS_EACH];
        private int random;
        private int left;
        private int right;
        private int index;

        Questions(int place) {
            this.place = place;
            random = 0x9E3779B9 * (place + 1);
            for (int i = 0; i < KEYS_EACH; i++) {
                written[i] = ABSENT;
            }
        }

        void begin(int questions) {
            left = questions;
            right = 0;
        }

        /** Moves on to the next question; false when there is none. */
        boolean more() {
            if (left == 0) {
                return false;
            }
            left--;
            random ^= random << 13;
            random ^= random >>> 17;
            random ^= random << 5;
            index = (random >>> 8) % KEYS_EACH;
            return true;
        }

        boolean isWrite() {
            return left % ONE_WRITE_IN == 0;
        }

        int key() {
            return place * KEYS_EACH + index;
        }

        int newValue() {
            written[index] = left;
            return left;
        }

        void answered(int value) {
            if (value != written[index]) {
                throw new IllegalStateException("key " + key() + " is " + value + ", not " + written[index]);
            }
            right++;
        }

        int right() {
            return right;
        }
    }

    /** Ports. */
    @State(Scope.Benchmark)
    public static class Ours extends OurSide {
        private final PortId[] workers = new PortId[WORKERS];

        @Override
        void prepare() {
            Map<Integer, Integer> entries = new HashMap<>();
            Port keeper = node().port();
            keeper.on("write", m -> {
                entries.put(m.intValue(0), m.intValue(1));
                keeper.send(m.port(2), "value", m.intValue(1));
            });
            keeper.on("read", m -> keeper.send(m.port(1), "value", entries.getOrDefault(m.intValue(0), ABSENT)));
            for (int i = 0; i < WORKERS; i++) {
                workers[i] = worker(node().port(), keeper.id(), new Questions(i));
            }
        }

        private PortId worker(Port port, PortId keeper, Questions questions) {
            port.on("begin", m -> {
                questions.begin(m.intValue(0));
                ask(port, keeper, questions);
            });
            port.on("value", m -> {
                questions.answered(m.intValue(0));
                ask(port, keeper, questions);
            });
            return port.id();
        }

        private void ask(Port port, PortId keeper, Questions questions) {
            if (!questions.more()) {
                round.report(questions.right());
            } else if (questions.isWrite()) {
                port.send(keeper, "write", questions.key(), questions.newValue(), port.id());
            } else {
                port.send(keeper, "read", questions.key(), port.id());
            }
        }

        @Override
        public void run(int questionsEach) throws InterruptedException {
            round.begin(WORKERS);
            for (PortId worker : workers) {
                node().send(worker, "begin", questionsEach);
            }
            round.await((long) WORKERS * questionsEach);
        }
    }

    private sealed interface ToKeeper {}

    private record Write(int key, int value, ActorRef<ToWorker> from) implements ToKeeper {}

    private record Read(int key, ActorRef<ToWorker> from) implements ToKeeper {}

    private sealed interface ToWorker {}

    private record Begin(int questions) implements ToWorker {}

    private record Value(int value) implements ToWorker {}

    /** Actors. */
    @State(Scope.Benchmark)
    public static class Pekko extends PekkoSide<Void> {
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        private final ActorRef<ToWorker>[] workers = new ActorRef[WORKERS];

        @Override
        Behavior<Void> guardian(ActorContext<Void> context) {
            Map<Integer, Integer> entries = new HashMap<>();
            ActorRef<ToKeeper> keeper = context.spawn(Behaviors.receiveMessage(message -> {
                switch (message) {
                    case Write write -> {
                        entries.put(write.key(), write.value());
                        write.from().tell(new Value(write.value()));
                    }
                    case Read read -> read.from().tell(new Value(entries.getOrDefault(read.key(), ABSENT)));
                }
                return Behaviors.same();
            }), "keeper");
            for (int i = 0; i < WORKERS; i++) {
                workers[i] = context.spawn(worker(keeper, new Questions(i)), "worker-" + i);
            }
            return Behaviors.empty();
        }

        private Behavior<ToWorker> worker(ActorRef<ToKeeper> keeper, Questions questions) {
            return Behaviors.setup(context -> Behaviors.receiveMessage(message -> {
                switch (message) {
                    case Begin begin -> questions.begin(begin.questions());
                    case Value value -> questions.answered(value.value());
                }
                ask(context.getSelf(), keeper, questions);
                return Behaviors.same();
            }));
        }

        private void ask(ActorRef<ToWorker> own, ActorRef<ToKeeper> keeper, Questions questions) {
            if (!questions.more()) {
                round.report(questions.right());
            } else if (questions.isWrite()) {
                keeper.tell(new Write(questions.key(), questions.newValue(), own));
            } else {
                keeper.tell(new Read(questions.key(), own));
            }
        }

        @Override
        public void run(int questionsEach) throws InterruptedException {
            round.begin(WORKERS);
            for (ActorRef<ToWorker> worker : workers) {
                worker.tell(new Begin(questionsEach));
            }
            round.await((long) WORKERS * questionsEach);
        }
    }

    /** Measures ours. */
    @Benchmark
    @OperationsPerInvocation(WORKERS * QUESTIONS_EACH)
    public void ours(Ours side) throws Exception {
        side.run(QUESTIONS_EACH);
    }

    /** Measures Pekko. */
    @Benchmark
    @OperationsPerInvocation(WORKERS * QUESTIONS_EACH)
    public void pekko(Pekko side) throws Exception {
        side.run(QUESTIONS_EACH);
    }
}
