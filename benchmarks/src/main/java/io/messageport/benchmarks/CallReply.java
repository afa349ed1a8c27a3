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
 * Sixteen ports, each of which calls a port of its own, with a timeout, and makes the next call when it has the reply; the
 * operation is a call and its reply, back in the context of the caller.
 *
 * <p>Ours: {@code port.call("ask", n).then(…)}, answered by {@code reply("answer", n)}. Pekko: {@code context.ask} with
 * the records {@code Ask(n, replyTo)} and {@code Answer(n)}, the reply adapted to a message of the caller. Every message
 * is made when it is sent. Ours also watches the callee for its death, which an ask of Pekko does not.
 *
 * <p>Sixteen pairs and not one, because the threads of Pekko's dispatcher go to sleep between the steps of a single ask: the
 * figure would be the time that the operating system needs to wake a thread, and not what a call costs.
 */
public class CallReply {
    static final int CALLERS = 16;
    static final int CALLS_EACH = 2_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Ports that call ports. */
    @State(Scope.Benchmark)
    public static class Ours extends OurSide {
        private final PortId[] callers = new PortId[CALLERS];

        @Override
        void prepare() {
            for (int i = 0; i < CALLERS; i++) {
                Port answering = node().port();
                PortId callee = answering.on("ask", m -> answering.reply("answer", m.intValue(0))).id();
                Port calling = node().port();
                callers[i] = calling.on("begin", m -> ask(calling, callee, m.intValue(0))).id();
            }
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
        public void run(int callsEach) throws InterruptedException {
            round.begin(CALLERS);
            for (PortId caller : callers) {
                node().send(caller, "begin", callsEach);
            }
            round.await(CALLERS);
        }
    }

    private record Ask(int number, ActorRef<Answer> replyTo) {}

    private record Answer(int number) {}

    private sealed interface Turn {}

    private record Begin(int calls) implements Turn {}

    private record Answered(int left, Answer answer, Throwable failure) implements Turn {}

    /** Actors that ask actors. */
    @State(Scope.Benchmark)
    public static class Pekko extends PekkoSide<Void> {
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        private final ActorRef<Turn>[] callers = new ActorRef[CALLERS];

        @Override
        Behavior<Void> guardian(ActorContext<Void> context) {
            for (int i = 0; i < CALLERS; i++) {
                ActorRef<Ask> callee = context.spawn(Behaviors.receiveMessage(ask -> {
                    ask.replyTo().tell(new Answer(ask.number()));
                    return Behaviors.same();
                }), "callee-" + i);
                callers[i] = context.spawn(caller(callee), "caller-" + i);
            }
            return Behaviors.empty();
        }

        private Behavior<Turn> caller(ActorRef<Ask> callee) {
            return Behaviors.setup(own -> Behaviors.receiveMessage(turn -> {
                switch (turn) {
                    case Begin begin -> ask(own, callee, begin.calls());
                    case Answered answered -> answered(own, callee, answered);
                }
                return Behaviors.same();
            }));
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
        public void run(int callsEach) throws InterruptedException {
            round.begin(CALLERS);
            for (ActorRef<Turn> caller : callers) {
                caller.tell(new Begin(callsEach));
            }
            round.await(CALLERS);
        }
    }

    /** Measures ours. */
    @Benchmark
    @OperationsPerInvocation(CALLERS * CALLS_EACH)
    public void ours(Ours side) throws Exception {
        side.run(CALLS_EACH);
    }

    /** Measures Pekko. */
    @Benchmark
    @OperationsPerInvocation(CALLERS * CALLS_EACH)
    public void pekko(Pekko side) throws Exception {
        side.run(CALLS_EACH);
    }
}
