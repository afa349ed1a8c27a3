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
 * Ping-pong between two ports, one message under way at a time; the operation is a round trip, two messages.
 *
 * <p>Ours: the lists {@code ("ping", n)} and {@code ("pong", n)}, by tag handlers. Pekko: the records {@code Ping(n)} and
 * {@code Pong(n)}. Every message is made when it is sent, n counts down, and each end holds the address of the other.
 */
public class PingPong {
    static final int ROUND_TRIPS = 100_000;

    /** Two ports. */
    @State(Scope.Benchmark)
    public static class Ours extends OurSide {
        private PortId pinger;

        @Override
        void prepare() {
            Port ping = node().port();
            Port pong = node().port();
            pinger = ping.id();
            PortId ponger = pong.id();
            pong.on("ping", m -> pong.send(pinger, "pong", m.intValue(0)));
            Trips trips = new Trips();
            ping.on("pong", m -> {
                int left = m.intValue(0);
                if (left == 0) {
                    round.report(trips.take());
                } else {
                    trips.add();
                    ping.send(ponger, "ping", left - 1);
                }
            });
        }

        @Override
        public void run(int roundTrips) throws InterruptedException {
            round.begin(1);
            node().send(pinger, "pong", roundTrips);
            round.await(roundTrips);
        }
    }

    private record Ping(int left) {}

    private record Pong(int left) {}

    /** Two actors. */
    @State(Scope.Benchmark)
    public static class Pekko extends PekkoSide<Void> {
        private ActorRef<Pong> pinger;

        @Override
        Behavior<Void> guardian(ActorContext<Void> context) {
            ActorRef<Ping> ponger = context.spawn(Behaviors.receiveMessage(ping -> {
                pinger.tell(new Pong(ping.left()));
                return Behaviors.same();
            }), "ponger");
            Trips trips = new Trips();
            pinger = context.spawn(Behaviors.receiveMessage(pong -> {
                int left = pong.left();
                if (left == 0) {
                    round.report(trips.take());
                } else {
                    trips.add();
                    ponger.tell(new Ping(left - 1));
                }
                return Behaviors.same();
            }), "pinger");
            return Behaviors.empty();
        }

        @Override
        public void run(int roundTrips) throws InterruptedException {
            round.begin(1);
            pinger.tell(new Pong(roundTrips));
            round.await(roundTrips);
        }
    }

    /** The pings that were sent; owned by the pinger. */
    private static final class Trips {
        private int made;

        void add() {
            made++;
        }

        int take() {
            int all = made;
            made = 0;
            return all;
        }
    }

    /** Measures ours. */
    @Benchmark
    @OperationsPerInvocation(ROUND_TRIPS)
    public void ours(Ours side) throws Exception {
        side.run(ROUND_TRIPS);
    }

    /** Measures Pekko. */
    @Benchmark
    @OperationsPerInvocation(ROUND_TRIPS)
    public void pekko(Pekko side) throws Exception {
        side.run(ROUND_TRIPS);
    }
}
