package io.messageport.testkit.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The journals of a network, one file per life of a node in one directory. Of nodes at work, everything received is read
 * before anything sent, so that whatever is found to have arrived is also found to have been sent. Lives that have a
 * successor are read once.
 *
 * <p>For one thread.
 */
public final class Journals {
    private final Path directory;
    private final Map<Path, Life> over = new HashMap<>();
    private final Map<Integer, Integer> newest = new HashMap<>();
    private final List<Path> known = new ArrayList<>();

    /** The journals in this directory, which need not be there yet. */
    public Journals(Path directory) {
        this.directory = directory;
    }

    /** The file of this life of a node. */
    public Path file(int node, int life) {
        return directory.resolve("n" + node + "." + life + ".journal");
    }

    /** The file of the next life of a node, from now on among those that are read. The life before it must be over. */
    public Path next(int node, int life) {
        Path file = file(node, life);
        known.add(file);
        newest.merge(node, life, Math::max);
        return file;
    }

    /** Reads them. */
    public List<Life> read() throws IOException {
        Map<Path, Life> first = readOpen();
        Map<Path, Life> second = readOpen();
        List<Life> all = new ArrayList<>(over.values());
        second.forEach((file, sent) -> {
            Life received = first.get(file);
            all.add(received == null
                    ? new Life(sent.node(), sent.life(), sent.sent(), List.of(), 0, 0)
                    : new Life(sent.node(), sent.life(), sent.sent(), received.received(), received.spoiled(),
                            received.unwritten()));
            if (sent.life() < newest.get(sent.node())) {
                over.put(file, sent);
            }
        });
        return all;
    }

    private Map<Path, Life> readOpen() throws IOException {
        Map<Path, Life> lives = new HashMap<>();
        for (Path file : known) {
            if (!over.containsKey(file) && Files.exists(file)) {
                lives.put(file, Journal.read(file));
            }
        }
        return lives;
    }
}
