package io.messageport.benchmarks;

import io.messageport.CallOutcome;
import io.messageport.Port;
import io.messageport.PortId;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A port calls another one, with a timeout, and makes the next call when it has the reply; the operation is a call and
 * its reply, back in the context of the caller.
 *
 * <p>Ours: {@code port.call("ask", n).then(…)}, answered by {@code reply("answer", n)}. Pekko: {@code context.ask} with
 * the records {@code Ask(n, replyTo)} and {@code Answer(n)}, the reply adapted to a message of the caller. Every message
 * is made when it is sent. Ours also watches the callee for its death, which an ask of Pekko does not.
 */
public class CallReply {
    static final int CALLS = 20_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** A port that calls a port. */
    @State(Scope.Benchmark)
    public static class Ours extends OurSide {
        private PortId caller;

        @Override
        void prepare() {
            Port answering = node().port();
            PortId callee = answering.on("ask", m -> answering.reply("answer", m.intValue(0))).id();
            Port calling = node().port();
            caller = calling.on("begin", m -> ask(calling, callee, m.intValue(0))).id();
        }

        private void ask(Port calling, PortId callee, int left) {
            var unused = calling.call(TIMEOUT, callee, "ask", left).then(outcome -> {
                if (!(outcome instanceof CallOutcome.Reply reply) || reply.message().intValue(1) != left) {
                    throw new IllegalStateException("call " + left + " ended with " + outcome);
                }
                if (left == 1) {
                    round.report(left);
                } else {
                    ask(calling, callee, left - 1);
                }
            });
        }

        @Override
        public void run(int calls) throws InterruptedException {
            round.begin(1);
            node().send(caller, "begin", calls);
            round.await(1);
        }
    }

    private record Ask(int number, ActorRef<Answer> replyTo) {}

    private record Answer(int number) {}

    private sealed interface Turn {}

    private record Begin(int calls) implements Turn {}

    private record Answered(int left, Answer answer, Throwable failure) implements Turn {}

    /** An actor that asks an actor. */
    @State(Scope.Benchmark)
    public static class Pekko extends PekkoSide<Void> {
        private ActorRef<Turn> caller;

        @Override
        Behavior<Void> guardian(ActorContext<Void> context) {
            ActorRef<Ask> callee = context.spawn(Behaviors.receiveMessage(ask -> {
                ask.replyTo().tell(new Answer(ask.number()));
                return Behaviors.same();
            }), "callee");
            caller = context.spawn(Behaviors.setup(own -> Behaviors.receiveMessage(turn -> {
                switch (turn) {
                    case Begin begin -> ask(own, callee, begin.calls());
                    case Answered answered -> answered(own, callee, answered);
                }
                return Behaviors.same();
            })), "caller");
            return Behaviors.empty();
        }

        private void answered(ActorContext<Turn> own, ActorRef<Ask> callee, Answered turn) {
            if (turn.answer() == null || turn.answer().number() != turn.left()) {
                throw new IllegalStateException("call " + turn.left() + " ended with " + turn.answer(), turn.failure());
            }
            if (turn.left() == 1) {
                round.report(turn.left());
            } else {
                ask(own, callee, turn.left() - 1);
            }
        }

        private static void ask(ActorContext<Turn> own, ActorRef<Ask> callee, int left) {
            own.ask(Answer.class, callee, TIMEOUT, (ActorRef<Answer> replyTo) -> new Ask(left, replyTo),
                    (answer, failure) -> new Answered(left, answer, failure));
        }

        @Override
        public void run(int calls) throws InterruptedException {
            round.begin(1);
            caller.tell(new Begin(calls));
            round.await(1);
        }
    }

    /** Measures ours. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void ours(Ours side) throws Exception {
        side.run(CALLS);
    }

    /** Measures Pekko. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void pekko(Pekko side) throws Exception {
        side.run(CALLS);
    }
}
