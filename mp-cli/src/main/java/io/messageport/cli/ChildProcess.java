package io.messageport.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program in a JVM of its own: same Java and class path as this one, its standard input and output in our hands, its
 * standard error in a file. It sees the end of its input when we die, and ends.
 *
 * <p>Safe from any thread; a thread of its own reads the output.
 */
final class ChildProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Path errors;
    private final PrintWriter in;
    private final BlockingQueue<Printed> unread = new LinkedBlockingQueue<>();

    /** What came out of the child. */
    private sealed interface Printed {
        record Line(String text) implements Printed {}

        record End() implements Printed {}
    }

    /** What to start. */
    record Program(String name, Class<?> main, List<String> args, Map<String, String> environment, Path directory) {}

    private ChildProcess(Program program, Process process, Path errors, Consumer<String> onLine) {
        this.name = program.name();
        this.process = process;
        this.errors = errors;
        in = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        Thread unused = Thread.ofVirtual().name("output of " + name).start(() -> read(onLine));
    }

    /**
     * Starts a program.
     *
     * @param onLine told of each line it prints, as it comes
     */
    static ChildProcess start(Program program, Consumer<String> onLine) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Started for short: no optimising compiler, no collector threads.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx64m"));
        command.addAll(List.of("-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8"));
        if (Runtime.version().feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.main().getName()));
        command.addAll(program.args());
        Path errors = program.directory().resolve(program.name() + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(program.directory().toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        builder.environment().putAll(program.environment());
        return new ChildProcess(program, builder.start(), errors, onLine);
    }

    /**
     * The next line it prints.
     *
     * @throws DemoFailure when none comes in time, or the process ends
     */
    String nextLine(Duration time, String wanted) throws InterruptedException {
        Printed next = unread.poll(time.toMillis(), TimeUnit.MILLISECONDS);
        return switch (next) {
            case Printed.Line line -> line.text();
            case Printed.End end ->
                    throw new DemoFailure(name + " ended with code " + process.waitFor() + " instead of: " + wanted
                            + lastErrors());
            case null -> throw new DemoFailure(name + " did not, within " + time.toSeconds() + " s: " + wanted
                    + lastErrors());
        };
    }

    /** Types a line. */
    void type(String line) {
        in.println(line);
    }

    /** What the process must do once it was told to end: end in time, with code 0 and without another word. */
    void awaitEnd(Duration time) throws InterruptedException {
        if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new DemoFailure(name + " has not ended within " + time.toSeconds() + " s" + lastErrors());
        }
        if (process.exitValue() != 0) {
            throw new DemoFailure(name + " ended with code " + process.exitValue() + lastErrors());
        }
        if (unread.poll(time.toMillis(), TimeUnit.MILLISECONDS) instanceof Printed.Line line) {
            throw new DemoFailure(name + " saw what nobody expected: " + line.text());
        }
    }

    /** Kills the process without warning, and waits until it is gone. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private void read(Consumer<String> onLine) {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                onLine.accept(line);
                unread.add(new Printed.Line(line));
            }
        } catch (IOException e) {
            unread.add(new Printed.Line("(output of " + name + " lost: " + e + ")"));
        } finally {
            unread.add(new Printed.End());
        }
    }

    private String lastErrors() {
        try {
            List<String> lines = Files.readAllLines(errors);
            List<String> last = lines.subList(Math.max(0, lines.size() - 20), lines.size());
            return last.isEmpty() ? "" : "\nIts standard error ends with:\n  " + String.join("\n  ", last);
        } catch (IOException e) {
            return "\nIts standard error cannot be read: " + e;
        }
    }
}
