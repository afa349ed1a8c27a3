package io.messageport.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Demos with real child processes. */
class DemoTest {
    @TempDir
    private Path directory;

    private CommandLineRun play(String script) throws IOException {
        Path file = Files.writeString(directory.resolve("test.demo"), script);
        return CommandLineRun.of("demo", "chat", "--script", file.toString());
    }

    private static void assertNoChildren() {
        assertEquals(0, ProcessHandle.current().children().filter(ProcessHandle::isAlive).count());
    }

    @Test
    @Timeout(120)
    @Tag("SND-5")
    @Tag("MON-4")
    @Tag("SEED-2")
    @Tag("SPN-2")
    void shouldGoAsWrittenWhenTheChatServerIsKilledAndRestarted() {
        CommandLineRun run = CommandLineRun.of("demo", "chat");
        assertEquals(0, run.code(), run::toString);
        assertAll(
                () -> assertTrue(run.out().contains("server - killed hard"), run::toString),
                () -> assertTrue(run.out().contains("alice | * the server is gone, waiting for it"), run::toString),
                () -> assertTrue(run.out().contains("bob | * you are back in the room"), run::toString),
                () -> assertTrue(run.out().contains("chat: all as written, 17 lines checked"), run::toString));
        assertNoChildren();
    }

    @Test
    void shouldFailAndShowBothLinesWhenSomebodySeesSomethingElse() throws IOException {
        CommandLineRun run = play("""
                seed is seed
                server is chat-server
                alice is chat-client
                alice sees * you are in the wrong room
                """);
        assertEquals(1, run.code(), run::toString);
        assertTrue(run.out().contains("alice should have seen: * you are in the wrong room"), run::toString);
        assertTrue(run.out().contains("alice saw instead:      * you are in the room"), run::toString);
        assertNoChildren();
    }

    @Test
    void shouldFailWhenSomebodySeesMoreThanIsWritten() throws IOException {
        CommandLineRun run = play("""
                seed is chat-server
                alice is chat-client
                alice sees * you are in the room
                bob is chat-client
                bob sees * you are in the room
                bob sees * alice is here
                alice leaves
                """);
        assertEquals(1, run.code(), run::toString);
        assertTrue(run.out().contains("alice saw what nobody expected: * bob is here"), run::toString);
        assertNoChildren();
    }

    @Test
    void shouldSayWhatTheChildSaidWhenItDoesNotComeUp() throws IOException {
        CommandLineRun run = play("seed is chat-client\n");
        assertEquals(1, run.code(), run::toString);
        assertTrue(run.out().contains("seed ended with code 2 instead of: come up and say \"ready\""), run::toString);
        assertTrue(run.out().contains("give the address of a running node"), run::toString);
        assertNoChildren();
    }
}
