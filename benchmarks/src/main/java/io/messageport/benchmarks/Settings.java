package io.messageport.benchmarks;

import java.util.Arrays;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param workloads what to measure, in this order
 * @param quick short iterations, for a look rather than a figure
 * @param forks JVMs started for each side of each workload
 * @param gc whether to measure the bytes allocated for an operation too
 * @param strict whether a missed target is a failure
 */
record Settings(List<Workload> workloads, boolean quick, int forks, boolean gc, boolean strict) {
    static final String USAGE = """
            usage: benchmarks/compare local [--quick] [--only WORKLOAD,...] [--forks N] [--gc] [--strict]
              --quick   short iterations and one fork: for a look, not for a figure
              --only    these workloads: %s
              --forks   JVMs for each side of each workload, default 3, with --quick 1
              --gc      measure the bytes allocated for an operation too
              --strict  exit with 1 when a workload misses its target""".formatted(Workload.labels());

    private static final int FORKS = 3;

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException when it makes no sense; the text says why
     */
    static Settings parse(String... args) {
        List<Workload> workloads = List.of(Workload.values());
        boolean quick = false;
        boolean gc = false;
        boolean strict = false;
        int forks = 0;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--quick" -> quick = true;
                case "--gc" -> gc = true;
                case "--strict" -> strict = true;
                case "--only" -> workloads = workloads(value(args, ++i));
                case "--forks" -> forks = forks(value(args, ++i));
                default -> throw new IllegalArgumentException("unknown argument: " + args[i]);
            }
        }
        return new Settings(workloads, quick, forks > 0 ? forks : quick ? 1 : FORKS, gc, strict);
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
                                "no workload \"" + label + "\"; there are " + Workload.labels())))
                .distinct()
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
