package io.messageport.testkit;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A class running in a JVM of its own: started, listened to, asked, stopped, continued and killed by a test. Its {@code
 * main} talks to the test through {@link Parent}.
 *
 * <p>The process ends when this JVM does, in whatever way that ends, stopped or not. What it prints on both streams is
 * kept, the last 262 144 lines of it. Safe from any thread.
 */
public final class ForkedNode implements AutoCloseable {
    /** The system property with the directory in which logs are kept; {@code target/forked-nodes} otherwise. */
    public static final String LOGS = "messageport.testkit.logs";

    private static final Duration DEADLINE = TestNodes.DEADLINE;

    private final Launch launch;
    private final Process process;
    private final ForkLog log;
    private final BufferedWriter in;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicLong asked = new AtomicLong();
    private final Map<String, CompletableFuture<String>> replies = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> barriers = new ConcurrentHashMap<>();

    /** Set once, by the collecting thread, before it fails what still waits. */
    private volatile boolean silent;

    private ForkedNode(Launch launch, Process process) {
        this.launch = launch;
        this.process = process;
        log = new ForkLog(launch.name());
        in = process.outputWriter(StandardCharsets.UTF_8);
        Thread unused = Thread.ofVirtual().name("output of " + launch.name()).start(this::collect);
    }

    /**
     * Starts it. Whoever starts it closes it; one started by {@link TestNodes#fork} is closed with these.
     *
     * @throws UncheckedIOException when there is no such program, or no room for a process
     */
    public static ForkedNode start(Launch launch) {
        ProcessBuilder builder = new ProcessBuilder(launch.command()).redirectErrorStream(true);
        builder.environment().putAll(launch.environment());
        try {
            Process process = builder.start();
            Reaper.watch(process);
            return new ForkedNode(launch, process);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + launch, e);
        }
    }

    /** Kills the process if it still runs, and starts the same again. */
    public ForkedNode restart() {
        kill9();
        return start(launch);
    }

    /** What was started. */
    public Launch launch() {
        return launch;
    }

    // ---- listening and asking --------------------------------------------------------------------------------------

    /** Waits for {@link Parent#ready}; gives the first address of the node. */
    public String awaitReady() {
        return awaitLine(Parent.READY).split(" ")[0];
    }

    /**
     * Waits for the next line that starts with this, behind those found before; gives the rest of it.
     *
     * @throws AssertionError when the process ends, or says nothing like it in 30 s; shows what it did say
     */
    public String awaitLine(String start) {
        return log.find(line -> line.startsWith(start), "a line \"" + start + "…\"", DEADLINE)
                .substring(start.length());
    }

    /** What it has printed so far, on both streams. */
    public List<String> output() {
        return log.lines();
    }

    /**
     * Has it run a command that its {@code main} offers with {@link Parent#on}; gives the reply.
     *
     * @param words the command and what it takes; without blanks in a word
     * @throws AssertionError when the command fails, the process ends, or nothing comes in 30 s
     */
    public String ask(String... words) {
        String id = Long.toString(asked.incrementAndGet());
        CompletableFuture<String> reply = replies.computeIfAbsent(id, n -> new CompletableFuture<>());
        String what = "\"" + String.join(" ", words) + '"';
        write(Parent.ASK + id + ' ' + String.join(" ", words));
        String text = await(reply, "answering " + what);
        var unused = replies.remove(id);
        if (!text.startsWith("ok ")) {
            throw new AssertionError(launch.name() + " could not do " + what + ": " + text);
        }
        return text.substring(3);
    }

    /**
     * Waits until all these have come to their {@link Parent#barrier} of this name, and lets them pass.
     *
     * @throws AssertionError when one of them ends or does not come within 30 s; then none passes
     */
    public static void pass(String barrier, ForkedNode... all) {
        for (ForkedNode one : all) {
            Void unused = one.await(one.barriers.computeIfAbsent(barrier, n -> new CompletableFuture<>()),
                    "coming to the barrier \"" + barrier + '"');
        }
        for (ForkedNode one : all) {
            one.write(Parent.PASS + barrier);
        }
    }

    /** Waits for something that the collecting thread completes. */
    private <T> T await(CompletableFuture<T> future, String what) {
        if (silent) {
            future.completeExceptionally(new IllegalStateException("the process has ended"));
        }
        try {
            return future.get(DEADLINE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(launch.name() + " is not " + what + log.tail(), e);
        } catch (ExecutionException e) {
            throw new AssertionError(launch.name() + " ended instead of " + what + log.tail(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + launch.name(), e);
        }
    }

    private void write(String line) {
        writing.lock();
        try {
            in.write(line);
            in.newLine();
            in.flush();
        } catch (IOException e) {
            throw new AssertionError(launch.name() + " listens no longer, told \"" + line + '"' + log.tail(), e);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Writes what the process has printed, with times, into a file that stays: for a failure. The file is in the directory
     * of the system property {@value #LOGS}.
     */
    public Path keepLog() {
        Path directory = Path.of(System.getProperty(LOGS, Path.of("target", "forked-nodes").toString()));
        return keepLog(directory);
    }

    /** As {@link #keepLog()}, in this directory, which is made if need be. */
    public Path keepLog(Path directory) {
        Path file = directory.resolve(launch.name() + "-" + pid() + ".log");
        try {
            Path unused = Files.createDirectories(directory);
            log.keep(file);
            return file.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the log of " + launch.name() + " in " + file, e);
        }
    }

    // ---- life and death --------------------------------------------------------------------------------------------

    /** The operating system's number of the process. */
    public long pid() {
        return process.pid();
    }

    /** Whether the process has not ended yet; a stopped one has not. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits for the process to end; gives its exit code: 128 and the number of the signal when one killed it.
     *
     * @throws AssertionError when it goes on for 30 s more
     */
    public int awaitExit() {
        try {
            if (!process.waitFor(DEADLINE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError(launch.name() + ", process " + pid() + ", does not end" + log.tail());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while " + launch.name() + " ended", e);
        }
    }

    /** Ends the process as {@code kill -9} does, without a chance to say goodbye; returns when it is gone. */
    public void kill9() {
        process.destroyForcibly();
        int unused = awaitExit();
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
            Process kill = new ProcessBuilder("kill", signal, Long.toString(pid())).redirectErrorStream(true).start();
            int code = kill.waitFor();
            if (code != 0) {
                throw new AssertionError("kill " + signal + " of " + launch.name() + " failed with code " + code);
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

    /** Name and process number. */
    @Override
    public String toString() {
        return launch.name() + " (process " + pid() + ")";
    }

    private void collect() {
        String end = "(end of output)";
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                take(line);
            }
        } catch (IOException e) {
            end = "(output lost: " + e + ")";
        } finally {
            log.end(end);
            silent = true;
            IllegalStateException over = new IllegalStateException("the process has ended");
            replies.values().forEach(reply -> reply.completeExceptionally(over));
            barriers.values().forEach(barrier -> barrier.completeExceptionally(over));
        }
    }

    private void take(String line) {
        if (line.startsWith(Parent.REPLY)) {
            String[] idAndText = line.substring(Parent.REPLY.length()).split(" ", 2);
            replies.computeIfAbsent(idAndText[0], n -> new CompletableFuture<>()).complete(idAndText[1]);
            return;
        }
        if (line.startsWith(Parent.BARRIER)) {
            barriers.computeIfAbsent(line.substring(Parent.BARRIER.length()), n -> new CompletableFuture<>())
                    .complete(null);
        }
        log.add(line);
    }
}
