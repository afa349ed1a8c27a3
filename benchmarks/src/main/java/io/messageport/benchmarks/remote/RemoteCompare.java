package io.messageport.benchmarks.remote;

import io.messageport.benchmarks.remote.RemoteWorkload.Rival;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The program behind {@code benchmarks/compare remote}: measures us in each mode and the rivals, workload by workload,
 * each side by two JVMs on loopback, and prints a line for each pair on stdout; progress goes to stderr.
 *
 * <p>A fork of ours is followed by a fork of each rival, then the next workload, then the next round of forks: the two
 * figures of a line come from the same minutes, and a machine that is busy for a while disturbs both.
 *
 * <p>Exit code 0: all ran, and all that is judged reached its target; 1: not so; 2: the command line is wrong.
 */
public final class RemoteCompare {
    private static final Path LOAD = Path.of("/proc/loadavg");

    private final RemoteSettings settings;
    private final Map<Key, RemoteSamples> samples = new LinkedHashMap<>();
    private final List<IdleRow> idle = new ArrayList<>();
    private int failures;

    /** A side of a workload, run with rounds of this size. */
    private record Key(RemoteWorkload workload, Party party, int count) {}

    private RemoteCompare(RemoteSettings settings) {
        this.settings = settings;
    }

    /** Runs what the arguments ask for. */
    public static void main(String[] args) throws InterruptedException {
        RemoteSettings settings;
        try {
            settings = RemoteSettings.parse(args);
        } catch (IllegalArgumentException wrong) {
            System.err.println("compare: " + wrong.getMessage());
            System.err.println(RemoteSettings.USAGE);
            System.exit(2);
            return;
        }
        System.exit(new RemoteCompare(settings).run());
    }

    private int run() throws InterruptedException {
        System.err.printf("compare: %s %s, %d processors, %s %s, load %s%n", System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"), Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"), System.getProperty("os.arch"), load());
        for (int fork = 1; fork <= settings.forks(); fork++) {
            for (RemoteWorkload workload : settings.workloads()) {
                if (workload == RemoteWorkload.IDLE_PEERS) {
                    if (fork == 1) {
                        measureIdle();
                    }
                } else {
                    measure(workload, fork);
                }
            }
        }
        int missed = tell();
        System.err.println("compare: load " + load());
        return settings.judging() && missed > 0 || failures > 0 ? 1 : 0;
    }

    private void measure(RemoteWorkload workload, int fork) throws InterruptedException {
        List<Key> sides = new ArrayList<>();
        for (Party mode : settings.modes()) {
            sides.add(new Key(workload, mode, workload.count()));
            for (Rival rival : workload.rivals(mode)) {
                sides.add(new Key(workload, rival.party(), rival.count()));
            }
        }
        for (Key side : sides.stream().distinct().toList()) {
            RemoteSamples found = samples.computeIfAbsent(side, fresh -> new RemoteSamples());
            try {
                new Rounds(settings).measure(side.workload(), side.party(), side.count()).forEach(found::add);
                System.err.printf(Locale.ROOT, "compare: fork %d of %d, %s %s x %d: %.1f ns%n", fork,
                        settings.forks(), workload.label(), side.party().label(), side.count(), found.nanos());
            } catch (RemoteFailure e) {
                found.fail(e.getMessage());
                System.err.println("compare: " + e.getMessage());
            }
        }
    }

    private void measureIdle() throws InterruptedException {
        for (Party mode : settings.modes()) {
            try {
                idle.add(new Rounds(settings).measureIdle(mode));
            } catch (RemoteFailure e) {
                failures++;
                System.out.println("workload=idle-peers mode=" + mode.label() + " failed: " + e.getMessage());
            }
        }
    }

    /** Gives how many miss their targets. */
    private int tell() {
        int missed = failures;
        for (RemoteWorkload workload : settings.workloads()) {
            for (Party mode : settings.modes()) {
                for (Rival rival : workload.rivals(mode)) {
                    RemoteRow row = new RemoteRow(workload.label(), mode, rival,
                            samples.get(new Key(workload, mode, workload.count())),
                            samples.get(new Key(workload, rival.party(), rival.count())));
                    System.out.println(row.line());
                    missed += row.isMissed() ? 1 : 0;
                    failures += row.isFailed() ? 1 : 0;
                }
            }
        }
        for (IdleRow row : idle) {
            System.out.println(row.line());
            missed += row.isAbove() ? 1 : 0;
        }
        System.err.printf("compare: %d lines miss their targets%n", missed);
        return missed;
    }

    /** How busy the machine is: threads that want to run, over one, five and fifteen minutes. */
    private static String load() {
        try {
            return Files.readString(LOAD).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
