package io.messageport.benchmarks;

import io.messageport.Port;
import io.messageport.PortId;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A barber, a waiting room with a thousand seats, and a port for each customer, which is opened by a factory, ends
 * itself after its haircut, and comes back at once when the room was full (sleeping barber of the Savina suite); the
 * operation is a haircut.
 *
 * <p>Right is: the room is never over-full, the barber has one customer at a time, and each customer is served once.
 */
public class Barber {
    static final int HAIRCUTS = 5_000;

    private static final int SEATS = 1_000;

    /** Who waits, and whether the barber sleeps; owned by the room. */
    private static final class Seats<C> {
        private final Deque<C> waiting = new ArrayDeque<>();
        private boolean asleep = true;

        boolean isFull() {
            return waiting.size() == SEATS;
        }

        /** Lets a customer in; true when that wakes the barber. */
        boolean sit(C customer) {
            waiting.add(customer);
            boolean wakes = asleep;
            asleep = false;
            return wakes;
        }

        /** The next customer; null when there is none, and the barber goes to sleep. */
        C next() {
            C customer = waiting.poll();
            asleep = customer == null;
            return customer;
        }
    }

    /** How many customers went home with a haircut; owned by the factory. */
    private static final class Served {
        private int expected;
        private int done;
        private long sum;

        void open(int all) {
            expected = all;
            done = 0;
            sum = 0;
        }

        /** True when that was the last one. */
        boolean add(int number) {
            sum += number;
            done++;
            return done == expected;
        }
    }

    /** Ports. */
    @State(Scope.Benchmark)
    public static class Ours extends OurSide {
        private final Seats<PortId> seats = new Seats<>();
        private final Served served = new Served();
        private PortId factory;
        private PortId room;

        @Override
        void prepare() {
            Port barber = node().port();
            Port waitingRoom = node().port();
            room = waitingRoom.id();
            barber.on("customer", m -> {
                barber.send(m.port(0), "done");
                barber.send(room, "next");
            });
            waitingRoom.on("enter", m -> {
                if (seats.isFull()) {
                    waitingRoom.send(m.port(0), "full");
                } else if (seats.sit(m.port(0))) {
                    waitingRoom.send(barber.id(), "customer", seats.next());
                }
            });
            waitingRoom.on("next", m -> {
                PortId customer = seats.next();
                if (customer != null) {
                    waitingRoom.send(barber.id(), "customer", customer);
                }
            });
            Port opener = node().port();
            factory = opener.id();
            opener.on("open", m -> {
                for (int i = 0; i < m.intValue(0); i++) {
                    opener.send(room, "enter", customer(i));
                }
            });
            opener.on("returned", m -> opener.send(room, "enter", m.port(0)));
            opener.on("served", m -> {
                if (served.add(m.intValue(0))) {
                    round.report(served.sum);
                }
            });
        }

        private PortId customer(int number) {
            Port customer = node().port();
            customer.on("full", m -> customer.send(factory, "returned", customer.id()));
            customer.on("done", m -> {
                customer.send(factory, "served", number);
                customer.stop();
            });
            return customer.id();
        }

        @Override
        public void run(int haircuts) throws InterruptedException {
            round.begin(1);
            served.open(haircuts);
            node().send(factory, "open", haircuts);
            round.await(Tally.sumBelow(haircuts));
        }
    }

    sealed interface ToFactory {}

    private record Open(int customers) implements ToFactory {}

    private record Returned(ActorRef<ToCustomer> customer) implements ToFactory {}

    private record HasHaircut(int number) implements ToFactory {}

    private sealed interface ToRoom {}

    private record Enter(ActorRef<ToCustomer> customer) implements ToRoom {}

    private record Next() implements ToRoom {}

    private sealed interface ToCustomer {}

    private record Full() implements ToCustomer {}

    private record Done() implements ToCustomer {}

    private record Cut(ActorRef<ToCustomer> customer) {}

    /** Actors; the guardian is the factory. */
    @State(Scope.Benchmark)
    public static class Pekko extends PekkoSide<ToFactory> {
        private final Seats<ActorRef<ToCustomer>> seats = new Seats<>();
        private final Served served = new Served();

        @Override
        Behavior<ToFactory> guardian(ActorContext<ToFactory> context) {
            ActorRef<ToRoom> room = context.spawn(Behaviors.setup(this::room), "room");
            return Behaviors.receiveMessage(message -> {
                switch (message) {
                    case Open open -> {
                        for (int i = 0; i < open.customers(); i++) {
                            room.tell(new Enter(context.spawnAnonymous(customer(context.getSelf(), i))));
                        }
                    }
                    case Returned returned -> room.tell(new Enter(returned.customer()));
                    case HasHaircut one -> {
                        if (served.add(one.number())) {
                            round.report(served.sum);
                        }
                    }
                }
                return Behaviors.same();
            });
        }

        private Behavior<ToRoom> room(ActorContext<ToRoom> context) {
            ActorRef<Cut> barber = context.spawn(Behaviors.receiveMessage(cut -> {
                cut.customer().tell(new Done());
                context.getSelf().tell(new Next());
                return Behaviors.same();
            }), "barber");
            return Behaviors.receiveMessage(message -> {
                switch (message) {
                    case Enter enter when seats.isFull() -> enter.customer().tell(new Full());
                    case Enter enter -> {
                        if (seats.sit(enter.customer())) {
                            barber.tell(new Cut(seats.next()));
                        }
                    }
                    case Next next -> {
                        ActorRef<ToCustomer> customer = seats.next();
                        if (customer != null) {
                            barber.tell(new Cut(customer));
                        }
                    }
                }
                return Behaviors.same();
            });
        }

        private static Behavior<ToCustomer> customer(ActorRef<ToFactory> factory, int number) {
            return Behaviors.setup(context -> Behaviors.receiveMessage(message -> switch (message) {
                case Full full -> {
                    factory.tell(new Returned(context.getSelf()));
                    yield Behaviors.same();
                }
                case Done done -> {
                    factory.tell(new HasHaircut(number));
                    yield Behaviors.stopped();
                }
            }));
        }

        @Override
        public void run(int haircuts) throws InterruptedException {
            round.begin(1);
            served.open(haircuts);
            system().tell(new Open(haircuts));
            round.await(Tally.sumBelow(haircuts));
        }
    }

    /** Measures ours. */
    @Benchmark
    @OperationsPerInvocation(HAIRCUTS)
    public void ours(Ours side) throws Exception {
        side.run(HAIRCUTS);
    }

    /** Measures Pekko. */
    @Benchmark
    @OperationsPerInvocation(HAIRCUTS)
    public void pekko(Pekko side) throws Exception {
        side.run(HAIRCUTS);
    }
}
