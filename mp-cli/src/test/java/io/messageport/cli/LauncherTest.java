package io.messageport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts that start our programs build, and when: the functions they share. */
class LauncherTest {
    private static final Path FUNCTIONS = Path.of("../build/find-jdk.sh").toAbsolutePath();
    private static final Path BASH = Path.of("/bin/bash");

    @TempDir
    private Path root;

    /** A source tree that was built a while ago. */
    @BeforeEach
    void build() throws IOException {
        assumeTrue(Files.exists(BASH), "no bash here");
        write("pom.xml", 1_000);
        write("app/target/lib/a.jar", 100);
        write("app/target/launcher/stamp", 100);
        for (String module : new String[] {"mp-api", "mp-runtime", "mp-transport", "mp-testkit", "examples", "app"}) {
            write(module + "/pom.xml", 1_000);
            for (int i = 0; i < 500; i++) {
                write(module + "/src/main/java/of/a/package/whose/name/is/long/File" + i + ".java", 1_000);
            }
            age(module + "/src/main", 1_000);
        }
    }

    private void write(String file, int secondsAgo) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), "");
        age(file, secondsAgo);
    }

    private void age(String top, int secondsAgo) throws IOException {
        try (var files = Files.walk(root.resolve(top))) {
            FileTime time = FileTime.from(Instant.now().minusSeconds(secondsAgo));
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, time);
            }
        }
    }

    @Test
    void shouldNotBuildAgainWhatIsNewerThanAllSources() throws Exception {
        assertEquals("fresh", freshness());
    }

    @Test
    void shouldBuildAgainWhenOneSourceIsNewer() throws Exception {
        age("mp-transport/src/main/java/of/a/package/whose/name/is/long/File77.java", 1);
        assertEquals("stale", freshness());
    }

    @Test
    void shouldBuildAgainWhenVeryManySourcesAreNewer() throws Exception {
        age("mp-api/src/main", 1);
        age("examples/src/main", 1);
        assertEquals("stale", freshness());
    }

    @Test
    void shouldBuildAgainWhenASourceIsGone() throws Exception {
        Files.delete(root.resolve("app/src/main/java/of/a/package/whose/name/is/long/File77.java"));
        assertEquals("stale", freshness());
    }

    private String freshness() throws IOException, InterruptedException {
        Process shell = new ProcessBuilder(BASH.toString(), "-c", "set -euo pipefail; . " + FUNCTIONS
                + "; build_module=app; build_stamp=app/target/launcher/stamp;"
                + " if build_is_fresh; then echo fresh; else echo stale; fi")
                .directory(root.toFile()).redirectErrorStream(true).start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, shell.waitFor(), said);
        return said;
    }
}
