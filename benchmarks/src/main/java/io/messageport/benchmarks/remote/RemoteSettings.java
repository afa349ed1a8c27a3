package io.messageport.benchmarks.remote;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param workloads what to measure, in this order
 * @param modes how our connections are protected
 * @param quick few and short rounds, for a look rather than a figure
 * @param forks pairs of JVMs started for each side of each workload
 * @param jvm options for each of these JVMs
 * @param judging whether a missed target is a failure
 */
record RemoteSettings(List<RemoteWorkload> workloads, List<Party> modes, boolean quick, int forks, List<String> jvm,
        boolean judging) {
    static final String USAGE = """
            usage: benchmarks/compare remote [--only WORKLOAD,...] [--mode plain|tls] [--quick] [--forks N] [--jvm OPTION]
                                             [--lenient | --strict]
              --only     these workloads: %s
              --mode     only this protection of our connections; default is both
              --quick    few and short rounds and one fork: for a look, not for a figure, and so not judged
              --forks    pairs of JVMs for each side of each workload, default 3, with --quick 1
              --jvm      one more option for each of these JVMs, such as -Xlog:gc; may be given again
              --lenient  exit with 0 even when a workload misses its target
              --strict   judge, and exit with 1 when a workload misses its target, even with --quick"""
            .formatted(RemoteWorkload.labels());

    private static final int FORKS = 3;

    /** As for the local comparison: of a fixed size and touched before it begins, so that no side pays for its growth. */
    private static final List<String> HEAP = List.of("-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch");

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException when it makes no sense; the text says why
     */
    static RemoteSettings parse(String... args) {
        Set<RemoteWorkload> workloads = new LinkedHashSet<>();
        List<Party> modes = List.of(Party.PLAIN, Party.TLS);
        Set<String> flags = new HashSet<>();
        List<String> jvm = new ArrayList<>(HEAP);
        int forks = 0;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--only" -> workloads.addAll(workloads(value(args, ++i)));
                case "--mode" -> modes = List.of(mode(value(args, ++i)));
                case "--forks" -> forks = forks(value(args, ++i));
                case "--jvm" -> jvm.add(value(args, ++i));
                case "--quick", "--lenient", "--strict" -> flags.add(args[i]);
                default -> throw new IllegalArgumentException("unknown argument: " + args[i]);
            }
        }
        if (flags.containsAll(List.of("--lenient", "--strict"))) {
            throw new IllegalArgumentException("--lenient and --strict contradict each other");
        }
        if (workloads.isEmpty()) {
            workloads.addAll(List.of(RemoteWorkload.values()));
        }
        boolean quick = flags.contains("--quick");
        boolean judging = flags.contains("--strict") || !quick && !flags.contains("--lenient");
        return new RemoteSettings(List.copyOf(workloads), modes, quick, forks > 0 ? forks : quick ? 1 : FORKS,
                List.copyOf(jvm), judging);
    }

    private static String value(String[] args, int index) {
        if (index == args.length) {
            throw new IllegalArgumentException(args[index - 1] + " needs a value");
        }
        return args[index];
    }

    private static List<RemoteWorkload> workloads(String labels) {
        return Arrays.stream(labels.split(",", -1))
                .map(label -> RemoteWorkload.labelled(label)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "no workload \"" + label + "\"; there are " + RemoteWorkload.labels())))
                .toList();
    }

    private static Party mode(String label) {
        return switch (label) {
            case "plain" -> Party.PLAIN;
            case "tls" -> Party.TLS;
            default -> throw new IllegalArgumentException("--mode needs plain or tls, not " + label);
        };
    }

    private static int forks(String number) {
        try {
            int forks = Integer.parseInt(number);
            if (forks > 0) {
                return forks;
            }
        } catch (NumberFormatException expected) {
            // told below, as for a number that is too small
        }
        throw new IllegalArgumentException("--forks needs a number from 1, not " + number);
    }
}
