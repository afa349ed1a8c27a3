package io.messageport.testkit;

import io.messageport.Node;
import io.messageport.ThreadKind;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Nodes that are connected and say nothing: {@code hub} is the one that all others are connected to, and says what they
 * cost it; {@code peers SEED PREFIX} starts as many of the others as it is asked to.
 */
final class IdleNodes {
    private IdleNodes() {}

    public static void main(String... args) throws InterruptedException {
        Parent parent = Parent.attach();
        if (args[0].equals("hub")) {
            hub(parent);
        } else {
            peers(parent, args[1], args[2]);
        }
    }

    private static void hub(Parent parent) throws InterruptedException {
        try (Node hub = Node.configure(c -> c.nodeId("hub").bind("127.0.0.1:0").acceptRate(1_000_000))) {
            parent.on("peers", words -> Integer.toString(hub.upNodes().size()));
            parent.on("stock", words -> stock());
            parent.ready(hub);
            hub.awaitClose();
        }
    }

    private static void peers(Parent parent, String seed, String prefix) throws InterruptedException {
        List<Node> all = new ArrayList<>();
        parent.on("start", words -> {
            int count = Integer.parseInt(words.getFirst());
            for (int i = 0; i < count; i++) {
                String id = prefix + all.size();
                all.add(Node.configure(c -> c.nodeId(id).seed(seed).readers(ThreadKind.VIRTUAL)));
            }
            return "started";
        });
        parent.say("begun");
        Thread.currentThread().join();
    }

    /** Bytes of live heap, bytes of buffers outside of it, platform threads, and how often threads have woken up so far. */
    private static String stock() throws IOException {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        long buffers = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
        return (runtime.totalMemory() - runtime.freeMemory()) + " " + buffers + " "
                + ManagementFactory.getThreadMXBean().getThreadCount() + " " + wakeUps();
    }

    private static long wakeUps() throws IOException {
        long sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                sum += wakeUps(thread);
            }
        }
        return sum;
    }

    private static long wakeUps(Path thread) throws IOException {
        try {
            return Files.readAllLines(thread.resolve("status")).stream()
                    .filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                    .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                    .sum();
        } catch (NoSuchFileException e) {
            // It has ended meanwhile.
            return 0;
        }
    }
}
