package io.messageport.testkit.fault;

import static org.awaitility.Awaitility.await;

import io.messageport.testkit.ForkedNode;
import io.messageport.testkit.Launch;
import io.messageport.testkit.TestNodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Five processes with no setting changed, two of them seeds, whose packets the kernel drops along a border: after the heal
 * all show the same within ten seconds, though each has long tried to reach the others.
 */
@Tag("T-23")
@Tag("DB-3")
@Tag("DB-4")
@Tag("SEED-1")
@Tag("CON-2")
@Tag("soak")
class DatabaseInNamespacesTest {
    private static final List<String> NAMES = List.of("s1", "s2", "p1", "p2", "p3");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration AGREED = Duration.ofSeconds(10);

    private final Map<String, ForkedNode> nodes = new LinkedHashMap<>();

    /** How many of the nodes are on one side, whether that side is still heard on the other, and for how long. */
    @ParameterizedTest
    @CsvSource({"1, false, 50", "2, false, 77", "3, false, 200", "1, true, 64", "4, true, 90"})
    @Timeout(600)
    void shouldBeEqualOnAllNodesTenSecondsAfterAPartition(int border, boolean isHeard, int seconds) {
        try (NetworkNamespaces network = NetworkNamespaces.orSkip();
                TestNodes starting = new TestNodes()) {
            start(network, starting);
            set(0);
            agree("at first", 0, PATIENCE);
            List<String> one = NAMES.subList(0, border);
            List<String> other = NAMES.subList(border, NAMES.size());
            if (isHeard) {
                other.forEach(from -> one.forEach(to -> network.mute(from, to)));
            } else {
                network.partition(List.of(one));
            }
            long parted = System.nanoTime();
            until("the sides to part", PATIENCE,
                    shown -> !shown.containsAll(NAMES.stream().map(n -> n + "=0").toList()));
            set(1);
            Duration rest = Duration.ofSeconds(seconds).minusNanos(System.nanoTime() - parted);
            await().pollDelay(rest).atMost(rest.plusSeconds(5)).until(() -> true);
            long healed = System.nanoTime();
            network.heal();
            agree("after the heal", 1, AGREED.minusNanos(System.nanoTime() - healed));
        }
    }

    private void start(NetworkNamespaces network, TestNodes starting) {
        List<String> seeds = new ArrayList<>();
        for (String name : NAMES) {
            String host = network.add(name);
            List<String> arguments = new ArrayList<>(List.of(name, host));
            arguments.addAll(seeds);
            ForkedNode node = starting.fork(Launch.of(Agreeing.class, arguments.toArray(String[]::new)).named(name)
                    .under(network.command(name).toArray(String[]::new)));
            String unused = node.awaitReady();
            nodes.put(name, node);
            if (seeds.size() < 2) {
                seeds.add(host + ":4040");
            }
        }
    }

    private void set(int round) {
        for (ForkedNode node : nodes.values()) {
            String unused = node.ask("set", Integer.toString(round));
        }
    }

    /** All show what each has set under its own key, and the same of the key of all. */
    private void agree(String when, int round, Duration within) {
        List<String> own = NAMES.stream().sorted().map(name -> name + "=" + round).toList();
        until(when, within, shown -> shown.containsAll(own) && shown.size() == own.size() + 1
                && nodes.values().stream().allMatch(node -> entries(node).equals(shown)));
    }

    private void until(String what, Duration within, Predicate<List<String>> holds) {
        await(what).atMost(within).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50))
                .until(() -> nodes.values().stream().map(DatabaseInNamespacesTest::entries).anyMatch(holds));
    }

    private static List<String> entries(ForkedNode node) {
        String shown = node.ask("shown");
        return List.of(shown.substring(1, shown.length() - 1).split(", "));
    }
}
