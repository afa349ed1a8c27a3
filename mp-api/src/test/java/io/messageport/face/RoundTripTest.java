package io.messageport.face;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.messageport.NodeId;
import io.messageport.PortId;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Random records of every kind of component come back equal, from their values and from what a network makes of them. */
class RoundTripTest {
    private static final long SEED = 20_240_229;
    private static final int ROUNDS = 2000;

    private enum Color {
        RED,
        GREEN,
        BLUE
    }

    private sealed interface Figure {}

    private record Circle(double radius, Optional<Color> color) implements Figure {}

    private record Group(String name, List<Figure> members) implements Figure {}

    private record Numbers1(
            byte a, short b, int c, long d, Byte e, Short f, Integer g, Long h, BigInteger i, float j, double k) {}

    private record Rich(
            String text,
            boolean flag,
            char letter,
            Numbers1 numbers,
            PortId port,
            NodeId node,
            Instant time,
            Duration span,
            UUID id,
            Color color,
            Optional<Numbers1> maybe,
            List<Optional<Integer>> ages,
            Set<Color> colors,
            Map<Color, List<Figure>> figures,
            Map<Integer, Map<String, Long>> marks,
            Figure figure) {}

    private final Random random = new Random(SEED);

    @Test
    void shouldComeBackEqual() {
        Face<Rich> face = Face.of(Rich.class);
        for (int round = 0; round < ROUNDS; round++) {
            Rich rich = rich();
            Object[] values = face.toValues(rich);
            for (Object value : values) {
                assertSame(value, Face.plain(value));
            }
            assertEquals(rich, face.fromValues(values, 0), () -> "seed " + SEED);
            assertEquals(rich, face.fromValues(((List<?>) normalised(Arrays.asList(values))).toArray(), 0),
                    () -> "seed " + SEED);
        }
    }

    /** What arrives over a network: integers as long, or as big integer beyond it, and everything copied. */
    private static Object normalised(Object value) {
        return switch (value) {
            case List<?> list -> {
                List<Object> copy = new ArrayList<>();
                list.forEach(element -> copy.add(normalised(element)));
                yield copy;
            }
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new HashMap<>();
                map.forEach((k, v) -> copy.put(normalised(k), normalised(v)));
                yield copy;
            }
            case Byte whole -> (long) whole;
            case Short whole -> (long) whole;
            case Integer whole -> (long) whole;
            case BigInteger whole when whole.bitLength() < Long.SIZE -> whole.longValue();
            case null -> null;
            default -> value;
        };
    }

    private Rich rich() {
        return new Rich(
                text(),
                random.nextBoolean(),
                (char) random.nextInt(1 << 16),
                numbers(),
                new PortId(NodeId.of("n/" + random.nextInt(9)), text()),
                NodeId.of("n." + random.nextInt()),
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000_000)),
                new UUID(random.nextLong(), random.nextLong()),
                color(),
                random.nextBoolean() ? Optional.of(numbers()) : Optional.empty(),
                list(() -> random.nextBoolean() ? Optional.of(random.nextInt()) : Optional.empty()),
                new HashSet<>(list(this::color)),
                map(this::color, () -> list(() -> figure(3))),
                map(random::nextInt, () -> map(this::text, random::nextLong)),
                random.nextBoolean() ? null : figure(4));
    }

    private Numbers1 numbers() {
        return new Numbers1(
                (byte) random.nextInt(),
                (short) random.nextInt(),
                random.nextInt(),
                random.nextLong(),
                random.nextBoolean() ? null : (byte) random.nextInt(),
                random.nextBoolean() ? null : (short) random.nextInt(),
                random.nextBoolean() ? null : random.nextInt(),
                random.nextBoolean() ? null : random.nextLong(),
                new BigInteger(64, random),
                Float.intBitsToFloat(random.nextInt()),
                random.nextGaussian());
    }

    private Figure figure(int depth) {
        return depth == 0 || random.nextBoolean()
                ? new Circle(random.nextDouble(), random.nextBoolean() ? Optional.of(color()) : Optional.empty())
                : new Group(text(), list(() -> figure(depth - 1)));
    }

    private Color color() {
        return Color.values()[random.nextInt(Color.values().length)];
    }

    private String text() {
        return random.ints(random.nextInt(8), 32, 0x2000).collect(
                StringBuilder::new, (text, c) -> text.append((char) c), StringBuilder::append)
                .toString();
    }

    private <T> List<T> list(Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(element.get());
        }
        return list;
    }

    private <K, V> Map<K, V> map(Supplier<K> key, Supplier<V> value) {
        Map<K, V> map = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(key.get(), value.get());
        }
        return map;
    }
}
