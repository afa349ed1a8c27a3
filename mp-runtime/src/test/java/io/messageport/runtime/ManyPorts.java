package io.messageport.runtime;

import io.messageport.Handler;
import io.messageport.Monitor;
import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The programs of {@link MemoryTest}: a JVM with a fixed heap and the serial collector, whose full collection leaves
 * nothing but what is reachable. Each prints its figure, or throws.
 */
final class ManyPorts {
    /** Questions at a time: each is a thread that waits for a core, and it is the ports that are weighed. */
    private static final int UNDER_WAY = 20_000;

    private static final long PATIENCE_SECONDS = 60;
    private static final int PORTS = 200_000;
    private static final int MOST_COLLECTIONS = 60;
    private static final int COLLECTIONS_WITHOUT_EFFECT = 4;
    private static final long NO_EFFECT_BYTES = 32 * 1024;
    private static final int MILLION = 1_000_000;

    private ManyPorts() {}

    /** Runs the program of this name. */
    public static void main(String[] args) throws Exception {
        ForkedJvm.endWithParent();
        try (Node node = Node.configure(c -> c.nodeId("many/%u"))) {
            switch (args[0]) {
                case "idle" -> ForkedJvm.say("bytes=" + idle(node));
                case "dead" -> ForkedJvm.say("bytes=" + dead(node));
                case "million" -> ForkedJvm.say("answers=" + million(node));
                case "monitors" -> ForkedJvm.say("fired=" + monitors(node));
                default -> throw new IllegalArgumentException(args[0]);
            }
        }
    }

    /** The bytes that are reachable once nothing goes on any more: collects until that has no effect. */
    private static long reachable() throws InterruptedException {
        Runtime heap = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        int without = 0;
        for (int i = 0; i < MOST_COLLECTIONS && without < COLLECTIONS_WITHOUT_EFFECT; i++) {
            System.gc();
            long used = heap.totalMemory() - heap.freeMemory();
            without = used > least - NO_EFFECT_BYTES ? without + 1 : 0;
            least = Math.min(least, used);
            // Threads may still be ending what has died, and so does what the collector has found.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        return least;
    }

    /** Opens ports with one tag handler, which all share: what it captures would be the user's. */
    private static List<PortId> open(Node node, int ports) {
        Handler shared = m -> node.send(m.port(1), "here", m.intValue(0));
        List<PortId> opened = new ArrayList<>(ports);
        for (int i = 0; i < ports; i++) {
            opened.add(node.port().on("ask", shared).id());
        }
        return opened;
    }

    /** Asks each, not too many at a time, and gives back how many answered, each once. */
    private static int answers(Node node, List<PortId> asked) throws InterruptedException {
        int[] answered = new int[asked.size()];
        Semaphore underWay = new Semaphore(UNDER_WAY);
        CountDownLatch all = new CountDownLatch(asked.size());
        Port collector = node.port().on("here", m -> {
            answered[m.intValue(0)]++;
            underWay.release();
            all.countDown();
        });
        for (int i = 0; i < answered.length; i++) {
            underWay.acquire();
            node.send(asked.get(i), "ask", i, collector.id());
        }
        require(all.await(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> all.getCount() + " answers are missing");
        // In the port: the edge between its last write and this look.
        int once = collector.run(() -> (int) IntStream.of(answered).filter(times -> times == 1).count()).orElseThrow();
        collector.stop();
        return once;
    }

    /** What a port retains that nobody has sent to, and that nobody holds but the node. */
    private static double idle(Node node) throws InterruptedException {
        open(node, PORTS / 20).clear();
        long before = reachable();
        open(node, PORTS).clear();
        return (double) (reachable() - before) / PORTS;
    }

    /** What a port leaves behind that has been asked, monitored, linked and killed. */
    private static double dead(Node node) throws InterruptedException {
        // As many before: tables that have grown stay so, and nothing but the ports shall count.
        liveAndDie(node, PORTS);
        long before = reachable();
        liveAndDie(node, PORTS);
        return (double) (reachable() - before) / PORTS;
    }

    private static void liveAndDie(Node node, int ports) throws InterruptedException {
        CountDownLatch fired = new CountDownLatch(ports);
        List<PortId> opened = open(node, ports);
        Port owner = node.port().ignoreUnmatched();
        for (PortId port : opened) {
            node.monitor(port, reason -> fired.countDown());
            owner.link(port);
        }
        require(answers(node, opened) == ports, () -> "an answer is missing");
        for (PortId port : opened) {
            node.kill(port);
        }
        require(fired.await(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> fired.getCount() + " still live");
        owner.stop();
    }

    private static int million(Node node) throws InterruptedException {
        return answers(node, open(node, MILLION));
    }

    /** How many of a million monitors on one port fire, each once; half of them are a port's. */
    private static int monitors(Node node) throws InterruptedException {
        AtomicIntegerArray fired = new AtomicIntegerArray(MILLION);
        CountDownLatch all = new CountDownLatch(MILLION);
        Port watched = node.port().ignoreUnmatched();
        Port watcher = node.port().ignoreUnmatched();
        for (int i = 0; i < MILLION; i++) {
            int number = i;
            Consumer<Reason> then = reason -> {
                fired.incrementAndGet(number);
                all.countDown();
            };
            Monitor unused = i % 2 == 0 ? node.monitor(watched.id(), then) : watcher.monitor(watched.id(), then);
        }
        node.kill(watched.id());
        require(all.await(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> all.getCount() + " did not fire");
        return (int) IntStream.range(0, MILLION).filter(i -> fired.get(i) == 1).count();
    }

    private static void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise.get());
        }
    }
}
