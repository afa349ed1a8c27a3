package io.messageport.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mp demo chat}: processes talk, fail and recover by a script; exit code 0 only if all went as written. */
@Command(name = "demo", mixinStandardHelpOptions = true,
        description = {"Plays a scripted conversation between processes on this machine, and checks every line of it.",
            "Exit code 0 when all went as written, else 1."})
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "the demo: ${COMPLETION-CANDIDATES}")
    private Demo demo;

    @Option(names = "--script", paramLabel = "FILE", description = "a script of your own, in the form of chat.demo")
    private Path script;

    /** The scripts that ship with the program, each a resource {@code NAME.demo}. */
    enum Demo {
        /** Two clients, a server that is killed and comes back, and a seed. */
        chat
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Script read = Script.parse(script == null ? shipped() : Files.readAllLines(script));
        Path directory = Files.createTempDirectory("messageport-demo");
        Play play = new Play(new Transcript(spec.commandLine().getOut()), directory);
        Thread onInterrupt = new Thread(() -> end(play, directory), "end the demo");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        long begun = System.nanoTime();
        try {
            int seen = play.perform(read);
            say(String.format(Locale.ROOT, "%n%s: all as written, %d lines checked, %.1f s", demo, seen,
                    (System.nanoTime() - begun) / 1e9));
            return 0;
        } catch (DemoFailure e) {
            say("\n" + demo + (play.isClosed() ? ": interrupted" : ": FAILED\n" + e.getMessage()));
            return 1;
        } finally {
            end(play, directory);
            forget(onInterrupt);
        }
    }

    /** Leaves nothing behind; by the main thread and, on Ctrl-C, at the same time by the shutdown hook. */
    private static void end(Play play, Path directory) {
        play.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            if (Files.exists(directory)) {
                System.err.println("could not delete " + directory + ": " + e);
            }
        }
    }

    private void say(String text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }

    private List<String> shipped() throws IOException {
        InputStream resource = Objects.requireNonNull(DemoCommand.class.getResourceAsStream(demo + ".demo"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The program is on its way out, and the hook does its work.
        }
    }
}
