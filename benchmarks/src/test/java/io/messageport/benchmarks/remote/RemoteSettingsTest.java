package io.messageport.benchmarks.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line of the comparison over the network. */
class RemoteSettingsTest {
    private static final List<String> HEAP = List.of("-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch");
    private static final List<Party> BOTH = List.of(Party.PLAIN, Party.TLS);

    @Test
    void shouldMeasureAndJudgeEverythingInBothModesWhenNothingIsSaid() {
        assertEquals(new RemoteSettings(List.of(RemoteWorkload.values()), BOTH, false, 3, HEAP, true),
                RemoteSettings.parse());
    }

    @Test
    void shouldTakeWhatIsSaid() {
        assertEquals(
                new RemoteSettings(List.of(RemoteWorkload.BLOBS, RemoteWorkload.ONE_WAY), List.of(Party.TLS), true, 2,
                        List.of("-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch", "-Xlog:gc"), true),
                RemoteSettings.parse("--quick", "--only", "blobs,one-way,blobs", "--forks", "2", "--mode", "tls",
                        "--jvm", "-Xlog:gc", "--strict"));
    }

    @Test
    void shouldNotJudgeWhenQuickOrLenientUnlessTold() {
        assertFalse(RemoteSettings.parse("--quick").judging());
        assertFalse(RemoteSettings.parse("--lenient").judging());
        assertTrue(RemoteSettings.parse("--quick", "--strict").judging());
        assertEquals(1, RemoteSettings.parse("--quick").forks());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--only | --only needs a value",
        "--only one | no workload \"one\"; there are one-way,",
        "--forks 0 | --forks needs a number from 1, not 0",
        "--forks many | --forks needs a number from 1, not many",
        "--mode open | --mode needs plain or tls, not open",
        "--lenient --strict | --lenient and --strict contradict each other",
        "--fast | unknown argument: --fast",
    })
    void shouldSayWhatIsWrong(String line, String expected) {
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> RemoteSettings.parse(line.split(" ")));
        assertTrue(wrong.getMessage().startsWith(expected), wrong.getMessage());
    }
}
