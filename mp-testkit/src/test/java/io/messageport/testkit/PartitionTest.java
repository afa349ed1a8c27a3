package io.messageport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.testkit.load.Field;
import io.messageport.testkit.load.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Five nodes, each of which sends to each other one, fall apart and come together again. */
@Tag("T-23")
@Tag("SND-5")
@Tag("MON-4")
class PartitionTest {
    private static final int NODES = 5;

    @AutoClose
    private final TestNodes nodes = new TestNodes();

    @TempDir
    private Path directory;

    @AutoClose
    private Field field;

    /** With three quarters of a second to go on over another socket, or with less. */
    private void start(Duration window) throws Exception {
        field = Field.wired(NODES, nodes, directory, setup -> setup.ports(1, 1).load(Duration.ofMillis(5), 1024)
                .patience(Duration.ofMillis(2000), 8 << 20).window(window));
        for (int node = 1; node <= NODES; node++) {
            field.awaitReceived(node, NODES - 1, 10);
        }
    }

    /** Whether every stream of each of the first to each of the second has lost an epoch. */
    private boolean haveFired(Set<Integer> from, Set<Integer> to) {
        return from.stream().allMatch(one -> to.stream().allMatch(other -> field.fired(one, other) > 0));
    }

    @Test
    void shouldTellBothSidesOfAPartitionAndNobodyWithinThem() throws Exception {
        start(Duration.ofMillis(750));
        Set<Integer> few = Set.of(1, 2);
        Set<Integer> many = Set.of(3, 4, 5);
        field.wires().partition(few);
        field.until("both sides to fire", lives -> haveFired(few, many) && haveFired(many, few));
        field.wires().heal();
        Verdict verdict = field.settle();
        assertTrue(verdict.epochs() >= NODES * (NODES - 1) + 12, verdict::summary);
        for (Set<Integer> side : Set.of(few, many)) {
            side.forEach(one -> side.forEach(other -> assertEquals(0, field.fired(one, other), one + " to " + other)));
        }
    }

    @Test
    void shouldTellBothEndsWhenOneDirectionIsDead() throws Exception {
        start(Duration.ofMillis(750));
        Set<Integer> one = Set.of(1);
        Set<Integer> others = Set.of(2, 3, 4, 5);
        others.forEach(other -> field.wires().oneWay(1, other));
        field.until("both ends to fire", lives -> haveFired(one, others) && haveFired(others, one));
        field.wires().heal();
        Verdict verdict = field.settle();
        assertTrue(verdict.reportedLost() > 0, verdict::summary);
    }

    @Test
    void shouldComeToRestWhenPartitionsCameAndWent() throws Exception {
        start(Duration.ZERO);
        flap(8);
        assertTrue(field.settle().reportedLost() > 0);
    }

    @Test
    @Tag("CON-5")
    void shouldLoseNothingAndTellNobodyWhenPartitionsGoBeforeTheWindowIsOver() throws Exception {
        start(Duration.ofSeconds(20));
        flap(8);
        Verdict verdict = field.settle();
        assertEquals(0, verdict.reportedLost(), verdict::summary);
        assertEquals(NODES * (NODES - 1), verdict.epochs(), verdict::summary);
    }

    @Test
    @Tag("soak")
    @Timeout(1800)
    void shouldComeToRestWhenPartitionsCameAndWentForMinutes() throws Exception {
        start(Duration.ofMillis(100));
        flap(500);
        assertTrue(field.settle().reportedLost() > 0);
    }

    private void flap(int times) {
        Random random = new Random(23);
        for (int i = 0; i < times; i++) {
            TreeSet<Integer> group = new TreeSet<>();
            while (group.isEmpty() || random.nextBoolean() && group.size() < NODES - 1) {
                group.add(1 + random.nextInt(NODES));
            }
            if (random.nextInt(4) == 0) {
                field.wires().oneWay(group.first(), 1 + group.first() % NODES);
            } else {
                field.wires().partition(group);
            }
            LockSupport.parkNanos(20_000_000 + random.nextInt(200_000_000));
            field.wires().heal();
            LockSupport.parkNanos(random.nextInt(200_000_000));
        }
    }
}
