package io.messageport.benchmarks;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;

/** Every side of every workload does its work, in a size that takes no time. */
class WorkloadsTest {
    private static final int SIZE = 700;

    static Stream<Class<?>> sides() {
        return Arrays.stream(Workload.values()).flatMap(WorkloadsTest::sidesOf);
    }

    private static Stream<Class<?>> sidesOf(Workload workload) {
        return Arrays.stream(workload.type().getDeclaredClasses()).filter(Side.class::isAssignableFrom)
                .filter(side -> !Modifier.isAbstract(side.getModifiers()));
    }

    @ParameterizedTest
    @MethodSource("sides")
    void shouldFindItsResultRightAgainAndAgainWhenRun(Class<?> type) throws Exception {
        Side side = (Side) type.getDeclaredConstructor().newInstance();
        side.open();
        try {
            side.run(SIZE);
            side.run(1);
            side.run(SIZE);
        } finally {
            side.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveOneBenchmarkForEachSideWhenListed(Workload workload) {
        Set<String> listed = workload.peers().stream().map(Workload.Peer::method).collect(toCollection(TreeSet::new));
        listed.add(Workload.OURS);
        List<Method> measured = Arrays.stream(workload.type().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Benchmark.class))
                .toList();
        assertEquals(listed, measured.stream().map(Method::getName).collect(toCollection(TreeSet::new)));
        assertEquals(
                sidesOf(workload).collect(toCollection(() -> new TreeSet<>(WorkloadsTest::byName))),
                measured.stream()
                        .map(method -> method.getParameterTypes()[0])
                        .collect(toCollection(() -> new TreeSet<>(WorkloadsTest::byName))));
    }

    private static int byName(Class<?> one, Class<?> other) {
        return one.getName().compareTo(other.getName());
    }

    @Test
    void shouldFailWhenTheResultIsWrong() {
        Round round = new Round();
        round.begin(2);
        round.report(3);
        round.report(4);
        IllegalStateException wrong = assertThrows(IllegalStateException.class, () -> round.await(8));
        assertEquals("wrong result: 7 where 8 was expected", wrong.getMessage());
    }

    @Test
    void shouldMeasureNanosecondsAndBytesWhenRunByJmh() throws Exception {
        System.setProperty("jmh.ignoreLock", "true"); // another process may measure; here the figures do not matter
        Samples samples = new Measurement(new Measurement.Effort(0, 0, 2, 10), true)
                .of(Workload.ONE_TO_ONE.selector(Workload.OURS));
        assertEquals(2, samples.nanos().size());
        assertEquals(2, samples.bytes().size());
        assertFalse(samples.leastNanos() <= 0 || samples.leastNanos() > samples.mostNanos(), samples.toString());
    }
}
