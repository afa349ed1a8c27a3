package io.messageport.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the tests in a JVM of its own, with the flags that the test is about. */
final class ForkedJvm {
    /** The exit code of a program whose parent is gone. */
    private static final int ORPHANED = 3;

    private ForkedJvm() {}

    /**
     * Runs the main class to its end, with the class path of the tests.
     *
     * @return the lines it printed, on both streams
     * @throws AssertionError when it ends with another code than 0, or not within the time; shows what it printed
     */
    static List<String> run(Class<?> main, long seconds, List<String> flags, String... args) throws Exception {
        return run(main, Path.of("").toAbsolutePath(), seconds, flags, args);
    }

    /** The same, in a working directory. */
    static List<String> run(Class<?> main, Path directory, long seconds, List<String> flags, String... args)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        Path output = Files.createTempFile("forked", ".txt");
        try {
            // Standard input stays a pipe: its end tells the program that this JVM is gone.
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            List<String> lines = Files.readAllLines(output);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(main.getName() + " " + String.join(" ", flags)
                        + (ended ? " ended with " + process.exitValue() : " did not end in " + seconds + " s")
                        + "; it said:\n  " + String.join("\n  ", lines));
            }
            return lines;
        } finally {
            Files.delete(output);
        }
    }

    /** For the program: says something to the test. */
    static void say(String line) {
        // checkstyle:off NoConsole  standard output is the way to the parent
        System.out.println(line);
        // checkstyle:on NoConsole
    }

    /** For the program: ends it when the test's JVM is gone. */
    static void endWithParent() {
        Thread.ofPlatform().daemon().name("end with parent").start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Only its end counts.
                }
            } catch (IOException e) {
                say("standard input failed, ending: " + e);
            }
            Runtime.getRuntime().halt(ORPHANED);
        });
    }
}
