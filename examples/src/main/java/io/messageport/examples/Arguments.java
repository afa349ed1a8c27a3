package io.messageport.examples;

import io.messageport.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line that all examples share: {@code [--bind HOST:PORT] [--seed HOST:PORT]... [--secret-file FILE]
 * [--until-eof] WORD...}
 *
 * <p>They bind to loopback unless told otherwise. The secret comes from the file, or from the environment.
 */
final class Arguments {
    private final List<String> binds = new ArrayList<>();
    private final List<String> seeds = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private Path secretFile;
    private boolean untilEof;

    /** Reads a command line; ends the program with a sentence about what is wrong with it. */
    static Arguments of(String... args) {
        Arguments parsed = new Arguments();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--bind" -> parsed.binds.add(valueAfter(args, i++));
                case "--seed" -> parsed.seeds.add(valueAfter(args, i++));
                case "--secret-file" -> parsed.secretFile = Path.of(valueAfter(args, i++));
                case "--until-eof" -> parsed.untilEof = true;
                default -> {
                    if (args[i].startsWith("--")) {
                        exit("unknown option " + args[i]);
                    }
                    parsed.words.add(args[i]);
                }
            }
        }
        return parsed;
    }

    private static String valueAfter(String[] args, int i) {
        if (i + 1 == args.length) {
            exit(args[i] + " needs a value");
        }
        return args[i + 1];
    }

    private static void exit(String why) {
        System.err.println(why);
        System.exit(2);
    }

    /** A word of the command line, which must be there. */
    String word(int index, String what) {
        if (index >= words.size()) {
            exit("missing on the command line: " + what);
        }
        return words.get(index);
    }

    /** Ends the program unless a seed was given: without one it would wait for ever. */
    Arguments needSeed() {
        if (seeds.isEmpty()) {
            exit("give the address of a running node: --seed HOST:PORT");
        }
        return this;
    }

    /** Starts the node that the command line describes. */
    Node node(String nodeId) {
        Node node = Node.configure(c -> {
            c.nodeId(nodeId).bind(binds.isEmpty() ? new String[] {"127.0.0.1:0"} : binds.toArray(String[]::new));
            c.seed(seeds.toArray(String[]::new));
            if (secretFile != null) {
                c.secret(read(secretFile));
            }
        });
        if (untilEof) {
            Thread.ofPlatform().daemon().name("until-eof").start(() -> closeAtEof(node));
        }
        return node;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the secret file: " + e, e);
        }
    }

    private static void closeAtEof(Node node) {
        try {
            while (System.in.read() >= 0) {
                // Only the end matters: whoever started this program holds the other end of its standard input.
            }
        } catch (IOException e) {
            System.err.println("standard input failed, ending: " + e);
        }
        node.close();
    }

    /** Prints where the node is, in a line that other programs can read. */
    static void ready(Node node) {
        System.out.println("ready " + node.id() + " " + String.join(" ", node.addresses()));
    }
}
