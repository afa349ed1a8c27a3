package io.messageport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleCommandTest {
    @Test
    void shouldListTheExamplesWhenNoneIsNamed() {
        CommandLineRun run = CommandLineRun.of("example");
        assertEquals(0, run.code(), run::toString);
        assertEquals(Example.values().length, run.out().lines().count());
        assertTrue(run.out().contains("chat-client  --seed HOST:PORT NICK  talks to the room"), run::toString);
    }

    @Test
    void shouldSayWhereTheListIsWhenTheNameIsUnknown() {
        CommandLineRun run = CommandLineRun.of("example", "chta");
        assertEquals(2, run.code(), run::toString);
        assertTrue(run.err().contains("There is no example \"chta\"; \"mp example\" lists them."), run::toString);
    }

    @Test
    void shouldMakeOneSecretForTheUserAlone(@TempDir Path home) throws IOException {
        UserSecret secret = new UserSecret(home.resolve(".messageport").resolve("secret"));
        assertTrue(secret.createIfMissing());
        String first = Files.readString(secret.file());
        assertTrue(first.strip().length() >= 40, first);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(secret.file())));
        assertFalse(secret.createIfMissing());
        assertEquals(first, Files.readString(secret.file()));
        try (var files = Files.list(secret.file().getParent())) {
            assertEquals(1, files.count());
        }
    }
}
