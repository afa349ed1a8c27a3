package io.messageport.testkit.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A seed means the same in every JVM. */
@Tag("T-36")
class SameEverywhereTest {
    private static final String MARK = "hashes ";

    /** What the other JVM runs. */
    public static void main(String[] args) {
        System.out.println(MARK + hashes());
    }

    private static String hashes() {
        return LongStream.rangeClosed(1, 5)
                .mapToObj(seed -> Long.toHexString(Simulation.replay(seed, SimulationTest::busy)))
                .collect(Collectors.joining(" "));
    }

    @Test
    void shouldTakeTheSameStepsWhenRunInAnotherJvm() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"),
                SameEverywhereTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String said;
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            said = reader.lines().filter(line -> line.startsWith(MARK)).findFirst().orElse(null);
            reader.lines().forEach(Objects::requireNonNull);
        }
        assertEquals(0, process.waitFor());
        assertEquals(MARK + hashes(), said);
    }
}
