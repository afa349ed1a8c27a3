package io.messageport.testkit.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.testkit.ForkedNode;
import io.messageport.testkit.Launch;
import io.messageport.testkit.TestNodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As much as the rows of the fault list say; minutes, and gigabytes. */
@Tag("soak")
class HeavyTrafficTest {
    private static final int MIB = 1 << 20;
    private static final String[] ROOM = {"-Xms1g", "-Xmx1g", "-XX:TieredStopAtLevel=4"};

    private final ProxyNet net = ProxyNet.of(3);
    private final TestNodes nodes = new TestNodes();

    @AfterEach
    void close() {
        try (net) {
            nodes.close();
        }
    }

    private Node start(String id) {
        return nodes.start(id, net::join);
    }

    private Node start(String id, Node seed) {
        Node node = nodes.start(id, c -> net.join(c).seed(seed.addresses().getFirst()));
        TestNodes.awaitConnected(node, seed);
        return node;
    }

    private static Port echo(Node node) {
        return node.port("echo", port -> port.on("ping", m -> port.reply(m.get(0))));
    }

    /**
     * Two processes without a proxy in between, whose buffers would be waited for, and with room: where 10 MiB arrays fill a
     * small heap again and again, it is the collector's pauses that the pings tell of.
     */
    @Test
    @Tag("T-30")
    @Timeout(120)
    void shouldLetPingsPassAHundredMebibytesOfLargeMessages() {
        ForkedNode echo = nodes.fork(Launch.of(PingingBeside.class, "echo").options(ROOM));
        ForkedNode ping = nodes.fork(
                Launch.of(PingingBeside.class, "ping", echo.awaitReady()).options(ROOM));
        String unused = ping.awaitReady();
        for (String warmUp : List.of("alone 3000", "beside 100", "beside 100", "alone 3000")) {
            String ignored = ping.ask(warmUp.split(" "));
        }
        List<Long> ratios = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            long alone = Long.parseLong(ping.ask("alone", "2000"));
            long beside = Long.parseLong(ping.ask("beside", "100"));
            System.out.printf("pings: 99th percentile alone %d us, beside 100 MiB %d us%n", // checkstyle:off NoConsole
                    alone / 1000, beside / 1000);
            ratios.add(beside / alone);
            times.add(beside);
        }
        assertEquals("0", ping.ask("fired"));
        assertTrue(median(times) < 20_000_000, () -> "nanoseconds: " + times);
        // Where the large messages alone take all cores, each change of threads waits for the scheduler's next turn.
        if (Runtime.getRuntime().availableProcessors() >= 4) {
            assertTrue(median(ratios) < 5, () -> "times as long: " + ratios);
        }
    }

    private static long median(List<Long> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }

    @Test
    @Tag("SND-4")
    void shouldCarryAMessageOfHalfAGibibyte() throws Exception {
        int size = 512 * MIB;
        Node one = nodes.start("one", c -> net.join(c).messageLimit(size + 1024));
        Node other = nodes.start("other",
                c -> net.join(c).messageLimit(size + 1024).seed(one.addresses().getFirst()));
        TestNodes.awaitConnected(one, other);
        byte[] sent = new byte[size];
        for (int i = 0; i < size; i += 4093) {
            sent[i] = (byte) (i * 31);
        }
        CompletableFuture<byte[]> arrived = new CompletableFuture<>();
        PortId sink = one.port("sink", port -> port.on("blob", m -> arrived.complete(m.bytes(0)))).id();
        long begin = System.nanoTime();
        other.send(sink, "blob", sent);
        assertTrue(Arrays.equals(sent, arrived.get(120, TimeUnit.SECONDS)));
        System.out.printf("512 MiB in one message through a proxy, over TLS: %d ms%n", // checkstyle:off NoConsole
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    }

    @Test
    @Timeout(300)
    @Tag("T-24")
    void shouldNotLoseAPeerBehindASlowAndShakyNetwork() throws Exception {
        Node one = start("one");
        Node other = nodes.start("other", c -> net.join(c).seed(one.addresses().getFirst()));
        TestNodes.awaitConnected(one, other);
        AtomicLong received = new AtomicLong();
        AtomicLong misplaced = new AtomicLong();
        AtomicInteger fired = new AtomicInteger();
        PortId sink = one.port("sink", port -> port.on("n", m -> {
            if (m.longValue(0) != received.getAndIncrement()) {
                misplaced.incrementAndGet();
            }
        })).id();
        other.monitor(sink, reason -> fired.incrementAndGet());
        // 64 kbit/s, 200 ms and up to 200 more; lost packets are what TCP makes of them, pauses.
        Fault slow = Fault.delay(Duration.ofMillis(200)).and(Fault.jitter(Duration.ofMillis(200)))
                .and(Fault.throttle(8_000));
        net.between(NodeId.of("one"), NodeId.of("other")).apply(slow);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        long sent = 0;
        while (System.nanoTime() < end) {
            other.send(sink, "n", sent++, new byte[500]);
            LockSupport.parkNanos(80_000_000);
        }
        long all = sent;
        await().atMost(Duration.ofSeconds(60)).until(() -> received.get() == all);
        assertEquals(0, misplaced.get());
        assertEquals(0, fired.get(), "a peer taken for dead");
    }
}
