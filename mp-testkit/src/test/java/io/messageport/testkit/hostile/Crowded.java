package io.messageport.testkit.hostile;

import io.messageport.Node;
import io.messageport.testkit.Parent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A node that answers {@code say}, in a process that may open few files. */
final class Crowded {
    private Crowded() {}

    public static void main(String... args) throws IOException, InterruptedException, ClassNotFoundException {
        Parent parent = Parent.attach();
        load();
        try (Node node = Node.configure(c -> c.nodeId("crowded").bind("127.0.0.1:0"))) {
            var unused = node.port("echo", port -> port.on("say", m -> port.reply(m.get(0))));
            parent.ready(node);
            node.awaitClose();
        }
    }

    /** Classes are in files of their own here, and would not be found when no file can be opened; of a jar one is open. */
    private static void load() throws IOException, ClassNotFoundException {
        for (String place : System.getProperty("java.class.path").split(":")) {
            Path root = Path.of(place);
            if (Files.isDirectory(root) && root.endsWith(Path.of("target", "classes"))) {
                for (String name : classes(root)) {
                    var unused = Class.forName(name, false, Crowded.class.getClassLoader());
                }
            }
        }
    }

    private static List<String> classes(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .filter(name -> name.startsWith("io/messageport/runtime")
                            || name.startsWith("io/messageport/transport"))
                    .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
        }
    }
}
