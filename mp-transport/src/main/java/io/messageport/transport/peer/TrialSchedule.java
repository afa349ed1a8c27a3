package io.messageport.transport.peer;

import io.messageport.NodeConfig;
import java.time.Duration;

/** When the next address of a node is tried ({@code CON-2}); pure. */
final class TrialSchedule {
    private static final long FLOOR = Duration.ofMillis(400).toNanos();
    private static final double JITTER = 0.1;

    private TrialSchedule() {}

    /**
     * Nanoseconds between two trials.
     *
     * @param addresses how many there are to try, at least 1
     * @param random from 0 to 1
     */
    static long interval(NodeConfig config, int addresses, double random) {
        long interval = config.connectInterval().toNanos();
        long fair = (config.monitorTimeout().toNanos() - interval) / addresses;
        long chosen = Math.max(FLOOR, Math.min(interval, fair));
        return (long) (chosen * (1 - JITTER * random));
    }
}
