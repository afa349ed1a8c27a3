package io.messageport.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of the documentation and the test that runs its code: what the page shows as Java, and what the test has
 * between its marks, both in order and without their common indent.
 */
record Guide(List<String> shown, List<String> marked) {
    static Guide of(String page, Class<?> test) throws IOException {
        Path source = Path.of("src", "test", "java", test.getName().replace('.', '/') + ".java");
        return new Guide(
                blocks(Path.of("..", "docs", page), "```java", "```"), blocks(source, "// guide", "// end"));
    }

    private static List<String> blocks(Path file, String start, String end) throws IOException {
        List<String> blocks = new ArrayList<>();
        List<String> block = null;
        for (String line : Files.readAllLines(file)) {
            if (block == null && line.strip().equals(start)) {
                block = new ArrayList<>();
            } else if (block != null && line.strip().equals(end)) {
                blocks.add(String.join("\n", block).stripIndent());
                block = null;
            } else if (block != null) {
                block.add(line);
            }
        }
        return blocks;
    }
}
