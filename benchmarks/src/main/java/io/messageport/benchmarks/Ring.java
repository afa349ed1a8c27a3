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
 * A token goes round a ring of 503 ports (the thread ring of the Savina suite); the operation is a hop, one message.
 *
 * <p>Ours: the list {@code ("token", left)}. Pekko: the record {@code Token(left)}. Every message is made when it is
 * sent. Who gets the token with nothing left reports its place, which follows from the number of hops.
 */
public class Ring {
    static final int PLACES = 503;
    static final int HOPS = 100_000;

    /** A ring of ports. */
    @State(Scope.Benchmark)
    public static class Ours extends OurSide {
        private final PortId[] ring = new PortId[PLACES];

        @Override
        void prepare() {
            for (int i = 0; i < PLACES; i++) {
                Port port = node().port();
                ring[i] = port.id();
                int place = i;
                int next = (i + 1) % PLACES;
                port.on("token", m -> {
                    int left = m.intValue(0);
                    if (left == 0) {
                        round.report(place);
                    } else {
                        port.send(ring[next], "token", left - 1);
                    }
                });
            }
        }

        @Override
        public void run(int hops) throws InterruptedException {
            round.begin(1);
            node().send(ring[0], "token", hops);
            round.await(hops % PLACES);
        }
    }

    private record Token(int left) {}

    /** A ring of actors. */
    @State(Scope.Benchmark)
    public static class Pekko extends PekkoSide<Void> {
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        private final ActorRef<Token>[] ring = new ActorRef[PLACES];

        @Override
        Behavior<Void> guardian(ActorContext<Void> context) {
            for (int i = 0; i < PLACES; i++) {
                int place = i;
                int next = (i + 1) % PLACES;
                ring[i] = context.spawn(Behaviors.receiveMessage(token -> {
                    int left = token.left();
                    if (left == 0) {
                        round.report(place);
                    } else {
                        ring[next].tell(new Token(left - 1));
                    }
                    return Behaviors.same();
                }), "place-" + i);
            }
            return Behaviors.empty();
        }

        @Override
        public void run(int hops) throws InterruptedException {
            round.begin(1);
            ring[0].tell(new Token(hops));
            round.await(hops % PLACES);
        }
    }

    /** Measures ours. */
    @Benchmark
    @OperationsPerInvocation(HOPS)
    public void ours(Ours side) throws Exception {
        side.run(HOPS);
    }

    /** Measures Pekko. */
    @Benchmark
    @OperationsPerInvocation(HOPS)
    public void pekko(Pekko side) throws Exception {
        side.run(HOPS);
    }
}
