package io.messageport.benchmarks;

import io.messageport.Port;
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
 * Fibonacci numbers by recursion, a port for each step, which opens two further ones, adds what they answer, answers
 * itself and ends (fibonacci of the Savina suite); the operation is such a port.
 *
 * <p>Right is: the number that comes out.
 */
public class Fibonacci {
    /** The ports it takes to compute the twentieth number. */
    static final int PORTS = 13_529;

    /** The index of the greatest number that so many ports can compute; 1 at least. */
    private static int index(int ports) {
        int index = 1;
        while (2 * number(index + 1) - 1 <= ports && index < 40) {
            index++;
        }
        return index;
    }

    private static long number(int index) {
        long before = 0;
        long number = 1;
        for (int i = 1; i < index; i++) {
            long next = before + number;
            before = number;
            number = next;
        }
        return number;
    }

    /** The answers of the two; owned by the port that asked. */
    private static final class Sum {
        private long sum;
        private int answers;

        /** True when both have answered. */
        boolean add(long number) {
            sum += number;
            answers++;
            return answers == 2;
        }
    }

    /** Ports. */
    @State(Scope.Benchmark)
    public static class Ours extends OurSide {
        private PortId root;

        @Override
        void prepare() {
            Port port = node().port();
            root = port.id();
            port.on("begin", m -> port.send(step(root), "compute", m.intValue(0)));
            port.on("number", m -> round.report(m.longValue(0)));
        }

        private PortId step(PortId asking) {
            Port port = node().port();
            Sum sum = new Sum();
            port.on("compute", m -> {
                int index = m.intValue(0);
                if (index <= 2) {
                    port.send(asking, "number", 1L);
                    port.stop();
                } else {
                    port.send(step(port.id()), "compute", index - 1);
                    port.send(step(port.id()), "compute", index - 2);
                }
            });
            port.on("number", m -> {
                if (sum.add(m.longValue(0))) {
                    port.send(asking, "number", sum.sum);
                    port.stop();
                }
            });
            return port.id();
        }

        @Override
        public void run(int ports) throws InterruptedException {
            round.begin(1);
            node().send(root, "begin", index(ports));
            round.await(number(index(ports)));
        }
    }

    sealed interface Message {}

    private record Compute(int index) implements Message {}

    private record Computed(long number) implements Message {}

    /** Actors; the guardian is who asks first. */
    @State(Scope.Benchmark)
    public static class Pekko extends PekkoSide<Message> {
        @Override
        Behavior<Message> guardian(ActorContext<Message> context) {
            return Behaviors.receiveMessage(message -> {
                switch (message) {
                    case Compute compute -> context.spawnAnonymous(step(context.getSelf())).tell(compute);
                    case Computed computed -> round.report(computed.number());
                }
                return Behaviors.same();
            });
        }

        private static Behavior<Message> step(ActorRef<Message> asking) {
            Sum sum = new Sum();
            return Behaviors.setup(context -> Behaviors.receiveMessage(message -> switch (message) {
                case Compute compute when compute.index() <= 2 -> {
                    asking.tell(new Computed(1));
                    yield Behaviors.stopped();
                }
                case Compute compute -> {
                    context.spawnAnonymous(step(context.getSelf())).tell(new Compute(compute.index() - 1));
                    context.spawnAnonymous(step(context.getSelf())).tell(new Compute(compute.index() - 2));
                    yield Behaviors.same();
                }
                case Computed computed -> {
                    if (sum.add(computed.number())) {
                        asking.tell(new Computed(sum.sum));
                        yield Behaviors.stopped();
                    }
                    yield Behaviors.same();
                }
            }));
        }

        @Override
        public void run(int ports) throws InterruptedException {
            round.begin(1);
            system().tell(new Compute(index(ports)));
            round.await(number(index(ports)));
        }
    }

    /** Measures ours. */
    @Benchmark
    @OperationsPerInvocation(PORTS)
    public void ours(Ours side) throws Exception {
        side.run(PORTS);
    }

    /** Measures Pekko. */
    @Benchmark
    @OperationsPerInvocation(PORTS)
    public void pekko(Pekko side) throws Exception {
        side.run(PORTS);
    }
}
