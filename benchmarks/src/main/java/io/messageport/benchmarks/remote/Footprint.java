package io.messageport.benchmarks.remote;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What a process occupies at a moment of rest.
 *
 * @param heap live bytes in the heap
 * @param arrays those of them that are byte arrays: buffers, but also the content of strings
 * @param direct bytes in direct buffers
 * @param threads platform threads
 * @param wakeUps how often one of its threads has begun to run again after it had waited, since its start; 0 where the
 *     system does not say
 */
record Footprint(long heap, long arrays, long direct, int threads, long wakeUps) {
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final String SWITCHES = "voluntary_ctxt_switches:";

    /** Takes the time of a full collection or two. */
    static Footprint now() throws JMException, IOException {
        long wakeUps = countWakeUps();
        // The histogram counts live objects only, and collects the others first.
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                        new Object[] {new String[0]}, new String[] {String[].class.getName()});
        long heap = 0;
        long arrays = 0;
        for (String line : histogram.lines().toList()) {
            // "   1:         71234        5812345  [B (java.base@25)", and at the end "Total        512345       45812345"
            String[] words = line.strip().split("\\s+");
            if (words[0].equals("Total")) {
                heap = Long.parseLong(words[2]);
            } else if (words.length > 3 && words[3].equals("[B")) {
                arrays = Long.parseLong(words[2]);
            }
        }
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
                .stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return new Footprint(heap, arrays, direct, ManagementFactory.getThreadMXBean().getThreadCount(), wakeUps);
    }

    private static long countWakeUps() throws IOException {
        if (!Files.isDirectory(TASKS)) {
            return 0;
        }
        long sum = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                sum += wakeUpsOf(task.resolve("status"));
            }
        }
        return sum;
    }

    private static long wakeUpsOf(Path status) {
        try {
            return Files.readAllLines(status, StandardCharsets.UTF_8)
                    .stream()
                    .filter(line -> line.startsWith(SWITCHES))
                    .mapToLong(line -> Long.parseLong(line.substring(SWITCHES.length()).strip()))
                    .sum();
        } catch (IOException ignored) {
            return 0; // the thread has ended since
        }
    }

    String words() {
        return heap + " " + arrays + " " + direct + " " + threads + " " + wakeUps;
    }

    static Footprint of(String words) {
        String[] parts = words.split(" ");
        return new Footprint(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]),
                Integer.parseInt(parts[3]), Long.parseLong(parts[4]));
    }
}
