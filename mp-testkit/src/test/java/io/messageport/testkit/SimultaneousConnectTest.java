package io.messageport.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.NodeListener;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.runtime.link.TransportProvider;
import io.messageport.testkit.fault.Detour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that all begin to send to each other at about the same moment. */
@Tag("T-19")
@Tag("CON-3")
class SimultaneousConnectTest {
    private static final int NODES = 4;
    private static final int PAIRS = NODES * (NODES - 1) / 2;
    private static final int MESSAGES = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Random random = new Random(19);

    @Test
    void shouldHaveOneConnectionAPairAndLoseNothingWhenAllConnectAtOnce() throws Exception {
        for (int round = 0; round < 8; round++) {
            connect(round);
        }
    }

    @Test
    @Tag("soak")
    @Timeout(1800)
    void shouldHaveOneConnectionAPairWhenAllConnectAtOnceAThousandTimes() throws Exception {
        for (int round = 0; round < 1000; round++) {
            connect(round);
        }
    }

    private void connect(int round) throws Exception {
        try (TestNodes nodes = new TestNodes()) {
            List<Member> members = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                members.add(new Member(nodes, "m" + i));
            }
            members.forEach(one -> members.forEach(
                    other -> one.detour.reach(other.node.id(), other.node.addresses().getFirst())));
            List<Thread> threads = new ArrayList<>();
            for (Member one : members) {
                for (Member other : members) {
                    long delay = random.nextInt(3_000_000);
                    if (one != other) {
                        threads.add(Thread.ofVirtual().start(() -> one.send(other, delay)));
                    }
                }
            }
            for (Thread thread : threads) {
                thread.join();
            }
            List<Integer> all = IntStream.range(0, MESSAGES).boxed().toList();
            for (Member one : members) {
                await("round " + round).pollInterval(Duration.ofMillis(2)).atMost(PATIENCE).until(
                        () -> one.received.values().stream().mapToInt(List::size).sum() >= MESSAGES * (NODES - 1));
                one.received.forEach((from, numbers) -> assertEquals(all, numbers, "from " + from));
            }
            assumeTrue(Files.exists(Path.of("/proc/self/net/tcp")), "no /proc: connections not counted");
            Set<Integer> ports = new HashSet<>();
            members.forEach(one -> ports.add(one.port()));
            await("round " + round + ": one connection a pair").pollInterval(Duration.ofMillis(2)).atMost(PATIENCE)
                    .until(() -> accepted(ports), count -> count == PAIRS);
            for (Member one : members) {
                assertEquals(List.of(), one.fired, "round " + round);
                await("round " + round).atMost(PATIENCE).until(() -> one.news.size() == NODES - 1);
                assertEquals(NODES - 1, one.news.stream().filter(text -> text.startsWith("up ")).count(),
                        () -> "round " + round + ": " + one.news);
            }
        }
    }

    /** Established connections at the listening ends. */
    private static int accepted(Set<Integer> ports) throws IOException {
        int count = 0;
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/self/net", table))) {
                String[] columns = line.strip().split("\\s+");
                boolean isEstablished = columns[3].equals("01");
                if (isEstablished && ports.contains(Integer.parseInt(columns[1].replaceFirst(".*:", ""), 16))) {
                    count++;
                }
            }
        }
        return count;
    }

    /** A node, what came to it, and what it was told. */
    private static final class Member {
        final Detour detour = Detour.none();
        final Map<NodeId, List<Integer>> received = new ConcurrentHashMap<>();
        final List<String> fired = new CopyOnWriteArrayList<>();
        final List<String> news = new CopyOnWriteArrayList<>();
        final Node node;

        Member(TestNodes nodes, String id) {
            node = nodes.start(id, c -> c.extension(TransportProvider.class, detour));
            node.port("sink", port -> port.on("n", message -> received
                    .computeIfAbsent(NodeId.of(message.string(0)), from -> new CopyOnWriteArrayList<>())
                    .add(message.intValue(1))));
            node.monitorNodes(new NodeListener() {
                @Override
                public void nodeUp(NodeId other) {
                    news.add("up " + other);
                }

                @Override
                public void nodeDown(NodeId other, Reason reason) {
                    news.add("down " + other + ' ' + reason);
                }
            });
        }

        int port() {
            return Integer.parseInt(node.addresses().getFirst().replaceFirst(".*:", ""));
        }

        void send(Member other, long delayNanos) {
            LockSupport.parkNanos(delayNanos);
            PortId sink = new PortId(other.node.id(), "sink");
            node.monitor(sink, reason -> fired.add(node.id() + " lost " + sink + ": " + reason));
            for (int i = 0; i < MESSAGES; i++) {
                node.send(sink, "n", node.id().value(), i);
            }
        }
    }
}
