package io.messageport.transport.peer;

import io.messageport.NodeConfig;
import io.messageport.Tls;
import java.io.File;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * The live transport that a fuzzer attacks, and a bystander that talks with it all the while. Takes stock of threads,
 * files and heap before and after.
 */
final class FuzzTarget implements AutoCloseable {
    final boolean tls;
    final TestNode node;

    /** Messages that reached the target over fuzzed connections. */
    final AtomicLong received = new AtomicLong();

    private final TestNode bystander;
    private final BlockingQueue<Long> echoes = new ArrayBlockingQueue<>(16);
    private final AtomicReference<String> trouble = new AtomicReference<>();
    private final AtomicLong roundTrips = new AtomicLong();
    private final AtomicLong slowest = new AtomicLong();
    private final Thread talk;
    private volatile boolean stop;
    private Stock before;

    /** What must not grow. */
    record Stock(int threads, int files, long heap) {}

    /** Without TLS, since damage is done inside of it, and TLS would take most of the time. */
    FuzzTarget() {
        this(false);
    }

    FuzzTarget(boolean tls) {
        this.tls = tls;
        UnaryOperator<NodeConfig.Builder> more =
                c -> c.tls(tls ? Tls.automatic() : Tls.plainText()).acceptRate(1_000_000);
        node = new TestNode("m", more).listening();
        bystander = new TestNode("bystander", more).knows(node);
        node.record = false;
        node.remember = false;
        bystander.record = false;
        node.onMessage = (inbox, message) -> {
            if (inbox.link.peer().equals(bystander.id)) {
                boolean ignored = inbox.link.sendControl(message.longValue(0));
            } else {
                received.incrementAndGet();
            }
        };
        bystander.onMessage = (inbox, message) -> {
            if (!echoes.offer(message.longValue(0))) {
                trouble.set("an echo nobody asked for");
            }
        };
        talk = Thread.ofPlatform().name("bystander").start(this::talk);
    }

    private void talk() {
        for (long i = 0; !stop; i++) {
            long start = System.nanoTime();
            try {
                boolean sent = bystander.to(node).send("p", new Object[] {i, "a word with the target"});
                Long echo = echoes.poll(20, TimeUnit.SECONDS);
                if (!sent || echo == null || echo != i) {
                    trouble.set("round trip " + i + " failed: sent " + sent + ", echo " + echo);
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
            roundTrips.incrementAndGet();
            LockSupport.parkNanos(1_000_000);
        }
    }

    String address() {
        return node.addresses.getFirst();
    }

    /** Call after a warm-up, when no fuzzed connection is open. */
    void takeStock() {
        before = stock();
    }

    /** Fails when something grew, or the bystander was disturbed. */
    String report() throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        Stock after = stock();
        while (leaks(after) != null && System.nanoTime() < deadline) {
            LockSupport.parkNanos(100_000_000);
            after = stock();
        }
        stop = true;
        talk.join();
        String wrong = trouble.get() != null ? trouble.get() : leaks(after);
        if (wrong == null && (bystander.inboxes.size() != 1 || bystander.only().lost.isDone())) {
            wrong = "the bystander's link was lost";
        }
        if (wrong != null) {
            throw new AssertionError(wrong);
        }
        return "threads=" + before.threads + "->" + after.threads + " files=" + before.files + "->" + after.files
                + " heap_mib=" + (before.heap >> 20) + "->" + (after.heap >> 20) + " bystander_round_trips="
                + roundTrips
                + " slowest_ms=" + TimeUnit.NANOSECONDS.toMillis(slowest.get());
    }

    private String leaks(Stock after) {
        if (after.threads > before.threads + 2) {
            return "threads grew from " + before.threads + " to " + after.threads;
        }
        if (after.files > before.files + 4) {
            return "open files grew from " + before.files + " to " + after.files;
        }
        return after.heap > before.heap + (24L << 20) ? "heap grew from " + before.heap + " to " + after.heap : null;
    }

    private Stock stock() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        String[] files = new File("/proc/self/fd").list();
        return new Stock(node.transport.threads(), files == null ? 0 : files.length,
                runtime.totalMemory() - runtime.freeMemory());
    }

    @Override
    public void close() {
        stop = true;
        bystander.close();
        node.close();
    }
}
