package io.messageport.testkit.sim;

import java.util.Locale;

/** The last steps by name, and a hash of all. */
final class Trace {
    private static final int KEPT = 64;

    private final String[] names = new String[KEPT];
    private final long[] times = new long[KEPT];
    /** Written by who holds the baton, read by the driver too. */
    private volatile long steps;
    private long hash = 1;

    void add(String name, long time) {
        long number = steps;
        int at = (int) (number % KEPT);
        names[at] = name;
        times[at] = time;
        steps = number + 1;
        hash = (hash * 31 + name.hashCode()) * 0x9E3779B97F4A7C15L + time;
    }

    long steps() {
        return steps;
    }

    long hash() {
        return hash;
    }

    /** The last steps, a line each, oldest first. */
    String last() {
        StringBuilder text = new StringBuilder(1024);
        for (long i = Math.max(0, steps - KEPT); i < steps; i++) {
            int at = (int) (i % KEPT);
            text.append(String.format(Locale.ROOT, "%n  %6d %10.6f s  %s", i, times[at] / 1e9, names[at]));
        }
        return text.toString();
    }
}
