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
 * Twenty philosophers at a round table with twenty forks, which a waiter hands out in pairs: who is denied asks again at
 * once, as in the original (dining philosophers of the Savina suite); the operation is a meal.
 *
 * <p>Right is: nobody eats with a fork that a neighbour holds, and each has all meals.
 */
public class Philosophers {
    static final int PHILOSOPHERS = 20;
    static final int MEALS_EACH = 1_000;

    /** The forks, and how many meals were eaten; owned by the waiter. */
    private static final class Table {
        private final boolean[] taken = new boolean[PHILOSOPHERS];
        private int meals;
        private int full;

        void open() {
            meals = 0;
            full = 0;
        }

        boolean take(int place) {
            int right = (place + 1) % PHILOSOPHERS;
            if (taken[place] || taken[right]) {
                return false;
            }
            taken[place] = true;
            taken[right] = true;
            return true;
        }

        void putBack(int place) {
            int right = (place + 1) % PHILOSOPHERS;
            if (!taken[place] || !taken[right]) {
                throw new IllegalStateException("philosopher " + place + " has eaten without its forks");
            }
            taken[place] = false;
            taken[right] = false;
            meals++;
        }

        /** One has had all its meals; true when it was the last one. */
        boolean leave() {
            full++;
            return full == PHILOSOPHERS;
        }

        int meals() {
            return meals;
        }
    }

    /** The meals that are left; owned by the philosopher. */
    private static final class Hunger {
        private int left;

        void begin(int meals) {
            left = meals;
        }

        /** Has a meal; true when that was enough. */
        boolean eat() {
            left--;
            return left == 0;
        }
    }

    /** Ports. */
    @State(Scope.Benchmark)
    public static class Ours extends OurSide {
        private final Table table = new Table();
        private final PortId[] philosophers = new PortId[PHILOSOPHERS];

        @Override
        void prepare() {
            Port waiter = node().port();
            waiter.on("hungry", m -> {
                int place = m.intValue(0);
                waiter.send(philosophers[place], table.take(place) ? "eat" : "denied");
            });
            waiter.on("done", m -> table.putBack(m.intValue(0)));
            waiter.on("leave", m -> {
                if (table.leave()) {
                    round.report(table.meals());
                }
            });
            for (int i = 0; i < PHILOSOPHERS; i++) {
                Port port = node().port();
                philosophers[i] = port.id();
                philosopher(port, waiter.id(), i);
            }
        }

        private static void philosopher(Port port, PortId waiter, int place) {
            Hunger hunger = new Hunger();
            port.on("begin", m -> {
                hunger.begin(m.intValue(0));
                port.send(waiter, "hungry", place);
            });
            port.on("denied", m -> port.send(waiter, "hungry", place));
            port.on("eat", m -> {
                boolean enough = hunger.eat();
                port.send(waiter, "done", place);
                if (enough) {
                    port.send(waiter, "leave");
                } else {
                    port.send(waiter, "hungry", place);
                }
            });
        }

        @Override
        public void run(int mealsEach) throws InterruptedException {
            round.begin(1);
            table.open();
            for (PortId philosopher : philosophers) {
                node().send(philosopher, "begin", mealsEach);
            }
            round.await((long) PHILOSOPHERS * mealsEach);
        }
    }

    private sealed interface ToWaiter {}

    private record Hungry(int place) implements ToWaiter {}

    private record Done(int place) implements ToWaiter {}

    private record Leave() implements ToWaiter {}

    private sealed interface ToPhilosopher {}

    private record Begin(int meals) implements ToPhilosopher {}

    private record Denied() implements ToPhilosopher {}

    private record Eat() implements ToPhilosopher {}

    /** Actors. */
    @State(Scope.Benchmark)
    public static class Pekko extends PekkoSide<Void> {
        private final Table table = new Table();

        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        private final ActorRef<ToPhilosopher>[] philosophers = new ActorRef[PHILOSOPHERS];

        @Override
        Behavior<Void> guardian(ActorContext<Void> context) {
            ActorRef<ToWaiter> waiter = context.spawn(Behaviors.receiveMessage(message -> {
                switch (message) {
                    case Hungry hungry ->
                            philosophers[hungry.place()].tell(table.take(hungry.place()) ? new Eat() : new Denied());
                    case Done done -> table.putBack(done.place());
                    case Leave leave -> {
                        if (table.leave()) {
                            round.report(table.meals());
                        }
                    }
                }
                return Behaviors.same();
            }), "waiter");
            for (int i = 0; i < PHILOSOPHERS; i++) {
                philosophers[i] = context.spawn(philosopher(waiter, i), "philosopher-" + i);
            }
            return Behaviors.empty();
        }

        private static Behavior<ToPhilosopher> philosopher(ActorRef<ToWaiter> waiter, int place) {
            Hunger hunger = new Hunger();
            return Behaviors.receiveMessage(message -> {
                switch (message) {
                    case Begin begin -> {
                        hunger.begin(begin.meals());
                        waiter.tell(new Hungry(place));
                    }
                    case Denied denied -> waiter.tell(new Hungry(place));
                    case Eat eat -> {
                        boolean enough = hunger.eat();
                        waiter.tell(new Done(place));
                        waiter.tell(enough ? new Leave() : new Hungry(place));
                    }
                }
                return Behaviors.same();
            });
        }

        @Override
        public void run(int mealsEach) throws InterruptedException {
            round.begin(1);
            table.open();
            for (ActorRef<ToPhilosopher> philosopher : philosophers) {
                philosopher.tell(new Begin(mealsEach));
            }
            round.await((long) PHILOSOPHERS * mealsEach);
        }
    }

    /** Measures ours. */
    @Benchmark
    @OperationsPerInvocation(PHILOSOPHERS * MEALS_EACH)
    public void ours(Ours side) throws Exception {
        side.run(MEALS_EACH);
    }

    /** Measures Pekko. */
    @Benchmark
    @OperationsPerInvocation(PHILOSOPHERS * MEALS_EACH)
    public void pekko(Pekko side) throws Exception {
        side.run(MEALS_EACH);
    }
}
