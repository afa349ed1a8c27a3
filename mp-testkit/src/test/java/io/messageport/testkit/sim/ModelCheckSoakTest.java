package io.messageport.testkit.sim;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Ten thousand histories ({@code -Dmodel.seeds=}), from seed 1 on ({@code -Dmodel.first=}). */
@Tag("soak")
@Tag("T-36")
class ModelCheckSoakTest {
    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void shouldKeepContractsInAllHistories() {
        check("model check", ModelCheck::run);
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void shouldKeepContractsInAllHistoriesOverTheNetworkInMemory() {
        check("model check in memory", sim -> ModelCheck.run(sim, new MemoryWays(sim)));
    }

    private static void check(String what, Simulation.Body history) {
        long first = Long.getLong("model.first", 1);
        int seeds = Integer.getInteger("model.seeds", 10_000);
        long began = System.nanoTime();
        try (Silence silence = new Silence()) {
            Simulation.seeds(first, seeds, history);
            silence.requireNoErrors();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        LoggerFactory.getLogger(ModelCheckSoakTest.class).warn(
                "{}: seeds={} first={} failures=0 seconds={} seeds_per_s={}",
                what, seeds, first, took.toSeconds(), seeds * 1_000L / Math.max(1, took.toMillis()));
    }
}
