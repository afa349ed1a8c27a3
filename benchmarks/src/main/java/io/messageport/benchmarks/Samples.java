package io.messageport.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The measurements of one side of a workload, over all its forks and iterations.
 *
 * @param nanos nanoseconds for an operation, one of each iteration
 * @param bytes bytes allocated for an operation, one of each iteration; empty when not measured
 */
public record Samples(List<Double> nanos, List<Double> bytes) {

    Samples and(Samples more) {
        return new Samples(joined(nanos, more.nanos), joined(bytes, more.bytes));
    }

    private static List<Double> joined(List<Double> some, List<Double> more) {
        List<Double> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** The middle one, or the mean of the two in the middle. */
    public static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double medianNanos() {
        return median(nanos);
    }

    double leastNanos() {
        return Collections.min(nanos);
    }

    double mostNanos() {
        return Collections.max(nanos);
    }
}
