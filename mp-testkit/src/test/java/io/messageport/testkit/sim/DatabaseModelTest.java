package io.messageport.testkit.sim;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * Random histories of whole nodes with a database, a few of them; {@code -Ddb.seeds=} and {@code -Ddb.first=} run others,
 * and with the tag {@code soak} ten thousand.
 */
@Tag("DB-1")
@Tag("DB-3")
@Tag("DB-4")
@Tag("DB-5")
@Tag("DB-6")
@Tag("DB-8")
@Tag("T-23")
@Tag("T-33")
class DatabaseModelTest {
    private static final int SEEDS = 150;

    @Test
    void shouldAgreeAndReplayWhenHistoriesAreRandom() {
        try (Silence silence = new Silence()) {
            Simulation.seeds(1, SEEDS, DatabaseHistory::run);
            silence.requireNoErrors();
        }
    }

    @Test
    @Tag("soak")
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void shouldAgreeInAllHistories() {
        long first = Long.getLong("db.first", 1);
        int seeds = Integer.getInteger("db.seeds", 10_000);
        long began = System.nanoTime();
        try (Silence silence = new Silence()) {
            Simulation.seeds(first, seeds, DatabaseHistory::run);
            silence.requireNoErrors();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        LoggerFactory.getLogger(DatabaseModelTest.class).warn(
                "database model: seeds={} first={} failures=0 seconds={} seeds_per_s={}",
                seeds, first, took.toSeconds(), seeds * 1_000L / Math.max(1, took.toMillis()));
    }
}
