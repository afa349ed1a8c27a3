package io.messageport.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line. */
class SettingsTest {
    private static final List<Workload> TABLE = Workload.of(Workload.Group.TABLE);
    private static final List<Workload> SAVINA = Workload.of(Workload.Group.SAVINA);

    @Test
    void shouldMeasureAndJudgeTheTableWhenNothingIsSaid() {
        assertEquals(new Settings(TABLE, false, false, 3, false, true), Settings.parse());
    }

    @Test
    void shouldTakeWhatIsSaid() {
        assertEquals(
                new Settings(List.of(Workload.RING, Workload.PING_PONG), false, true, 2, true, true),
                Settings.parse("--quick", "--only", "ring,ping-pong,ring", "--forks", "2", "--gc", "--strict"));
    }

    @Test
    void shouldMeasureWhatIsNamedWhenOtherThanTheTable() {
        assertEquals(SAVINA, Settings.parse("--savina").workloads());
        assertEquals(new Settings(List.of(), true, false, 3, false, true), Settings.parse("--blocking"));
        assertEquals(new Settings(List.of(Workload.RING), true, false, 3, false, true),
                Settings.parse("--blocking", "--only", "ring"));
    }

    @Test
    void shouldHaveATargetForEachRowOfTheTableAndNoneElsewhere() {
        TABLE.forEach(row -> assertTrue(row.peers().getFirst().hasTarget(), row.label()));
        SAVINA.forEach(row -> assertFalse(row.peers().getFirst().hasTarget(), row.label()));
    }

    @Test
    void shouldNotJudgeWhenQuickOrLenientUnlessTold() {
        assertFalse(Settings.parse("--quick").judging());
        assertFalse(Settings.parse("--lenient").judging());
        assertTrue(Settings.parse("--quick", "--strict").judging());
    }

    @Test
    void shouldTakeOneForkWhenQuick() {
        assertEquals(1, Settings.parse("--quick").forks());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--only | --only needs a value",
        "--only rings | no workload \"rings\"; there are ping-pong,",
        "--forks 0 | --forks needs a number from 1, not 0",
        "--forks many | --forks needs a number from 1, not many",
        "--lenient --strict | --lenient and --strict contradict each other",
        "--fast | unknown argument: --fast",
    })
    void shouldSayWhatIsWrong(String line, String expected) {
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> Settings.parse(line.split(" ")));
        assertTrue(wrong.getMessage().startsWith(expected), wrong.getMessage());
    }
}
