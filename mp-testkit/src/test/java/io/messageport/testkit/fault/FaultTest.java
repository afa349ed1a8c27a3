package io.messageport.testkit.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
    private static final int MILLI = 1_000_000;

    private static FaultLine line(long seed, Fault fault) {
        FaultLine line = new FaultLine(seed, false, () -> {});
        line.apply(fault);
        return line;
    }

    private static List<FaultLine.Plan> plans(FaultLine line, int count) {
        List<FaultLine.Plan> plans = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            plans.add(line.plan((long) i * MILLI, 100));
        }
        return plans;
    }

    @Test
    void shouldDecideTheSameWhenTheSeedIsTheSame() {
        Fault all = Fault.drop(0.1).and(Fault.jitter(Duration.ofMillis(9))).and(Fault.duplicate(0.2))
                .and(Fault.reorder(0.3)).and(Fault.corrupt(0.1));
        assertEquals(plans(line(7, all), 200), plans(line(7, all), 200));
        assertNotEquals(plans(line(7, all), 200), plans(line(8, all), 200));
    }

    @Test
    void shouldCountWhatItDid() {
        FaultLine line = line(1, Fault.drop(0.5).and(Fault.duplicate(0.5)).and(Fault.corrupt(0.5)));
        List<FaultLine.Plan> plans = plans(line, 1000);
        FaultCounts counts = line.counts();
        assertEquals(plans.stream().filter(FaultLine.Plan::dropped).count(), counts.dropped());
        assertEquals(plans.stream().filter(p -> !p.dropped() && p.twice()).count(), counts.duplicated());
        assertEquals(plans.stream().filter(p -> !p.dropped() && p.flippedBit() >= 0).count(), counts.corrupted());
        assertEquals(1000, counts.passed() + counts.dropped());
        assertTrue(counts.dropped() > 400 && counts.dropped() < 600, counts::toString);
    }

    @Test
    void shouldLetNothingOvertakeWhenDelaysVary() {
        FaultLine line = line(3, Fault.delay(Duration.ofMillis(20)).and(Fault.jitter(Duration.ofMillis(50))));
        long last = 0;
        for (int i = 0; i < 500; i++) {
            long arrival = (long) i * MILLI + line.plan((long) i * MILLI, 1).delayNanos();
            assertTrue(arrival >= last && arrival >= (i + 20L) * MILLI, "piece " + i);
            last = arrival;
        }
    }

    @Test
    void shouldLetLaterOnesOvertakeWhenOneIsHeldBack() {
        FaultLine line = line(4, Fault.reorder(0.2));
        List<FaultLine.Plan> plans = plans(line, 500);
        long overtaken = 0;
        for (int i = 1; i < plans.size(); i++) {
            if (i * (long) MILLI + plans.get(i).delayNanos() < (i - 1) * (long) MILLI + plans.get(i - 1).delayNanos()) {
                overtaken++;
            }
        }
        assertTrue(overtaken > 20, "overtaken: " + overtaken);
        assertTrue(line.counts().reordered() >= overtaken, line.counts()::toString);
    }

    @Test
    void shouldSpreadOverTimeWhatAThrottleLetsThrough() {
        FaultLine line = line(5, Fault.throttle(1000));
        assertEquals(Duration.ofMillis(100).toNanos(), line.plan(0, 100).delayNanos());
        assertEquals(Duration.ofMillis(200).toNanos(), line.plan(0, 100).delayNanos());
        assertEquals(Duration.ofMillis(100).toNanos(), line.plan(Duration.ofSeconds(9).toNanos(), 100).delayNanos());
    }

    @Test
    void shouldCutOnceAfterSoManyBytes() {
        FaultLine line = line(6, Fault.cutAfter(250));
        assertFalse(line.plan(0, 100).cut());
        assertFalse(line.plan(0, 100).cut());
        FaultLine.Plan last = line.plan(0, 100);
        assertTrue(last.cut());
        assertEquals(50, last.allowed());
        assertFalse(line.plan(0, 1000).cut());
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop", "duplicate", "reorder"})
    void shouldSayWhatToUseInsteadWhenASocketCannotHaveTheFault(String name) {
        Fault fault = switch (name) {
            case "drop" -> Fault.drop(0.1);
            case "duplicate" -> Fault.duplicate(0.1);
            default -> Fault.reorder(0.1);
        };
        FaultLine line = new FaultLine(1, true, () -> {});
        String text = assertThrows(IllegalArgumentException.class,
                () -> line.apply(Fault.delay(Duration.ZERO).and(fault))).getMessage();
        assertTrue(text.startsWith(name + "(0.1) makes no sense for a socket; ") && text.contains("use "), text);
        assertEquals(Fault.none(), line.fault());
    }

    @Test
    void shouldRefuseWhatIsNoFault() {
        assertThrows(IllegalArgumentException.class, () -> Fault.drop(1.1));
        assertThrows(IllegalArgumentException.class, () -> Fault.corrupt(-0.1));
        assertThrows(IllegalArgumentException.class, () -> Fault.duplicate(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Fault.throttle(0));
        assertThrows(IllegalArgumentException.class, () -> Fault.delay(Duration.ofMillis(-1)));
        assertThrows(IllegalArgumentException.class, () -> Fault.cutAfter(-1));
        NodeId a = NodeId.of("a");
        FaultPlane plane = new FaultPlane(1, false, way -> {}, way -> {});
        assertThrows(IllegalArgumentException.class, () -> plane.cut(a, a));
        assertThrows(IllegalArgumentException.class, () -> plane.partition(List.of()));
        assertThrows(IllegalArgumentException.class, () -> plane.partition(List.of(List.of(a), List.of(a))));
    }

    @Test
    void shouldSilenceOnlyWhatAPartitionParts() {
        NodeId[] nodes = {NodeId.of("a"), NodeId.of("b"), NodeId.of("c"), NodeId.of("d")};
        FaultPlane plane = new FaultPlane(1, false, way -> {}, way -> {});
        plane.partition(List.of(List.of(nodes[0]), List.of(nodes[1], nodes[2])));
        assertEquals("ab ac ba ca", silent(plane, nodes));
        plane.heal();
        assertEquals("", silent(plane, nodes));
        plane.partition(List.of(List.of(nodes[0], nodes[1])));
        assertEquals("ac ad bc bd ca cb da db", silent(plane, nodes));
        plane.heal();
        plane.partitionOneWay(List.of(nodes[0]), List.of(nodes[1], nodes[3]));
        assertEquals("ab ad", silent(plane, nodes));
    }

    private static String silent(FaultPlane plane, NodeId... nodes) {
        List<String> silent = new ArrayList<>();
        for (NodeId from : nodes) {
            for (NodeId to : nodes) {
                if (!from.equals(to) && plane.line(new Way(from, to)).isSilent()) {
                    silent.add(from.value() + to.value());
                }
            }
        }
        return String.join(" ", silent);
    }
}
