package io.messageport.benchmarks;

import java.util.Locale;

/**
 * One line of the result: a workload, ours beside a peer.
 *
 * @param workload the workload's name
 * @param peer who else, and how many times faster than it we must be
 * @param ours our measurements, at least one
 * @param theirs the peer's, at least one
 */
record Row(String workload, Workload.Peer peer, Samples ours, Samples theirs) {
    /** How many times faster we are, by the medians. */
    double ratio() {
        return theirs.medianNanos() / ours.medianNanos();
    }

    /** Whether there is a target, and it is missed. */
    boolean isBelow() {
        return ratio() < peer.target();
    }

    /**
     * Blanks between the parts; {@code name=value} but for the verdict, whose place is after the target. The ratio is cut,
     * not rounded, so that it never shows a target that is missed.
     */
    String line() {
        return String.format(Locale.ROOT, "workload=%s ours_ns=%.1f peer=%s peer_ns=%.1f ratio=%.2f target=%s"
                + " ours_min_ns=%.1f ours_max_ns=%.1f peer_min_ns=%.1f peer_max_ns=%.1f%s",
                workload, ours.medianNanos(), peer.label(), theirs.medianNanos(), Math.floor(ratio() * 100) / 100,
                verdict(), ours.leastNanos(), ours.mostNanos(), theirs.leastNanos(), theirs.mostNanos(), bytes());
    }

    private String verdict() {
        if (!peer.hasTarget()) {
            return "none -";
        }
        // A target below 1 is a limit to what something may cost, and needs its digits.
        String target = String.format(Locale.ROOT, peer.target() < 1 ? "%.3f" : "%.1f", peer.target());
        return target + (isBelow() ? " below" : " ok");
    }

    private String bytes() {
        if (ours.bytes().isEmpty() || theirs.bytes().isEmpty()) {
            return "";
        }
        return String.format(Locale.ROOT, " ours_bytes=%.0f peer_bytes=%.0f", Samples.median(ours.bytes()),
                Samples.median(theirs.bytes()));
    }
}
