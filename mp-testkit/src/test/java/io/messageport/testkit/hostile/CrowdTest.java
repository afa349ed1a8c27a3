package io.messageport.testkit.hostile;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.PortId;
import io.messageport.testkit.ForkedNode;
import io.messageport.testkit.Launch;
import io.messageport.testkit.TestNodes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More strangers than a process can hold: those who were there stay, and peers get in again when the crowd has gone. */
@Tag("T-18")
class CrowdTest {
    /** Far fewer than the strangers that a node holds at a time. */
    private static final int FILES = 200;

    private static final int PER_SECOND = 10_000;
    private static final NodeId CROWDED = NodeId.of("crowded");
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    @AutoClose
    private final TestNodes nodes = new TestNodes();

    private ForkedNode crowded;
    private String address;
    private Node bystander;
    private final AtomicLong answers = new AtomicLong();
    private final AtomicReference<Object> trouble = new AtomicReference<>();
    private volatile boolean over;
    private Thread talk;

    @BeforeEach
    void begin() {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")),
                "needs Linux, to see and to limit open files");
        crowded = nodes.fork(Launch.of(Crowded.class)
                .under("sh", "-c", "ulimit -n " + FILES + " && exec \"$@\"", "sh"));
        address = crowded.awaitReady();
        bystander = nodes.start("bystander", c -> c.seed(address));
        TestNodes.awaitConnected(bystander, CROWDED);
        PortId echo = new PortId(CROWDED, "echo");
        bystander.monitor(echo, reason -> trouble.compareAndSet(null, "the monitor fired: " + reason));
        talk = Thread.ofVirtual().start(() -> {
            try {
                for (long i = 0; !over; i++) {
                    assertEquals(i, bystander.call(echo, "say", i).await().longValue(0));
                    var unused = answers.incrementAndGet();
                }
            } catch (Exception | AssertionError e) {
                boolean unused = trouble.compareAndSet(null, e);
            }
        });
    }

    private void awaitAnswers(int more) {
        long enough = answers.get() + more;
        await().until(() -> answers.get() >= enough || trouble.get() != null);
        assertEquals(null, trouble.get());
    }

    /** A peer that was not there gets in; and nobody who was there has noticed anything. */
    private void recovers() throws Exception {
        long begin = System.nanoTime();
        Node late = nodes.start("late", c -> c.seed(address));
        TestNodes.awaitConnected(late, CROWDED);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(took.compareTo(RECOVERY) <= 0, () -> "the next peer got in after " + took);
        awaitAnswers(10);
        over = true;
        talk.join();
        assertEquals(null, trouble.get());
        assertTrue(crowded.isAlive());
    }

    private int files() {
        String[] open = Path.of("/proc", Long.toString(crowded.pid()), "fd").toFile().list();
        return open == null ? 0 : open.length;
    }

    /** From an address of the crowd's own, so that the rate at which one host may connect is not the peers' as well. */
    private SocketChannel stranger() throws IOException {
        SocketChannel one = SocketChannel.open();
        // Ends with a reset: there are not enough ports for what lingers.
        one.setOption(StandardSocketOptions.SO_LINGER, 0);
        one.bind(new InetSocketAddress("127.0.0.2", 0));
        String[] hostAndPort = address.split(":");
        boolean unused = one.connect(new InetSocketAddress(hostAndPort[0], Integer.parseInt(hostAndPort[1])));
        return one;
    }

    @Test
    void shouldKeepItsPeersAndLetOthersInAgainWhenFilesHaveRunOut() throws Exception {
        List<SocketChannel> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < FILES + 50; i++) {
                crowd.add(stranger());
            }
            await().until(() -> crowded.output().stream().anyMatch(line -> line.contains("cannot accept connections")));
            assertTrue(files() >= FILES - 1, () -> "it has " + files() + " files open");
            awaitAnswers(50);
        } finally {
            for (SocketChannel one : crowd) {
                one.close();
            }
        }
        recovers();
    }

    @Test
    void shouldKeepItsPeersWhenManyConnectAsFastAsTheyCan() throws Exception {
        storm(Duration.ofMillis(1500));
    }

    @Test
    @Tag("soak")
    @Timeout(180)
    void shouldKeepItsPeersWhenManyConnectAsFastAsTheyCanForAMinute() throws Exception {
        storm(Duration.ofSeconds(60));
    }

    private void storm(Duration time) throws Exception {
        long before = answers.get();
        long begin = System.nanoTime();
        long count = 0;
        for (long passed = 0; passed < time.toNanos(); passed = System.nanoTime() - begin) {
            if (count * 1e9 / PER_SECOND > passed) {
                LockSupport.parkNanos(100_000);
                continue;
            }
            try (SocketChannel one = stranger()) {
                count += one.isConnected() ? 1 : 0;
            } catch (IOException e) {
                // The queue of those who wait to be accepted is full, and says so.
                count++;
            }
        }
        // checkstyle:off NoConsole  the figure belongs to the result
        System.out.println("connects=" + count + " a_second=" + count * 1_000_000_000L / (System.nanoTime() - begin)
                + " answers=" + (answers.get() - before));
        // checkstyle:on NoConsole
        assertTrue(count > 1000 * time.toSeconds() / 2, "no storm");
        recovers();
    }
}
