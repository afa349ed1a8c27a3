package io.messageport.benchmarks.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How one side of a workload is measured: a fresh pair of JVMs, rounds to warm up, rounds that count. */
final class Rounds {
    private final RemoteSettings settings;
    private final long warmupNanos;
    private final int rounds;
    private final int restSeconds;

    Rounds(RemoteSettings settings) {
        this.settings = settings;
        warmupNanos = TimeUnit.MILLISECONDS.toNanos(settings.quick() ? 2_000 : 5_000);
        rounds = settings.quick() ? 3 : 7;
        restSeconds = settings.quick() ? 6 : 30;
    }

    /** One measurement for each round that counts. */
    List<Pair.Cost> measure(RemoteWorkload workload, Party party, int count)
            throws RemoteFailure, InterruptedException {
        try (Pair pair = Pair.start(workload, party, settings.jvm())) {
            for (long left = warmupNanos; left > 0;) {
                left -= pair.run(count);
            }
            List<Pair.Cost> costs = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                costs.add(pair.measure(count));
            }
            return costs;
        }
    }

    /** What the connected node has to pay for peers that are silent. */
    IdleRow measureIdle(Party mode) throws RemoteFailure, InterruptedException {
        int peers = RemoteWorkload.IDLE_PEERS.count();
        try (Pair pair = Pair.start(RemoteWorkload.IDLE_PEERS, mode, settings.jvm())) {
            Footprint before = pair.receiverFootprint();
            long unused = pair.run(peers);
            // Connecting leaves some work behind, and buffers that a pause gives back.
            TimeUnit.SECONDS.sleep(restSeconds);
            Footprint after = pair.receiverFootprint();
            Meter meter = pair.receiverMeter();
            TimeUnit.SECONDS.sleep(restSeconds);
            Meter used = pair.receiverMeter().minus(meter);
            Footprint rested = pair.receiverFootprint();
            long arrays = after.arrays() - before.arrays();
            return new IdleRow(mode, peers, after.heap() - before.heap() - arrays,
                    arrays + after.direct() - before.direct(), after.threads() - before.threads(),
                    (rested.wakeUps() - after.wakeUps()) / (double) restSeconds,
                    used.cpuNanos() / 1e9 / restSeconds);
        }
    }
}
