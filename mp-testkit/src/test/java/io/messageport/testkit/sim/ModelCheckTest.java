package io.messageport.testkit.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random histories of three nodes against the plain reference, a few of them; {@link ModelCheckSoakTest} runs many. */
@Tag("SND-4")
@Tag("SND-5")
@Tag("KIL-1")
@Tag("KIL-2")
@Tag("MON-1")
@Tag("MON-2")
@Tag("MON-3")
@Tag("MON-4")
@Tag("MON-9")
@Tag("CAL-2")
@Tag("T-36")
class ModelCheckTest {
    private static final int SEEDS = 300;

    /** Within so many seeds a broken promise must be found. */
    private static final int SEEDS_TO_FIND = 1_000;

    @Test
    void shouldKeepContractsWhenHistoriesAreRandom() {
        try (Silence silence = new Silence()) {
            Simulation.seeds(1, SEEDS, ModelCheck::run);
            silence.requireNoErrors();
        }
    }

    @Test
    void shouldKeepContractsOverTheNetworkInMemory() {
        try (Silence silence = new Silence()) {
            Simulation.seeds(1, SEEDS, sim -> ModelCheck.run(sim, new MemoryWays(sim)));
            silence.requireNoErrors();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindDefectAndReplayItFromItsSeed(BrokenTransport.Defect defect) {
        Simulation.Body broken = sim -> ModelCheck.run(sim,
                Ways.of(sim.network(), network -> new BrokenTransport(network, defect)));
        try (Silence unused = new Silence()) {
            AssertionError found = assertThrows(AssertionError.class, () -> Simulation.seeds(1, SEEDS_TO_FIND, broken));
            String text = found.getMessage();
            assertTrue(text.matches("(?s)seed [0-9]+: the test failed: " + defect.contract + ": .*"), text);
            long seed = Long.parseLong(text.substring("seed ".length(), text.indexOf(':')));
            AssertionError again = assertThrows(AssertionError.class, () -> Simulation.replay(seed, broken));
            assertEquals(text, again.getMessage());
        }
    }
}
