package io.messageport.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    @Test
    void shouldShowTheVeryProgramThatIsCompiledAndTested() throws IOException {
        String source = Files.readString(
                Path.of("src", "main", "java", "io", "messageport", "examples", "Hello.java"));
        String program = source.substring(
                source.indexOf("// README begins\n") + "// README begins\n".length(),
                source.indexOf("    // README ends"));
        String block = "```java\n" + program.stripTrailing().stripIndent() + "\n```";
        String readme = Files.readString(Path.of("..", "README.md"));
        assertTrue(readme.contains(block), () -> "not in the README:\n" + block);
    }
}
