package io.messageport.runtime.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Message;
import io.messageport.NodeId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Messages of the database that are almost right: each is taken, ignored or refused, and none ends in an exception. */
@Tag("T-16")
@Tag("T-2")
class MutatedMessagesTest {
    private static final int MESSAGES = 8_000;

    private final SplittableRandom random = new SplittableRandom(16);
    private final FakeNetwork net = new FakeNetwork(random);
    private final FakeNode global = net.start("g", true, 1_000_000_000L);
    private final FakeNode other = net.start("h", true, 0);
    private final FakeNode honest = net.start("honest", false, 0);
    private final FakeNode hostile = net.start("hostile", false, 0);
    private final FakeNode watching = net.start("watching", false, 1_000_000_000L);

    private Object[] right() {
        NodeId owner = any(List.of(hostile.id, honest.id, global.id, NodeId.of("ghost" + random.nextInt(3))));
        long life = any(List.of(hostile.replica.own().life(), honest.replica.own().life(), 5L));
        long number = random.nextInt(12);
        String family = any(List.of("f", "g", "'l", ""));
        Object change = random.nextBoolean()
                ? Arrays.asList(number, 1L + random.nextInt(5), family, "k" + random.nextInt(3), any(VALUES))
                : List.of(number, 0L, family, "k" + random.nextInt(3));
        return switch (random.nextInt(9)) {
            case 0 -> new Object[] {"dbb"};
            case 1 -> new Object[] {"dbh", owner, life, number};
            case 2 -> new Object[] {"dbq", owner, life, number};
            case 3 -> new Object[] {"dbw", family, (long) random.nextInt(3), random.nextBoolean(), owner, life, number};
            case 4 -> new Object[] {"dbu", family};
            case 5 -> new Object[] {"dbe", family, (long) random.nextInt(3)};
            case 6 -> new Object[] {"dbx", List.of(family, 0L, owner)};
            case 7 -> new Object[] {"dba", random.nextInt(5000)};
            default -> new Object[] {"dbd", random.nextBoolean() ? "" : family, owner, life, number, 0L,
                random.nextInt(4), (long) random.nextInt(4), random.nextInt(300), change};
        };
    }

    private static final List<Object> VALUES = Arrays.asList(null, "", "f", -1L, 0L, 1L, Long.MAX_VALUE, 2.5, true,
            List.of(),
            Collections.singletonList(null), List.of("f", 0L), Map.of("a", 1L), new byte[0], BigInteger.TWO.pow(80),
            NodeId.of("honest"), "x".repeat(600), new byte[70_000]);

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Values in other places, of other kinds, too few, too many, and so on within lists. */
    private List<Object> mutated(List<?> message) {
        List<Object> values = new ArrayList<>(message);
        for (int i = random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(values.size() + 1);
            switch (random.nextInt(5)) {
                case 0 -> values.add(at, any(VALUES));
                case 1 -> values.subList(at, values.size()).clear();
                case 2 -> Collections.shuffle(values, Random.from(random));
                default -> {
                    if (at < values.size()) {
                        values.set(at, values.get(at) instanceof List<?> list ? mutated(list) : any(VALUES));
                    }
                }
            }
            if (values.isEmpty()) {
                values.add("dbd");
            }
        }
        return values;
    }

    @Test
    void shouldThrowNothingWhateverAPeerSends() {
        net.connect(global, other);
        for (FakeNode node : List.of(honest, hostile, watching)) {
            net.connect(node, global);
        }
        honest.put("f", "mine", "v");
        FakeNode.Mirror mirror = watching.watch("f");
        net.settle();
        for (int i = 0; i < MESSAGES; i++) {
            Object[] message = mutated(Arrays.asList(right())).toArray();
            if (message[0] instanceof String) {
                // To a global node from one of its slaves, or as if from a global node; to a plain one from its master.
                FakeNode to = random.nextInt(4) == 0 ? watching : global;
                NodeId from = to == watching ? global.id : random.nextInt(4) == 0 ? other.id : hostile.id;
                try {
                    to.replica.received(from, Message.of(message));
                    to.replica.flush();
                } catch (RuntimeException thrown) {
                    throw new AssertionError("message " + i + ": " + Arrays.toString(message), thrown);
                }
            }
        }
        assertTrue(global.refused.size() > MESSAGES / 20, "refused: " + global.refused.size());
        assertTrue(global.refused.size() < MESSAGES, "some were right");
        assertEquals("v", global.replica.entries("f").get("mine"));
        net.crash(hostile);
        net.crash(other);
        net.cut(net.wire(watching.id, global.id));
        net.settle();
        net.advance(20_000_000_000L);
        net.settle();
        net.connect(watching, global);
        net.settle();
        assertEquals(Map.of("mine", "v"), global.replica.entries("f"));
        assertEquals(Map.of("mine", "v"), mirror.map);
    }
}
