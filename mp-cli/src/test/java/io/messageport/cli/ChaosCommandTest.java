package io.messageport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Chaos with real child processes. */
class ChaosCommandTest {
    @TempDir
    private Path directory;

    private static String lastLine(CommandLineRun run) {
        List<String> lines = run.out().lines().toList();
        return lines.getLast();
    }

    private static void assertNoChildren() {
        // The shell that watches over children stays as long as this process.
        assertEquals(0, ProcessHandle.current().children().filter(ProcessHandle::isAlive)
                .filter(child -> child.info().command().orElse("").endsWith("java")).count());
    }

    @Test
    @Timeout(120)
    @Tag("SND-4")
    @Tag("SND-5")
    @Tag("MON-4")
    @Tag("T-20")
    void shouldEndWithoutGapDuplicateOrReorderWhenNodesAreKilledStoppedAndCut() {
        CommandLineRun run = CommandLineRun.of("chaos", "--rounds", "4", "--seed", "3");
        assertEquals(0, run.code(), run::toString);
        assertTrue(lastLine(run).matches(
                "sent=[1-9]\\d+ received=[1-9]\\d+ reported_lost=\\d+ gaps=0 duplicates=0 reorders=0"), run::toString);
        assertTrue(run.out().startsWith("seed 3, 4 rounds, 3 nodes\n"), run::toString);
        assertTrue(run.out().contains("round 4/4, "), run::toString);
        assertNoChildren();
    }

    @Test
    @Timeout(120)
    void shouldFailAndSayWhereAndHowToReplayWhenAMessageIsLostInSilence() throws IOException {
        Path keep = directory.resolve("kept");
        CommandLineRun found =
                CommandLineRun.of("chaos", "--rounds", "3", "--seed", "5", "--nodes", "2", "--plant", "1",
                        "--keep", keep.toString());
        assertEquals(1, found.code(), found::toString);
        assertTrue(found.out().contains("FAILED: sent="), found::toString);
        assertTrue(found.out().contains("gaps=1 duplicates=0 reorders=0"), found::toString);
        assertTrue(found.out().contains("round 1, ["), found::toString);
        assertTrue(
                found.out().lines().anyMatch(line -> line.matches("  GAP n\\d\\.\\d/s\\d -> n1/r\\d: in epoch \\d+, .*"
                        + " came where \\d+ was expected; .*")),
                found::toString);
        assertTrue(found.out().contains("journals and logs: " + keep), found::toString);
        assertTrue(found.out().contains("./mp chaos --rounds 3 --seed 5 --nodes 2"), found::toString);
        assertTrue(Files.exists(keep.resolve("n1.0.journal")));
        try (var files = Files.list(keep)) {
            assertTrue(files.anyMatch(file -> file.getFileName().toString().matches("n1\\.0-\\d+\\.log")));
        }
        assertNoChildren();
    }

    @Test
    void shouldSayWhatIsWrongWithTheArguments() {
        for (List<String> wrong : List.of(List.of("--rounds", "0", "--rounds must be from 1 to 1000000, not 0"),
                List.of("--nodes", "1", "--nodes must be from 2 to 16, not 1"),
                List.of("--seed", "x", "'x' is not a long"),
                List.of("--keep", directory.toString(), "exists; name a directory that does not"))) {
            CommandLineRun run = CommandLineRun.of("chaos", wrong.get(0), wrong.get(1));
            assertEquals(2, run.code(), run::toString);
            assertTrue(run.err().contains(wrong.get(2)), run::toString);
        }
        assertFalse(CommandLineRun.of("chaos", "--help").out().contains("--plant"));
    }
}
