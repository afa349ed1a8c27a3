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
 * A hundred creatures of three colours meet in pairs at a mall, and each takes the third colour, or keeps its own when
 * they are of the same (chameneos of the Savina suite); the operation is a meeting.
 *
 * <p>Right is: each creature counts its meetings, and they count each meeting twice, but none with itself and none more
 * once the mall has closed.
 */
public class Chameneos {
    static final int CREATURES = 100;
    static final int MEETINGS = 50_000;

    private static final int COLOURS = 3;

    /** The colour after a meeting of these two. */
    private static int complement(int own, int other) {
        return own == other ? own : COLOURS - own - other;
    }

    /** Who waits, how many may meet yet, and how many went home; owned by the mall. */
    private static final class Guests<R> {
        private R waiting;
        private int meetingsLeft;
        private int atHome;
        private long counted;

        void open(int meetings) {
            waiting = null;
            meetingsLeft = meetings;
            atHome = 0;
            counted = 0;
        }

        boolean isClosed() {
            return meetingsLeft == 0;
        }

        /** The guest that the new one meets; null when it is alone, and waits. */
        R pair(R guest) {
            R other = waiting;
            if (other == null) {
                waiting = guest;
                return null;
            }
            waiting = null;
            meetingsLeft--;
            return other;
        }

        /** True when all are at home. */
        boolean home(int meetings) {
            counted += meetings;
            atHome++;
            return atHome == CREATURES;
        }

        long counted() {
            return counted;
        }
    }

    /** Colour and number of meetings; owned by the creature. */
    private static final class Creature {
        private int colour;
        private int meetings;

        Creature(int number) {
            colour = number % COLOURS;
        }

        int colour() {
            return colour;
        }

        void meet(int other) {
            colour = complement(colour, other);
            meetings++;
        }

        int takeMeetings() {
            int all = meetings;
            meetings = 0;
            return all;
        }
    }

    /** Ports. */
    @State(Scope.Benchmark)
    public static class Ours extends OurSide {
        private final Guests<PortId> guests = new Guests<>();
        private final PortId[] creatures = new PortId[CREATURES];
        private PortId mall;

        @Override
        void prepare() {
            Port place = node().port();
            mall = place.id();
            place.on("enter", m -> {
                PortId guest = m.port(1);
                if (guests.isClosed()) {
                    place.send(guest, "closed");
                    return;
                }
                PortId other = guests.pair(guest);
                if (other != null) {
                    place.send(other, "meet", m.intValue(0), guest);
                }
            });
            place.on("home", m -> {
                if (guests.home(m.intValue(0))) {
                    round.report(guests.counted());
                }
            });
            for (int i = 0; i < CREATURES; i++) {
                creatures[i] = creature(node().port(), new Creature(i));
            }
        }

        private PortId creature(Port port, Creature creature) {
            port.on("go", m -> port.send(mall, "enter", creature.colour(), port.id()));
            port.on("meet", m -> {
                int own = creature.colour();
                creature.meet(m.intValue(0));
                port.send(m.port(1), "changed", own);
                port.send(mall, "enter", creature.colour(), port.id());
            });
            port.on("changed", m -> {
                creature.meet(m.intValue(0));
                port.send(mall, "enter", creature.colour(), port.id());
            });
            port.on("closed", m -> port.send(mall, "home", creature.takeMeetings()));
            return port.id();
        }

        @Override
        public void run(int meetings) throws InterruptedException {
            round.begin(1);
            guests.open(meetings);
            for (PortId creature : creatures) {
                node().send(creature, "go");
            }
            round.await(2L * meetings);
        }
    }

    private sealed interface ToMall {}

    private record Enter(int colour, ActorRef<ToCreature> guest) implements ToMall {}

    private record Home(int meetings) implements ToMall {}

    private sealed interface ToCreature {}

    private record Go() implements ToCreature {}

    private record Meet(int colour, ActorRef<ToCreature> other) implements ToCreature {}

    private record Changed(int colour) implements ToCreature {}

    private record Closed() implements ToCreature {}

    /** Actors. */
    @State(Scope.Benchmark)
    public static class Pekko extends PekkoSide<Void> {
        private final Guests<ActorRef<ToCreature>> guests = new Guests<>();

        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        private final ActorRef<ToCreature>[] creatures = new ActorRef[CREATURES];

        @Override
        Behavior<Void> guardian(ActorContext<Void> context) {
            ActorRef<ToMall> mall = context.spawn(Behaviors.receiveMessage(message -> {
                switch (message) {
                    case Enter enter -> enter(enter);
                    case Home home -> {
                        if (guests.home(home.meetings())) {
                            round.report(guests.counted());
                        }
                    }
                }
                return Behaviors.same();
            }), "mall");
            for (int i = 0; i < CREATURES; i++) {
                creatures[i] = context.spawn(creature(mall, new Creature(i)), "creature-" + i);
            }
            return Behaviors.empty();
        }

        private void enter(Enter enter) {
            if (guests.isClosed()) {
                enter.guest().tell(new Closed());
                return;
            }
            ActorRef<ToCreature> other = guests.pair(enter.guest());
            if (other != null) {
                other.tell(new Meet(enter.colour(), enter.guest()));
            }
        }

        private static Behavior<ToCreature> creature(ActorRef<ToMall> mall, Creature creature) {
            return Behaviors.setup(context -> Behaviors.receiveMessage(message -> {
                switch (message) {
                    case Go go -> mall.tell(new Enter(creature.colour(), context.getSelf()));
                    case Meet meet -> {
                        int own = creature.colour();
                        creature.meet(meet.colour());
                        meet.other().tell(new Changed(own));
                        mall.tell(new Enter(creature.colour(), context.getSelf()));
                    }
                    case Changed changed -> {
                        creature.meet(changed.colour());
                        mall.tell(new Enter(creature.colour(), context.getSelf()));
                    }
                    case Closed closed -> mall.tell(new Home(creature.takeMeetings()));
                }
                return Behaviors.same();
            }));
        }

        @Override
        public void run(int meetings) throws InterruptedException {
            round.begin(1);
            guests.open(meetings);
            for (ActorRef<ToCreature> creature : creatures) {
                creature.tell(new Go());
            }
            round.await(2L * meetings);
        }
    }

    /** Measures ours. */
    @Benchmark
    @OperationsPerInvocation(MEETINGS)
    public void ours(Ours side) throws Exception {
        side.run(MEETINGS);
    }

    /** Measures Pekko. */
    @Benchmark
    @OperationsPerInvocation(MEETINGS)
    public void pekko(Pekko side) throws Exception {
        side.run(MEETINGS);
    }
}
