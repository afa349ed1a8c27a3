package io.messageport.benchmarks;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What handlers that block do to other ports, in milliseconds: how long ten thousand take that block a hundredth of a
 * second each, and how late a port is served that a handler has messaged just before it blocked for ever, in each way in
 * which a handler can.
 *
 * <p>The message of the second goes to a port that would run next on the blocked thread: the worst place to be. One
 * handler blocks at a time, so that a core is free. Measured in this JVM.
 */
final class Blocking {
    private static final int PORTS = 10_000;
    private static final Duration NAP = Duration.ofMillis(10);
    private static final double PORTS_LIMIT = 100;
    private static final double MEDIAN_LIMIT = 2;
    private static final double WORST_LIMIT = 20;
    private static final long PATIENCE_SECONDS = 60;

    private final Node node;

    Blocking(Node node) {
        this.node = node;
    }

    /** Measures everything; a look rather than a figure if {@code quick}. */
    static List<BlockingRow> measure(boolean quick) throws BlockingFailure {
        List<BlockingRow> rows = new ArrayList<>();
        try (Node node = Node.configure(settings -> settings.nodeId("benchmark/%u"))) {
            Blocking blocking = new Blocking(node);
            double[] all = blocking.repeat(quick ? 3 : 10, quick ? 5 : 20, blocking::tenThousand);
            rows.add(new BlockingRow("ten-thousand",
                    List.of(new BlockingRow.Figure("median", median(all), PORTS_LIMIT))));
            for (Obstacle.Kind kind : Obstacle.Kind.values()) {
                double[] delays = blocking.repeat(quick ? 20 : 100, quick ? 50 : 500, () -> blocking.delayBehind(kind));
                rows.add(new BlockingRow(kind.name().toLowerCase(Locale.ROOT), List.of(
                        new BlockingRow.Figure("median", median(delays), MEDIAN_LIMIT),
                        new BlockingRow.Figure("worst", Arrays.stream(delays).max().orElseThrow(), WORST_LIMIT))));
            }
        }
        return rows;
    }

    private static double median(double[] values) {
        return Samples.median(Arrays.stream(values).boxed().toList());
    }

    /** One measurement, in nanoseconds. */
    @FunctionalInterface
    private interface Round {
        long nanos() throws Exception;
    }

    private double[] repeat(int warmups, int rounds, Round round) throws BlockingFailure {
        double[] millis = new double[rounds];
        try {
            for (int i = -warmups; i < rounds; i++) {
                long nanos = round.nanos();
                if (i >= 0) {
                    millis[i] = nanos / 1e6;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BlockingFailure("interrupted", e);
        } catch (Exception e) {
            throw new BlockingFailure("a round failed: " + e, e);
        }
        return millis;
    }

    /** How long ten thousand ports take that block a little each. */
    long tenThousand() throws InterruptedException, BlockingFailure {
        CountDownLatch done = new CountDownLatch(PORTS);
        List<PortId> ports = new ArrayList<>(PORTS);
        for (int i = 0; i < PORTS; i++) {
            ports.add(node.port().on("nap", m -> {
                Thread.sleep(NAP);
                done.countDown();
            }).id());
        }
        long begin = System.nanoTime();
        for (PortId port : ports) {
            node.send(port, "nap");
        }
        if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new BlockingFailure(done.getCount() + " ports have not come to an end of their nap");
        }
        long nanos = System.nanoTime() - begin;
        for (PortId port : ports) {
            node.kill(port);
        }
        return nanos;
    }

    /** How late a port is served that was messaged by a handler which then blocked. */
    long delayBehind(Obstacle.Kind kind) throws Exception {
        CompletableFuture<Long> served = new CompletableFuture<>();
        CountDownLatch over = new CountDownLatch(1);
        Obstacle obstacle = kind.make();
        Port behind = node.port().on("go", m -> served.complete(System.nanoTime() - m.longValue(0)));
        Port blocking = node.port();
        blocking.on("go", m -> {
            blocking.send(behind.id(), "go", System.nanoTime());
            obstacle.block();
            over.countDown();
        });
        // From a port, so that what blocks runs on a thread that has just served another one.
        Port first = node.port();
        first.on("go", m -> first.send(blocking.id(), "go"));
        node.send(first.id(), "go");
        long nanos;
        try {
            nanos = served.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (over.getCount() == 0) {
                throw new BlockingFailure("the handler that was to block, by " + kind + ", has come to its end");
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new BlockingFailure("a port behind a handler that blocks by " + kind + " is not served", e);
        } finally {
            obstacle.release();
        }
        if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new BlockingFailure("the handler that blocks by " + kind + " does not end when released");
        }
        for (Port port : List.of(first, blocking, behind)) {
            node.kill(port.id());
        }
        return nanos;
    }
}
