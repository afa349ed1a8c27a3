package io.messageport.testkit;

import io.messageport.Node;
import io.messageport.NodeConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A class running in a JVM of its own: started, listened to, stopped, continued and killed by a test.
 *
 * <p>Everything the process prints is kept. Its {@code main} should call {@link #ready(Node)} when it is up, and {@link
 * #endWithParent()} first, so that it ends when this JVM dies. Safe from any thread.
 */
public final class ForkedNode implements AutoCloseable {
    private static final String READY = "@ready ";

    private final String name;
    private final Process process;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** All guarded by the lock. */
    private final List<String> lines = new ArrayList<>();

    private int looked;
    private boolean ended;

    private ForkedNode(String name, Process process) {
        this.name = name;
        this.process = process;
        Thread unused = Thread.ofVirtual().name("output of " + name).start(this::collect);
    }

    static ForkedNode start(Class<?> main, String secret, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Started often and for short: no optimising compiler, no collector threads.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m"));
        if (Runtime.version().feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(NodeConfig.SECRET_VARIABLE, secret);
        try {
            return new ForkedNode(main.getSimpleName(), builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    // ---- in the child ----------------------------------------------------------------------------------------------

    /** For the {@code main} of the forked class: says that the node is up, and where. */
    public static void ready(Node node) {
        say(READY + String.join(" ", node.addresses()));
    }

    /** For the {@code main} of the forked class: says something to the test. */
    public static void say(String line) {
        // checkstyle:off NoConsole  standard output is the way to the parent
        System.out.println(line);
        // checkstyle:on NoConsole
    }

    /** For the {@code main} of the forked class: ends this process when its parent is gone. */
    public static void endWithParent() {
        Thread unused = Thread.ofPlatform().daemon().name("end with parent").start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // The parent holds the other end, and only its end counts.
                }
            } catch (IOException e) {
                say("standard input failed, ending: " + e);
            }
            Runtime.getRuntime().halt(3);
        });
    }

    // ---- in the test -----------------------------------------------------------------------------------------------

    /** Waits for {@link #ready(Node)}; gives the first address of the node. */
    public String awaitReady() {
        return awaitLine(READY).split(" ")[0];
    }

    /**
     * Waits for the next line that starts with this, behind those found before; gives the rest of it.
     *
     * @throws AssertionError when the process ends, or says nothing like it in 30 s; shows what it did say
     */
    public String awaitLine(String start) {
        long left = TestNodes.DEADLINE.toNanos();
        lock.lock();
        try {
            for (;;) {
                while (looked < lines.size()) {
                    String line = lines.get(looked++);
                    if (line.startsWith(start)) {
                        return line.substring(start.length());
                    }
                }
                if (ended || left <= 0) {
                    throw new AssertionError(name + (ended ? " ended" : " went on") + " without a line \"" + start
                            + "…\"; it said:\n  " + String.join("\n  ", lines));
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + name, e);
        } finally {
            lock.unlock();
        }
    }

    /** Everything it has printed so far, on both streams. */
    public List<String> output() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    /** The operating system's number of the process. */
    public long pid() {
        return process.pid();
    }

    /** Ends the process as {@code kill -9} does, without a chance to say goodbye; returns when it is gone. */
    public void kill9() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(TestNodes.DEADLINE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError(name + ", process " + pid() + ", does not die");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while " + name + " died", e);
        }
    }

    /** Stops the process in its tracks ({@code SIGSTOP}): its sockets stay open and silent. */
    public void stop() {
        signal("-STOP");
    }

    /** Lets a stopped process go on ({@code SIGCONT}). */
    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            int code = new ProcessBuilder("kill", signal, Long.toString(pid())).start().waitFor();
            if (code != 0) {
                throw new AssertionError("kill " + signal + " of " + name + " failed with code " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no kill command here", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Kills the process if it still runs. */
    @Override
    public void close() {
        kill9();
    }

    private void collect() {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                add(line, false);
            }
            add("(end of output)", true);
        } catch (IOException e) {
            add("(output lost: " + e + ")", true);
        }
    }

    private void add(String line, boolean last) {
        lock.lock();
        try {
            lines.add(line);
            ended = last;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
