package io.messageport.testkit.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.testkit.ForkedNode;
import io.messageport.testkit.Launch;
import io.messageport.testkit.TestNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node with four addresses, three of which the network swallows without a word. */
@Tag("T-26")
@Tag("CON-2")
class BlackHolesTest {
    /** In the table of the kernel: sent, not answered. */
    private static final String SYN_SENT = "02";

    @Test
    void shouldConnectInTimeAndTryAddressAfterAddressWhenTheFirstThreeAreBlackHoles() throws Exception {
        try (NetworkNamespaces network = NetworkNamespaces.orSkip();
                TestNodes nodes = new TestNodes()) {
            String unused = network.add("near");
            String host = network.add("far");
            List<String> holes =
                    List.of(network.blackHole("near"), network.blackHole("near"), network.blackHole("near"));
            List<String> arguments = new ArrayList<>(List.of("far", host));
            arguments.addAll(holes);
            ForkedNode far = nodes.fork(Launch.of(Reaching.class, arguments.toArray(String[]::new))
                    .under(network.command("far").toArray(String[]::new)));
            ForkedNode near = nodes.fork(Launch.of(Reaching.class, "near", far.awaitReady())
                    .under(network.command("near").toArray(String[]::new)));
            String begun = near.awaitLine("begun");
            await(begun).until(() -> near.ask("seeded").equals("true"));
            CompletableFuture<String> reached = CompletableFuture.supplyAsync(() -> near.ask("reach"));
            Map<String, Long> seen = new LinkedHashMap<>();
            List<String> open = watch(near.pid(), reached, seen);
            long millis = Long.parseLong(reached.get(1, TimeUnit.SECONDS));
            assertTrue(millis <= Reaching.LIMIT.toMillis(), () -> "connected after " + millis + " ms");
            assertEquals(holes, List.copyOf(seen.keySet()), "one after the other, in their order");
            assertEquals(holes, open, "trials that are not answered stay open");
            List<Long> times = List.copyOf(seen.values());
            for (int i = 1; i < times.size(); i++) {
                long pause = TimeUnit.NANOSECONDS.toMillis(times.get(i) - times.get(i - 1));
                // A tenth off at most, and what one look at the table may be late.
                assertTrue(pause >= Reaching.INTERVAL.toMillis() * 8 / 10,
                        () -> "the next trial after " + pause + " ms");
            }
        }
    }

    /** Sees when a trial to each address begins; gives those that were open when the last one had begun. */
    private static List<String> watch(long pid, CompletableFuture<?> until, Map<String, Long> seen) throws IOException {
        List<String> most = List.of();
        while (!until.isDone()) {
            List<String> open = trials(pid);
            for (String address : open) {
                seen.putIfAbsent(address, System.nanoTime());
            }
            most = open.size() > most.size() ? open : most;
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        return most;
    }

    /** The hosts that a process has asked for a connection to this port and that have not answered, in order. */
    private static List<String> trials(long pid) throws IOException {
        String port = ':' + String.format(Locale.ROOT, "%04X", Reaching.PORT);
        // The sockets of the JDK are of both kinds at once, and in the table of the newer.
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "net", "tcp6")).stream()
                .map(line -> line.strip().split(" +"))
                .filter(fields -> fields[2].endsWith(port) && fields[3].equals(SYN_SENT))
                .map(fields -> host(fields[2]))
                .distinct()
                .sorted()
                .toList();
    }

    /** From the hexadecimal spelling of a machine that keeps the lowest byte first. */
    private static String host(String hex) {
        int end = hex.indexOf(':');
        List<String> bytes = new ArrayList<>();
        for (int i = end - 2; i >= end - 8; i -= 2) {
            bytes.add(Integer.toString(Integer.parseInt(hex.substring(i, i + 2), 16)));
        }
        return String.join(".", bytes);
    }
}
