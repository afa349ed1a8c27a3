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
 * Each of 64 ports asks a random one, answers those who ask it, and asks the next when it has its answer (big of the
 * Savina suite); the operation is a question and its answer, two messages.
 *
 * <p>Ours: the lists {@code ("ping", from)} and {@code ("pong", from)}, from being a place in a table of addresses that
 * all hold. Pekko: the records {@code Ping(from)} and {@code Pong(from)}. Every message is made when it is sent, and both
 * sides ask in the same random order.
 */
public class Big {
    static final int PLAYERS = 64;
    static final int QUESTIONS_EACH = 2_000;

    /** Whom a player asks, and how often; owned by the player. */
    private static final class Questions {
        private long random;
        private int left;
        private int asked;

        Questions(int place) {
            random = 0x9E3779B97F4A7C15L * (place + 1);
        }

        void begin(int questions) {
            left = questions;
            asked = 0;
        }

        boolean more() {
            return left > 0;
        }

        /** Marsaglia's xorshift: cheap, so that it does not hide what is measured. */
        int next() {
            random ^= random << 13;
            random ^= random >>> 7;
            random ^= random << 17;
            left--;
            asked++;
            return (int) (random & (PLAYERS - 1));
        }

        int asked() {
            return asked;
        }
    }

    /** Ports that ask each other. */
    @State(Scope.Benchmark)
    public static class Ours extends OurSide {
        private final PortId[] players = new PortId[PLAYERS];

        @Override
        void prepare() {
            for (int i = 0; i < PLAYERS; i++) {
                Port port = node().port();
                players[i] = port.id();
                player(port, i);
            }
        }

        private void player(Port port, int place) {
            Questions questions = new Questions(place);
            port.on("ping", m -> port.send(players[m.intValue(0)], "pong", place));
            port.on("pong", m -> {
                if (questions.more()) {
                    port.send(players[questions.next()], "ping", place);
                } else {
                    round.report(questions.asked());
                }
            });
            port.on("begin", m -> {
                questions.begin(m.intValue(0));
                port.send(players[questions.next()], "ping", place);
            });
        }

        @Override
        public void run(int questionsEach) throws InterruptedException {
            round.begin(PLAYERS);
            for (PortId player : players) {
                node().send(player, "begin", questionsEach);
            }
            round.await((long) PLAYERS * questionsEach);
        }
    }

    private sealed interface Move {}

    private record Begin(int questions) implements Move {}

    private record Ping(int from) implements Move {}

    private record Pong(int from) implements Move {}

    /** Actors that ask each other. */
    @State(Scope.Benchmark)
    public static class Pekko extends PekkoSide<Void> {
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        private final ActorRef<Move>[] players = new ActorRef[PLAYERS];

        @Override
        Behavior<Void> guardian(ActorContext<Void> context) {
            for (int i = 0; i < PLAYERS; i++) {
                players[i] = context.spawn(player(i), "player-" + i);
            }
            return Behaviors.empty();
        }

        private Behavior<Move> player(int place) {
            Questions questions = new Questions(place);
            return Behaviors.receiveMessage(move -> {
                switch (move) {
                    case Ping ping -> players[ping.from()].tell(new Pong(place));
                    case Pong pong when questions.more() -> players[questions.next()].tell(new Ping(place));
                    case Pong pong -> round.report(questions.asked());
                    case Begin begin -> {
                        questions.begin(begin.questions());
                        players[questions.next()].tell(new Ping(place));
                    }
                }
                return Behaviors.same();
            });
        }

        @Override
        public void run(int questionsEach) throws InterruptedException {
            round.begin(PLAYERS);
            for (ActorRef<Move> player : players) {
                player.tell(new Begin(questionsEach));
            }
            round.await((long) PLAYERS * questionsEach);
        }
    }

    /** Measures ours. */
    @Benchmark
    @OperationsPerInvocation(PLAYERS * QUESTIONS_EACH)
    public void ours(Ours side) throws Exception {
        side.run(QUESTIONS_EACH);
    }

    /** Measures Pekko. */
    @Benchmark
    @OperationsPerInvocation(PLAYERS * QUESTIONS_EACH)
    public void pekko(Pekko side) throws Exception {
        side.run(QUESTIONS_EACH);
    }
}
