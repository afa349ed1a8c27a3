package io.messageport.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The program behind {@code benchmarks/compare local}: measures us and the peers, workload by workload, and prints a line
 * for each pair on stdout; progress goes to stderr.
 *
 * <p>A fork of ours is followed by a fork of each peer, then the next workload, then the next round of forks: the two
 * figures of a line come from the same minutes, and a machine that is busy for a while disturbs both.
 *
 * <p>Exit code 0: all ran, and all that is judged reached its target; 1: not so; 2: the command line is wrong.
 */
public final class Compare {
    private final Settings settings;
    private final Measurement measurement;
    private final Map<Workload, Map<String, Samples>> samples = new LinkedHashMap<>();

    private Compare(Settings settings) {
        this.settings = settings;
        this.measurement = new Measurement(
                settings.quick() ? Measurement.Effort.QUICK : Measurement.Effort.USUAL, settings.gc());
    }

    /** Runs what the arguments ask for. */
    public static void main(String[] args) {
        Settings settings;
        try {
            settings = Settings.parse(args);
        } catch (IllegalArgumentException wrong) {
            System.err.println("compare: " + wrong.getMessage());
            System.err.println(Settings.USAGE);
            System.exit(2);
            return;
        }
        try {
            System.exit(new Compare(settings).run());
        } catch (RunnerException | BlockingFailure failed) {
            System.err.println("compare: " + failed.getMessage());
            System.exit(1);
        }
    }

    private int run() throws RunnerException, BlockingFailure {
        System.err.printf("compare: %s %s, %d processors, %s %s%n", System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"), Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"), System.getProperty("os.arch"));
        for (int fork = 1; fork <= settings.forks(); fork++) {
            for (Workload workload : settings.workloads()) {
                measure(workload, Workload.OURS, fork);
                for (Workload.Peer peer : workload.peers()) {
                    measure(workload, peer.method(), fork);
                }
            }
        }
        int below = tell(rows());
        if (settings.blocking()) {
            below += tellBlocking();
        }
        return settings.judging() && below > 0 ? 1 : 0;
    }

    private void measure(Workload workload, String method, int fork) throws RunnerException {
        Samples found = measurement.of(workload.selector(method));
        System.err.printf(Locale.ROOT, "compare: fork %d of %d, %s %s: %.1f ns%n", fork, settings.forks(),
                workload.label(), method, found.medianNanos());
        Samples unused = samples.computeIfAbsent(workload, fresh -> new LinkedHashMap<>())
                .merge(method, found, Samples::and);
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        samples.forEach((workload, byMethod) -> {
            for (Workload.Peer peer : workload.peers()) {
                rows.add(new Row(workload.label(), peer, byMethod.get(Workload.OURS), byMethod.get(peer.method())));
            }
        });
        return rows;
    }

    /** Gives how many miss their targets. */
    private static int tell(List<Row> rows) {
        rows.forEach(row -> System.out.println(row.line()));
        long judged = rows.stream().filter(row -> row.peer().hasTarget()).count();
        long below = rows.stream().filter(Row::isBelow).count();
        if (judged > 0) {
            System.err.printf("compare: %d of %d lines below target%n", below, judged);
        }
        return (int) below;
    }

    private int tellBlocking() throws BlockingFailure {
        List<BlockingRow> rows = Blocking.measure(settings.quick());
        rows.forEach(row -> System.out.println(row.line()));
        long above = rows.stream().filter(BlockingRow::isAbove).count();
        System.err.printf("compare: %d of %d limits exceeded%n", above, rows.size());
        return (int) above;
    }
}
