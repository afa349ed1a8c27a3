package io.messageport.benchmarks.remote;

import io.messageport.benchmarks.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The rounds of one side of a workload, over all its forks; or why there are none. Used by one thread. */
final class RemoteSamples {
    private final List<Pair.Cost> rounds = new ArrayList<>();
    private String failure;

    void add(Pair.Cost round) {
        rounds.add(round);
    }

    /** One failure spoils them all. */
    void fail(String why) {
        failure = failure == null ? why : failure;
    }

    /** Why these are no figures, or null. */
    String failure() {
        return failure == null && rounds.isEmpty() ? "not measured" : failure;
    }

    double median(ToDoubleFunction<Pair.Cost> of) {
        return Samples.median(rounds.stream().map(of::applyAsDouble).toList());
    }

    double nanos() {
        return median(Pair.Cost::nanos);
    }

    double leastNanos() {
        return rounds.stream().mapToDouble(Pair.Cost::nanos).min().orElseThrow();
    }

    double mostNanos() {
        return rounds.stream().mapToDouble(Pair.Cost::nanos).max().orElseThrow();
    }
}
