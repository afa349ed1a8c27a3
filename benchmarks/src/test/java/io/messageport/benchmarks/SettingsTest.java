package io.messageport.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line. */
class SettingsTest {
    @Test
    void shouldMeasureEverythingWhenNothingIsSaid() {
        assertEquals(new Settings(List.of(Workload.values()), false, 3, false, false), Settings.parse());
    }

    @Test
    void shouldTakeWhatIsSaid() {
        assertEquals(
                new Settings(List.of(Workload.RING, Workload.PING_PONG), true, 2, true, true),
                Settings.parse("--quick", "--only", "ring,ping-pong,ring", "--forks", "2", "--gc", "--strict"));
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
        "--fast | unknown argument: --fast",
    })
    void shouldSayWhatIsWrong(String line, String expected) {
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> Settings.parse(line.split(" ")));
        assertTrue(wrong.getMessage().startsWith(expected), wrong.getMessage());
    }
}
