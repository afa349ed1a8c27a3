package io.messageport.benchmarks;

import io.messageport.Port;
import io.messageport.PortId;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.UntypedAbstractActor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A port opens another one without a name of its choice, sends it one message, which it handles, and it ends itself; the
 * operation is such a life. The parent does a batch of them within one handler, and the round is over when every child
 * has handled its message: the last deaths of a batch run into the next one, on all sides.
 *
 * <p>Ours: {@code node.port()} with a handler for {@code ("go", n)}, which ends with {@code stop()}. Pekko typed: the
 * guardian's {@code context.spawnAnonymous} and {@code Behaviors.stopped()}, with the record {@code Go(n)}. Pekko
 * classic: a top-level actor's {@code context.actorOf} and {@code context.stop(self)}.
 */
public class Spawn {
    static final int LIVES = 1_000;

    /** One port and its short-lived others. */
    @State(Scope.Benchmark)
    public static class Ours extends OurSide {
        private PortId parent;

        @Override
        void prepare() {
            Port opened = node().port();
            parent = opened.id();
            opened.on("spawn", m -> {
                int lives = m.intValue(0);
                for (int i = 0; i < lives; i++) {
                    opened.send(child(), "go", i);
                }
            });
        }

        private PortId child() {
            Port child = node().port();
            return child.on("go", m -> {
                round.report(m.intValue(0));
                child.stop();
            }).id();
        }

        @Override
        public void run(int lives) throws InterruptedException {
            round.begin(lives);
            node().send(parent, "spawn", lives);
            round.await(Tally.sumBelow(lives));
        }
    }

    private record Go(int number) {}

    /** The guardian and its children. */
    @State(Scope.Benchmark)
    public static class Pekko extends PekkoSide<Integer> {
        @Override
        Behavior<Integer> guardian(ActorContext<Integer> context) {
            return Behaviors.receiveMessage(lives -> {
                for (int i = 0; i < lives; i++) {
                    ActorRef<Go> child = context.spawnAnonymous(child());
                    child.tell(new Go(i));
                }
                return Behaviors.same();
            });
        }

        private Behavior<Go> child() {
            return Behaviors.receiveMessage(go -> {
                round.report(go.number());
                return Behaviors.stopped();
            });
        }

        @Override
        public void run(int lives) throws InterruptedException {
            round.begin(lives);
            system().tell(lives);
            round.await(Tally.sumBelow(lives));
        }
    }

    /** The same with the classic actors of Pekko. */
    @State(Scope.Benchmark)
    public static class Classic implements Side {
        private final Round round = new Round();
        private ActorSystem system;
        private org.apache.pekko.actor.ActorRef parent;

        @Override
        @Setup
        public void open() {
            system = ActorSystem.create("benchmark", PekkoSide.config());
            parent = system.actorOf(Props.create(Parent.class, () -> new Parent(round)));
        }

        @Override
        public void run(int lives) throws InterruptedException {
            round.begin(lives);
            parent.tell(lives, org.apache.pekko.actor.ActorRef.noSender());
            round.await(Tally.sumBelow(lives));
        }

        @Override
        @TearDown
        public void close() throws Exception {
            system.terminate();
            Object unused = system.getWhenTerminated().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }

    private static final class Parent extends UntypedAbstractActor {
        private final Round round;

        Parent(Round round) {
            this.round = round;
        }

        @Override
        public void onReceive(Object lives) {
            for (int i = 0; i < (Integer) lives; i++) {
                getContext().actorOf(Props.create(Child.class, () -> new Child(round))).tell(new Go(i), getSelf());
            }
        }
    }

    private static final class Child extends UntypedAbstractActor {
        private final Round round;

        Child(Round round) {
            this.round = round;
        }

        @Override
        public void onReceive(Object go) {
            round.report(((Go) go).number());
            getContext().stop(getSelf());
        }
    }

    /** Measures ours. */
    @Benchmark
    @OperationsPerInvocation(LIVES)
    public void ours(Ours side) throws Exception {
        side.run(LIVES);
    }

    /** Measures Pekko typed. */
    @Benchmark
    @OperationsPerInvocation(LIVES)
    public void pekko(Pekko side) throws Exception {
        side.run(LIVES);
    }

    /** Measures Pekko classic. */
    @Benchmark
    @OperationsPerInvocation(LIVES)
    public void pekkoClassic(Classic side) throws Exception {
        side.run(LIVES);
    }
}
