package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the stress tests of the kernel, in which two threads meet in every way they can: {@code kernel/*Stress}. Each is
 * run in a JVM of its own by jcstress, which ends with a failure when one sees an outcome that is forbidden.
 */
class StressRunTest {
    /** A few hundred thousand meetings each, with the plain compiler: seconds. */
    @Test
    @Timeout(180)
    void shouldSeeNoForbiddenOutcomeWhenRunBriefly(@TempDir Path directory) throws Exception {
        run(directory, 170, "-m", "sanity", "-f", "1", "-iters", "1", "-time", "100", "-strideSize", "16",
                "-strideCount", "64", "-sc", "false", "-hs", "256", "-jvmArgs", "-XX:+UseSerialGC");
    }

    /**
     * With all of the compiler's variations and in several forks, as {@code mvn verify -Pjcstress} asks for: half an hour.
     * {@code -Djcstress.mode} chooses another effort, {@code default} or {@code tough}, and {@code -Djcstress.split=true}
     * compiles the actors of a test apart too: hours, each.
     */
    @Test
    @Tag("jcstress")
    @Timeout(7_000)
    void shouldSeeNoForbiddenOutcomeWhenRunInFull(@TempDir Path directory) throws Exception {
        String mode = System.getProperty("jcstress.mode");
        List<String> options = new ArrayList<>(
                List.of("-sc", System.getProperty("jcstress.split", "false"), "-hs", "256"));
        options.addAll(
                mode == null ? List.of("-f", "1", "-fsm", "2", "-iters", "3", "-time", "400") : List.of("-m", mode));
        run(directory, 6_900, options.toArray(String[]::new));
    }

    private static void run(Path directory, long seconds, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("-t", "io.messageport.*", "-r", directory.toString()));
        List<String> said = ForkedJvm.run(org.openjdk.jcstress.Main.class, directory, seconds, List.of("-Xmx256m"),
                arguments.toArray(String[]::new));
        List<String> results = said.stream().filter(line -> line.startsWith("(Results: ")).toList();
        ForkedJvm.say("StressRunTest " + results.getLast());
        assertTrue(
                results.getLast()
                        .matches("\\(Results: (\\d+) planned; \\1 passed, 0 failed, 0 soft errs, 0 hard errs\\)"),
                () -> String.join("\n", said));
    }
}
