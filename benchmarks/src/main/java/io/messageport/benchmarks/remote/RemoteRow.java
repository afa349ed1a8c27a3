package io.messageport.benchmarks.remote;

import java.util.Locale;

/**
 * One line of the result: a workload in one of our modes, beside a rival.
 *
 * @param workload the workload's name
 * @param mode how our connection was protected
 * @param rival who else, and how many times faster than it we must be
 * @param ours our rounds
 * @param theirs the rival's
 */
record RemoteRow(String workload, Party mode, RemoteWorkload.Rival rival, RemoteSamples ours, RemoteSamples theirs) {
    /** How many times faster we are, by the medians. */
    double ratio() {
        return theirs.nanos() / ours.nanos();
    }

    /** Whether a side has no figure. */
    boolean isFailed() {
        return ours.failure() != null || theirs.failure() != null;
    }

    /** Whether there is a target and it is missed, or a side has no figure. */
    boolean isMissed() {
        return isFailed() || ratio() < rival.target();
    }

    /** As in the local comparison, with the mode, the processor time and the bytes of either process. */
    String line() {
        if (isFailed()) {
            return "workload=" + workload + " mode=" + mode.label() + " peer=" + rival.label() + " failed: "
                    + (ours.failure() != null ? "ours: " + ours.failure() : theirs.failure());
        }
        return String.format(Locale.ROOT, "workload=%s mode=%s ours_ns=%.1f peer=%s peer_ns=%.1f ratio=%.2f target=%s"
                + " ours_min_ns=%.1f ours_max_ns=%.1f peer_min_ns=%.1f peer_max_ns=%.1f %s %s",
                workload, mode.label(), ours.nanos(), rival.label(), theirs.nanos(), Math.floor(ratio() * 100) / 100,
                verdict(), ours.leastNanos(), ours.mostNanos(), theirs.leastNanos(), theirs.mostNanos(),
                usage("ours", ours), usage("peer", theirs));
    }

    private String verdict() {
        if (!rival.hasTarget()) {
            return "none -";
        }
        // A target below 1 is a limit to what something may cost, and needs its digits.
        String target = String.format(Locale.ROOT, rival.target() < 1 ? "%.3f" : "%.1f", rival.target());
        return target + (isMissed() ? " below" : " ok");
    }

    private static String usage(String side, RemoteSamples samples) {
        return String.format(Locale.ROOT, "%1$s_cpu_ns=%2$.0f %1$s_out_bytes=%3$.0f %1$s_in_bytes=%4$.0f", side,
                samples.median(Pair.Cost::cpuNanos), samples.median(Pair.Cost::sentBytes),
                samples.median(Pair.Cost::receivedBytes));
    }
}
