package io.messageport.benchmarks.remote;

import java.util.Locale;

/**
 * The line about connections on which nothing happens.
 *
 * @param mode how the connections were protected
 * @param peers how many there were
 * @param heap what they added to the live heap of the one node, in bytes, without byte arrays
 * @param buffers byte arrays and direct buffers that they added, in bytes
 * @param threads platform threads that they added
 * @param wakeUpsPerSecond how often a thread of the process began to run
 * @param cpuPerSecond processor time used in a second of rest, in seconds
 */
record IdleRow(Party mode, int peers, long heap, long buffers, int threads, double wakeUpsPerSecond,
        double cpuPerSecond) {
    private static final double MIB = 1 << 20;
    private static final double LIMIT = 64;

    boolean isAbove() {
        return heap / MIB > LIMIT;
    }

    String line() {
        return String.format(Locale.ROOT, "workload=idle-peers mode=%s peers=%d heap_mib=%.1f limit=%.0f %s"
                + " buffers_mib=%.1f threads=%d wakeups_per_peer_s=%.2f cpu_percent=%.2f",
                mode.label(), peers, heap / MIB, LIMIT, isAbove() ? "above" : "ok", buffers / MIB, threads,
                wakeUpsPerSecond / peers, 100 * cpuPerSecond);
    }
}
