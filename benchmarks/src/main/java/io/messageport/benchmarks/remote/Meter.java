package io.messageport.benchmarks.remote;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a process has used since its start.
 *
 * @param cpuNanos processor time of all its threads, compilers and collectors included, in nanoseconds
 * @param bytes allocated by all its threads: the counter that JMH's profiler of the collector reads too
 */
record Meter(long cpuNanos, long bytes) {
    static Meter now() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        return new Meter(system.getProcessCpuTime(), threads.getTotalThreadAllocatedBytes());
    }

    String words() {
        return cpuNanos + " " + bytes;
    }

    static Meter of(String words) {
        String[] parts = words.split(" ");
        return new Meter(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    Meter minus(Meter before) {
        return new Meter(cpuNanos - before.cpuNanos, bytes - before.bytes);
    }
}
