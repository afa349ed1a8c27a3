package io.messageport.benchmarks;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param workloads what to measure, in this order
 * @param blocking whether to measure what blocking handlers do to other ports
 * @param quick short iterations, for a look rather than a figure
 * @param forks JVMs started for each side of each workload
 * @param gc whether to measure the bytes allocated for an operation too
 * @param judging whether a missed target is a failure
 */
record Settings(List<Workload> workloads, boolean blocking, boolean quick, int forks, boolean gc, boolean judging) {
    static final String USAGE = """
            usage: benchmarks/compare local [--only WORKLOAD,...] [--savina] [--blocking] [--quick] [--forks N] [--gc]
                                            [--lenient | --strict]
              --only      these workloads: %s
                          of the Savina suite: %s
              --savina    those of the Savina suite, which have no targets
              --blocking  what handlers that block, spin or pin do to other ports
              --quick     short iterations and one fork: for a look, not for a figure, and so not judged
              --forks     JVMs for each side of each workload, default 3, with --quick 1
              --gc        measure the bytes allocated for an operation too
              --lenient   exit with 0 even when a workload misses its target
              --strict    judge, and exit with 1 when a workload misses its target, even with --quick"""
            .formatted(Workload.labels(Workload.Group.TABLE), Workload.labels(Workload.Group.SAVINA));

    private static final int FORKS = 3;
    private static final String ALL =
            Workload.labels(Workload.Group.TABLE) + "," + Workload.labels(Workload.Group.SAVINA);

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException when it makes no sense; the text says why
     */
    static Settings parse(String... args) {
        Set<Workload> workloads = new LinkedHashSet<>();
        Set<String> flags = new HashSet<>();
        int forks = 0;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--savina" -> workloads.addAll(Workload.of(Workload.Group.SAVINA));
                case "--only" -> workloads.addAll(workloads(value(args, ++i)));
                case "--forks" -> forks = forks(value(args, ++i));
                case "--blocking", "--quick", "--gc", "--lenient", "--strict" -> flags.add(args[i]);
                default -> throw new IllegalArgumentException("unknown argument: " + args[i]);
            }
        }
        if (flags.containsAll(List.of("--lenient", "--strict"))) {
            throw new IllegalArgumentException("--lenient and --strict contradict each other");
        }
        boolean blocking = flags.contains("--blocking");
        if (workloads.isEmpty() && !blocking) {
            workloads.addAll(Workload.of(Workload.Group.TABLE));
        }
        boolean quick = flags.contains("--quick");
        boolean judging = flags.contains("--strict") || !quick && !flags.contains("--lenient");
        return new Settings(List.copyOf(workloads), blocking, quick, forks > 0 ? forks : quick ? 1 : FORKS,
                flags.contains("--gc"), judging);
    }

    private static String value(String[] args, int index) {
        if (index == args.length) {
            throw new IllegalArgumentException(args[index - 1] + " needs a value");
        }
        return args[index];
    }

    private static List<Workload> workloads(String labels) {
        return Arrays.stream(labels.split(",", -1))
                .map(label -> Workload.labelled(label)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "no workload \"" + label + "\"; there are " + ALL)))
                .toList();
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
