package io.messageport.cli.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StormTest {
    private static Stream<Act> acts(Storm storm) {
        return storm.rounds().stream().flatMap(round -> round.acts().stream());
    }

    @Test
    void shouldBeTheSameForTheSameSeedAndBeginLikeAShorterOne() {
        Storm storm = Storm.of(7, 100, 3);
        assertEquals(storm, Storm.of(7, 100, 3));
        assertEquals(storm.rounds().subList(0, 40), Storm.of(7, 40, 3).rounds());
        assertNotEquals(storm, Storm.of(8, 100, 3));
    }

    @Test
    void shouldHaveEveryKindOfActInTwoHundredRounds() {
        Set<Class<?>> kinds = new HashSet<>();
        acts(Storm.of(1, 200, 3)).forEach(act -> kinds.add(act.getClass()));
        assertEquals(Set.of(Act.class.getPermittedSubclasses()), kinds);
    }

    @Test
    void shouldNameOnlyNodesThatThereAreAndEachOnceInARound() {
        for (int nodes = 2; nodes <= 5; nodes++) {
            int most = nodes;
            for (Storm.Round round : Storm.of(nodes, 500, nodes).rounds()) {
                Set<Integer> busy = new HashSet<>();
                for (Act act : round.acts()) {
                    switch (act) {
                        case Act.Kill a -> assertTrue(busy.add(a.node()), round::toString);
                        case Act.Close a -> assertTrue(busy.add(a.node()), round::toString);
                        case Act.Stop a -> {
                            assertTrue(busy.add(a.node()), round::toString);
                            assertTrue(a.millis() >= 100 && a.millis() <= 15_000, round::toString);
                        }
                        case Act.Burst a -> assertFalse(busy.contains(a.node()), round::toString);
                        case Act.Cut a -> assertPair(a.one(), a.other(), most);
                        case Act.HalfOpen a -> assertPair(a.one(), a.other(), most);
                        case Act.OneWay a -> assertPair(a.from(), a.to(), most);
                        case Act.Partition a -> {
                            assertTrue(!a.group().isEmpty() && a.group().size() < most, round::toString);
                            assertTrue(a.group().stream().allMatch(node -> node >= 1 && node <= most), round::toString);
                        }
                        case Act.Calm a -> assertTrue(a.millis() > 0);
                    }
                }
                assertTrue(busy.stream().allMatch(node -> node >= 1 && node <= most), round::toString);
            }
        }
    }

    private static void assertPair(int one, int other, int most) {
        assertTrue(one != other && one >= 1 && other >= 1 && one <= most && other <= most, one + " and " + other);
    }

    @Test
    void shouldTakeAboutASecondARound() {
        List<Storm.Round> rounds = Storm.of(1, 1000, 3).rounds();
        double seconds = rounds.stream().mapToDouble(round -> round.calm() / 1000.0
                + round.acts().stream().mapToInt(Act::millis).max().orElse(0) / 1000.0).sum() / rounds.size();
        assertTrue(seconds > 0.5 && seconds < 1.7, () -> "a round takes " + seconds + " s");
    }
}
