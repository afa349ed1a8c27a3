package io.messageport.benchmarks.remote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An {@link EndProgram} in a JVM of its own, with this one's Java and class path. Used by one thread; another one reads
 * what it prints. What it says on standard error goes to ours.
 */
final class Child implements AutoCloseable {
    /** More than any answer may take: an end gives up before. */
    private static final long PATIENCE_SECONDS = 3 * Confirmation.PATIENCE_SECONDS;
    private static final long END_SECONDS = 10;
    private static final String FAILED = "failed ";
    private static final String GONE = FAILED + "by its end";

    private final String name;
    private final Process process;
    private final PrintWriter in;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        in = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        Thread unused = Thread.ofVirtual().name("output of " + name).start(this::read);
    }

    /** Starts one. */
    static Child start(String role, RemoteWorkload workload, Party party, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EndProgram.class.getName(), role,
                workload.label(), party.name()));
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            return new Child(workload.label() + " " + party.label() + " " + role, process);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    /** Says a line, and gives what the answer says behind its first word. */
    String ask(String line) throws RemoteFailure, InterruptedException {
        in.println(line);
        String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (answer == null) {
            throw new RemoteFailure(name + " does not answer \"" + line + "\"");
        }
        if (answer.startsWith(FAILED)) {
            throw new RemoteFailure(name + " failed: " + answer.substring(FAILED.length()));
        }
        return answer.substring(answer.indexOf(' ') + 1);
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                // What a tool inside the JVM prints, such as a flight recorder, is not for us.
                if (line.startsWith("@")) {
                    answers.add(line.substring(1));
                }
            }
            answers.add(GONE);
        } catch (IOException e) {
            answers.add(FAILED + e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Lets it come to an orderly end, for a while, and kills it then. */
    @Override
    public void close() {
        in.println("end");
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("compare: " + name + " does not end, and is killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        Process unused = process.onExit().join();
    }
}
