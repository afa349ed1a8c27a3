package io.messageport.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The seeds that stand in a file. One call at a time. */
final class SeedFile implements SeedSource {
    private static final long MOST_BYTES = 1 << 20;
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Path file;

    /** What the file was when it was read last; all three owned by the one call. */
    private FileTime written;

    private long size;
    private Object key;
    private List<String> last = List.of();

    SeedFile(Path file) {
        this.file = Objects.requireNonNull(file, "the file of the seeds");
    }

    @Override
    public List<String> seeds() throws IOException {
        BasicFileAttributes now;
        try {
            now = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            written = null;
            return List.of();
        }
        if (now.lastModifiedTime().equals(written) && now.size() == size && Objects.equals(now.fileKey(), key)) {
            return last;
        }
        if (now.size() > MOST_BYTES) {
            throw new IOException("the file of the seeds, " + file + ", has more than " + MOST_BYTES + " bytes");
        }
        try (Stream<String> lines = Files.lines(file)) {
            last = lines.map(line -> line.replaceFirst("#.*", "").strip()).filter(line -> !line.isEmpty()).distinct()
                    .toList();
        }
        written = now.lastModifiedTime();
        size = now.size();
        key = now.fileKey();
        return last;
    }

    @Override
    public Duration refresh() {
        return LOOK;
    }

    @Override
    public String toString() {
        return "file " + file;
    }
}
