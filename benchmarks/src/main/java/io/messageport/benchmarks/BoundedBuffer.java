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
 * Forty producers and forty consumers with a buffer of fifty places between them, which asks a producer for the next item
 * only while there is room (bounded buffer of the Savina suite); the operation is an item on its way through.
 *
 * <p>Right is: the buffer is never over-full, and the consumers got the sum of what the producers made.
 */
public class BoundedBuffer {
    static final int PRODUCERS = 40;
    static final int ITEMS_EACH = 1_000;

    private static final int CONSUMERS = 40;
    private static final int PLACES = 50;

    /** What waits for what; owned by the buffer. */
    private static final class Places<P, C> {
        private final Deque<Integer> items = new ArrayDeque<>();
        private final Deque<P> held = new ArrayDeque<>();
        private final Deque<C> idle = new ArrayDeque<>();
        private int itemsEach;

        /** Items that producers were told to make, and that have not come. */
        private int underWay;

        private int consumed;
        private long sum;

        void open(int each) {
            itemsEach = each;
            underWay = PRODUCERS;
            consumed = 0;
            sum = 0;
        }

        /** An item came: the consumer that gets it at once, or null when it waits in the buffer. */
        C arrived(int item, P producer) {
            underWay--;
            if (item < itemsEach) {
                held.add(producer);
            }
            C consumer = idle.poll();
            if (consumer == null) {
                items.add(item);
                if (items.size() > PLACES) {
                    throw new IllegalStateException(items.size() + " items in a buffer of " + PLACES);
                }
            }
            return consumer;
        }

        /** A consumer has finished with an item: the next one for it, or null when it goes idle. */
        Integer finished(int item, C consumer) {
            sum += item;
            consumed++;
            Integer next = items.poll();
            if (next == null) {
                idle.add(consumer);
            }
            return next;
        }

        boolean isAllConsumed() {
            return consumed == PRODUCERS * itemsEach;
        }

        /** A producer that may go on, because there is room for its item; null when there is none of either. */
        P admit() {
            if (held.isEmpty() || items.size() + underWay >= PLACES) {
                return null;
            }
            underWay++;
            return held.poll();
        }
    }

    /** Numbers of a producer, from 1 on; owned by the producer. */
    private static final class Supply {
        private int made;

        void begin() {
            made = 0;
        }

        int next() {
            made++;
            return made;
        }
    }

    private static long sumOf(int itemsEach) {
        return (long) PRODUCERS * itemsEach * (itemsEach + 1) / 2;
    }

    /** Ports. */
    @State(Scope.Benchmark)
    public static class Ours extends OurSide {
        private final Places<PortId, PortId> places = new Places<>();
        private final PortId[] producers = new PortId[PRODUCERS];

        @Override
        void prepare() {
            Port buffer = node().port();
            buffer.on("item", m -> {
                PortId consumer = places.arrived(m.intValue(0), m.port(1));
                if (consumer != null) {
                    buffer.send(consumer, "consume", m.intValue(0));
                }
                tellToMake(buffer);
            });
            buffer.on("consumed", m -> {
                Integer next = places.finished(m.intValue(0), m.port(1));
                if (next != null) {
                    buffer.send(m.port(1), "consume", next);
                    tellToMake(buffer);
                } else if (places.isAllConsumed()) {
                    round.report(places.sum);
                }
            });
            for (int i = 0; i < PRODUCERS; i++) {
                producers[i] = producer(node().port(), buffer.id(), new Supply());
            }
            for (int i = 0; i < CONSUMERS; i++) {
                Port consumer = node().port();
                places.idle.add(consumer.id());
                consumer.on("consume", m -> consumer.send(buffer.id(), "consumed", m.intValue(0), consumer.id()));
            }
        }

        private void tellToMake(Port buffer) {
            for (PortId producer = places.admit(); producer != null; producer = places.admit()) {
                buffer.send(producer, "make");
            }
        }

        private static PortId producer(Port port, PortId buffer, Supply supply) {
            port.on("begin", m -> {
                supply.begin();
                port.send(buffer, "item", supply.next(), port.id());
            });
            port.on("make", m -> port.send(buffer, "item", supply.next(), port.id()));
            return port.id();
        }

        @Override
        public void run(int itemsEach) throws InterruptedException {
            round.begin(1);
            places.open(itemsEach);
            for (PortId producer : producers) {
                node().send(producer, "begin");
            }
            round.await(sumOf(itemsEach));
        }
    }

    private sealed interface ToBuffer {}

    private record Item(int number, ActorRef<ToProducer> from) implements ToBuffer {}

    private record Consumed(int number, ActorRef<Consume> by) implements ToBuffer {}

    private sealed interface ToProducer {}

    private record Begin() implements ToProducer {}

    private record Make() implements ToProducer {}

    private record Consume(int number) {}

    /** Actors. */
    @State(Scope.Benchmark)
    public static class Pekko extends PekkoSide<Void> {
        private final Places<ActorRef<ToProducer>, ActorRef<Consume>> places = new Places<>();

        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        private final ActorRef<ToProducer>[] producers = new ActorRef[PRODUCERS];

        @Override
        Behavior<Void> guardian(ActorContext<Void> context) {
            ActorRef<ToBuffer> buffer = context.spawn(Behaviors.receiveMessage(message -> {
                switch (message) {
                    case Item item -> store(item);
                    case Consumed consumed -> consumed(consumed);
                }
                return Behaviors.same();
            }), "buffer");
            for (int i = 0; i < PRODUCERS; i++) {
                producers[i] = context.spawn(producer(buffer, new Supply()), "producer-" + i);
            }
            for (int i = 0; i < CONSUMERS; i++) {
                places.idle.add(context.spawn(consumer(buffer), "consumer-" + i));
            }
            return Behaviors.empty();
        }

        private void store(Item item) {
            ActorRef<Consume> consumer = places.arrived(item.number(), item.from());
            if (consumer != null) {
                consumer.tell(new Consume(item.number()));
            }
            tellToMake();
        }

        private void consumed(Consumed consumed) {
            Integer next = places.finished(consumed.number(), consumed.by());
            if (next != null) {
                consumed.by().tell(new Consume(next));
                tellToMake();
            } else if (places.isAllConsumed()) {
                round.report(places.sum);
            }
        }

        private void tellToMake() {
            for (ActorRef<ToProducer> producer = places.admit(); producer != null; producer = places.admit()) {
                producer.tell(new Make());
            }
        }

        private static Behavior<ToProducer> producer(ActorRef<ToBuffer> buffer, Supply supply) {
            return Behaviors.setup(context -> Behaviors.receiveMessage(message -> {
                switch (message) {
                    case Begin begin -> supply.begin();
                    case Make make -> {}
                }
                buffer.tell(new Item(supply.next(), context.getSelf()));
                return Behaviors.same();
            }));
        }

        private static Behavior<Consume> consumer(ActorRef<ToBuffer> buffer) {
            return Behaviors.setup(context -> Behaviors.receiveMessage(consume -> {
                buffer.tell(new Consumed(consume.number(), context.getSelf()));
                return Behaviors.same();
            }));
        }

        @Override
        public void run(int itemsEach) throws InterruptedException {
            round.begin(1);
            places.open(itemsEach);
            for (ActorRef<ToProducer> producer : producers) {
                producer.tell(new Begin());
            }
            round.await(sumOf(itemsEach));
        }
    }

    /** Measures ours. */
    @Benchmark
    @OperationsPerInvocation(PRODUCERS * ITEMS_EACH)
    public void ours(Ours side) throws Exception {
        side.run(ITEMS_EACH);
    }

    /** Measures Pekko. */
    @Benchmark
    @OperationsPerInvocation(PRODUCERS * ITEMS_EACH)
    public void pekko(Pekko side) throws Exception {
        side.run(ITEMS_EACH);
    }
}
