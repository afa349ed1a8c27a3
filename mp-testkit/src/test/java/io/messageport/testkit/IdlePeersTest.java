package io.messageport.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What peers cost that are connected and say nothing: memory, threads and wake-ups, measured in a process of its own. */
@Tag("CON-4")
class IdlePeersTest {
    private static final long MOST_FOR_A_THOUSAND = 64L << 20;

    /** Connected before the first look, so that what all of them share is there. */
    private static final int FIRST = 5;

    /** A second of signs of life at default settings: one each way in three seconds. */
    private static final double SIGNS = 2.0 / 3;

    /** Threads that wake up for a sign of life: whoever polls, reads, writes, and carries them. */
    private static final int WAKE_UPS = 6;

    /** A second, of the virtual machine itself and of the node, whoever is connected. */
    private static final int OTHERS = 150;

    /** What a few peers may seem to cost that is nobody's in particular, and comes and goes. */
    private static final long SHARED = 8L << 20;

    private static final int LOOKS = 40;
    private static final long NOISE = 64 << 10;

    @AutoClose
    private final TestNodes nodes = new TestNodes();

    /** What the hub says of itself. */
    private record Stock(long heap, long buffers, long threads, long wakeUps, long nanos) {
        static Stock of(ForkedNode hub) {
            long[] all = Arrays.stream(hub.ask("stock").split(" ")).mapToLong(Long::parseLong).toArray();
            return new Stock(all[0], all[1], all[2], all[3], System.nanoTime());
        }
    }

    @Test
    void shouldCostLittleMemoryAndWakeUpOnlyForSignsOfLifeWhenPeersAreIdle() {
        measure(60, 1, Duration.ofSeconds(1));
    }

    @Test
    @Tag("soak")
    @Timeout(300)
    void shouldCostLessThan64MebibytesWhenAThousandPeersAreIdle() {
        measure(1000, 4, Duration.ofSeconds(30));
    }

    private void measure(int peers, int processes, Duration idle) {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "needs Linux, to count wake-ups");
        // What is softly reachable is not what peers cost.
        ForkedNode hub = nodes.fork(Launch.of(IdleNodes.class, "hub")
                .options("-Xmx512m", "-XX:SoftRefLRUPolicyMSPerMB=0"));
        String seed = hub.awaitReady();
        start(hub, seed, "first", FIRST, FIRST);
        Stock before = atRest(hub);
        for (int i = 0; i < processes; i++) {
            int rest = (peers + processes - 1) / processes;
            start(hub, seed, "peer" + i + '-', rest, FIRST + rest * (i + 1));
        }
        Stock after = atRest(hub);
        long end = System.nanoTime() + idle.toNanos();
        for (long left = idle.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        Stock later = Stock.of(hub);
        long heap = (after.heap - before.heap) / peers;
        long buffers = (after.buffers - before.buffers) / peers;
        double threads = (double) (after.threads - before.threads) / peers;
        double wakeUps = (later.wakeUps - after.wakeUps) * 1e9 / (later.nanos - after.nanos);
        String figures =
                "peers=" + peers + " heap_each=" + heap + " buffers_each=" + buffers + " threads_each=" + threads
                        + " wake_ups_a_second=" + Math.round(wakeUps);
        // checkstyle:off NoConsole  the figures are the result
        System.out.println(figures);
        // checkstyle:on NoConsole
        long shared = peers < 1000 ? SHARED : 0;
        assertTrue((heap + buffers) * peers < MOST_FOR_A_THOUSAND * peers / 1000 + shared, figures);
        assertTrue(threads < 1.2, figures);
        assertTrue(wakeUps < peers * SIGNS * WAKE_UPS + OTHERS, figures);
    }

    /** When what was needed to connect has gone: the heap is the same a few times in turn. */
    private static Stock atRest(ForkedNode hub) {
        Stock last = Stock.of(hub);
        int same = 0;
        for (int i = 0; i < LOOKS && same < 3; i++) {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            Stock next = Stock.of(hub);
            same = Math.abs(next.heap - last.heap) < NOISE ? same + 1 : 0;
            last = next;
        }
        return last;
    }

    private void start(ForkedNode hub, String seed, String prefix, int count, int expected) {
        ForkedNode crowd = nodes.fork(Launch.of(IdleNodes.class, "peers", seed, prefix).options("-Xmx1g"));
        String unused = crowd.awaitLine("begun");
        String started = crowd.ask("start", Integer.toString(count));
        await(started).atMost(Duration.ofSeconds(60))
                .until(() -> hub.ask("peers").equals(Integer.toString(expected)));
    }
}
