package io.messageport.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkedNodeTest {
    private static final int SIGKILL = 9;

    @AutoClose
    private final TestNodes nodes = new TestNodes();

    private ForkedNode staying() {
        ForkedNode forked = nodes.fork(Talker.class, "stay");
        forked.awaitLine("ready to be asked");
        return forked;
    }

    /** A zombie that nobody has buried yet is gone as well. */
    private static boolean isGone(long pid) {
        try {
            Path stat = Path.of("/proc", Long.toString(pid), "stat");
            if (Files.isDirectory(Path.of("/proc", "self"))) {
                return !Files.exists(stat) || Files.readString(stat).replaceFirst(".*\\) ", "").startsWith("Z");
            }
            return ProcessHandle.of(pid).isEmpty();
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void shouldShowTheOutputWhenTheProcessEndsWithoutTheLine() {
        ForkedNode talker = nodes.fork(Talker.class, "end");
        assertEquals(nodes.secret(), talker.awaitLine("first "));
        String failure = assertThrows(AssertionError.class, () -> talker.awaitLine("third")).getMessage();
        assertTrue(failure.matches("(?s)Talker ended without a line \"third…\"; it said:\n +\\d+\\.\\d{3} first .*"),
                failure);
        assertEquals(List.of("second null null [end]", "(end of output)"), talker.output().subList(1, 3));
    }

    @Test
    void shouldGiveTheExitCodeWhenItEndsAndWhenItIsKilled() {
        assertEquals(7, nodes.fork(Talker.class, "end").awaitExit());
        ForkedNode killed = staying();
        assertTrue(killed.isAlive());
        killed.kill9();
        assertFalse(killed.isAlive());
        assertEquals(128 + SIGKILL, killed.awaitExit());
    }

    @Test
    void shouldTakeOptionsVariablesAndArgumentsAgainWhenRestarted() {
        ForkedNode first =
                nodes.fork(Launch.of(Talker.class, "stay", "long").named("a talker").variable("COLOUR", "blue")
                        .options("-Dshape=round"));
        assertEquals("blue round [stay, long]", first.awaitLine("second "));
        ForkedNode second = nodes.restart(first);
        assertFalse(first.isAlive());
        assertNotEquals(first.pid(), second.pid());
        assertEquals(nodes.secret(), second.awaitLine("first "));
        assertEquals("blue round [stay, long]", second.awaitLine("second "));
        assertEquals("a talker (process " + second.pid() + ")", second.toString());
    }

    @Test
    void shouldRunUnderTheCommandThatIsGiven() {
        ForkedNode forked = nodes.fork(Launch.of(Talker.class, "stay").under("env", "COLOUR=green"));
        assertEquals("green null [stay]", forked.awaitLine("second "));
    }

    @Test
    void shouldAnswerWhenAskedAndSayWhyItCannot() {
        ForkedNode forked = staying();
        assertEquals("42", forked.ask("add", "40", "2"));
        assertEquals("3", forked.ask("add", "1", "2"));
        String failed = assertThrows(AssertionError.class, () -> forked.ask("add", "x")).getMessage();
        assertTrue(failed.contains("NumberFormatException"), failed);
        String unknown = assertThrows(AssertionError.class, () -> forked.ask("subtract", "1")).getMessage();
        assertTrue(unknown.contains("no command \"subtract\""), unknown);
        assertEquals("going", forked.ask("exit", "5"));
        assertEquals(5, forked.awaitExit());
        assertThrows(AssertionError.class, () -> forked.ask("add", "1", "2"));
    }

    @Test
    void shouldPassABarrierOnlyWhenAllHaveCome() {
        List<ForkedNode> all = List.of(staying(), staying());
        String early = assertThrows(AssertionError.class, () -> {
            all.get(0).ask("come", "loaded");
            all.get(1).ask("exit", "0");
            ForkedNode.pass("loaded", all.toArray(ForkedNode[]::new));
        }).getMessage();
        assertTrue(early.contains("coming to the barrier \"loaded\""), early);
        ForkedNode other = staying();
        other.ask("come", "loaded");
        assertFalse(all.get(0).output().contains("passed loaded"));
        ForkedNode.pass("loaded", all.get(0), other);
        all.get(0).awaitLine("passed loaded");
        other.awaitLine("passed loaded");
    }

    @Test
    void shouldKeepTheLogWithTimesWhenAskedTo(@TempDir Path directory) throws IOException {
        ForkedNode forked = nodes.fork(Launch.of(Talker.class, "end").named("speaker"));
        forked.awaitExit();
        forked.awaitLine("(end of output)");
        Path log = forked.keepLog(directory.resolve("logs"));
        assertEquals("speaker-" + forked.pid() + ".log", log.getFileName().toString());
        List<String> lines = Files.readAllLines(log);
        assertEquals(3, lines.size());
        assertTrue(lines.get(1).matches(" +\\d+\\.\\d{3} second .*"), lines::toString);
    }

    @Test
    void shouldEndWhenTheTestEndsEvenIfItIsStopped() {
        ForkedNode forked;
        try (TestNodes own = new TestNodes()) {
            forked = own.fork(Talker.class, "stay");
            forked.awaitLine("second");
            assertTrue(forked.isAlive());
            forked.stop();
        }
        assertFalse(forked.isAlive());
    }

    @Test
    void shouldLeaveNobodyBehindWhenTheParentIsKilledNotEvenTheStoppedAndTheDeaf() {
        ForkedNode parent = nodes.fork(Talker.class, "fork");
        long[] pids = Arrays.stream(parent.awaitLine("forked ").split(" ")).mapToLong(Long::parseLong).toArray();
        assertFalse(isGone(pids[0]));
        assertFalse(isGone(pids[1]));
        parent.kill9();
        await().atMost(Duration.ofSeconds(20)).until(() -> isGone(pids[0]) && isGone(pids[1]));
    }

    @Test
    void shouldDropTheOldestLinesAndCutLongOnesWhenThereAreTooMany() {
        ForkLog log = new ForkLog("noisy");
        int lines = 300_000;
        for (int i = 0; i < lines; i++) {
            log.add("line " + i);
        }
        log.add("x".repeat(10_000));
        assertEquals(1 << 18, log.lines().size());
        assertEquals(4097, log.lines().getLast().length());
        assertEquals("line 299999", log.find(line -> line.startsWith("line 299999"), "it", Duration.ZERO));
        assertThrows(AssertionError.class, () -> log.find(line -> line.startsWith("line 0"), "it", Duration.ZERO));
    }
}
