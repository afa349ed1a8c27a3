package io.messageport.testkit;

import io.messageport.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The test that forked this process, as the forked class sees it: {@code Parent.attach()} comes first in its {@code main}.
 * It speaks to the test in lines on standard output and hears from it on standard input, and this process ends at once
 * when that does, that is with its parent.
 *
 * <p>Any thread speaks; one thread listens, and one other runs the commands, one at a time and in order.
 */
public final class Parent {
    /** How this process ends when its parent is gone. */
    static final int ORPHANED = 3;

    static final String READY = "@ready ";
    static final String REPLY = "@reply ";
    static final String BARRIER = "@barrier ";
    static final String ASK = "@ask ";
    static final String PASS = "@pass ";

    /** How long a barrier may hold somebody. */
    static final Duration BARRIER_TIME = Duration.ofSeconds(60);

    private final Map<String, Command> commands = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> barriers = new ConcurrentHashMap<>();
    private final ExecutorService running = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("commands of parent").factory());

    private Parent() {}

    /** Something the test can ask for. */
    @FunctionalInterface
    public interface Command {
        /**
         * Does it.
         *
         * @param words what stood behind the command's name
         * @return the reply, one line
         */
        String run(List<String> words) throws Exception;
    }

    /** Begins to listen: this process ends when its parent does. Once per process. */
    public static Parent attach() {
        Parent parent = new Parent();
        Thread unused = Thread.ofPlatform().daemon().name("end with parent").start(parent::listen);
        Runtime.getRuntime().addShutdownHook(new Thread(parent::finish, "last reply to parent"));
        return parent;
    }

    /** Says that the node is up, and where. */
    public void ready(Node node) {
        say(READY + String.join(" ", node.addresses()));
    }

    /** Says something to the test: one line. */
    public void say(String line) {
        // checkstyle:off NoConsole  standard output is the way to the parent
        System.out.println(line);
        // checkstyle:on NoConsole
    }

    /** Answers {@link ForkedNode#ask} for this command, a single word. What it throws is the test's answer. */
    public Parent on(String command, Command action) {
        commands.put(command, action);
        return this;
    }

    /**
     * Waits until all that the test names in {@link ForkedNode#pass} have come to the barrier of this name. A name is used
     * once.
     *
     * @throws IllegalStateException when that takes longer than a minute
     */
    public void barrier(String name) throws InterruptedException {
        CountDownLatch passed = barriers.computeIfAbsent(name, n -> new CountDownLatch(1));
        say(BARRIER + name);
        if (!passed.await(BARRIER_TIME.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("the others have not come to the barrier \"" + name + "\" within "
                    + BARRIER_TIME.toSeconds() + " s");
        }
    }

    /** A command may be what ends this process; its reply still goes out. */
    private void finish() {
        running.shutdown();
        try {
            boolean unused = running.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        // checkstyle:off NoConsole  standard input and output are the way to the parent
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                follow(line);
            }
        } catch (IOException e) {
            say("standard input failed, ending: " + e);
        } finally {
            Runtime.getRuntime().halt(ORPHANED);
        }
        // checkstyle:on NoConsole
    }

    private void follow(String line) {
        if (line.startsWith(PASS)) {
            barriers.computeIfAbsent(line.substring(PASS.length()), n -> new CountDownLatch(1)).countDown();
        } else if (line.startsWith(ASK)) {
            List<String> words = List.of(line.substring(ASK.length()).split(" "));
            execute(() -> say(REPLY + words.get(0) + ' ' + answer(words.subList(1, words.size()))));
        } else {
            say("not understood: " + line);
        }
    }

    private void execute(Runnable command) {
        try {
            running.execute(command);
        } catch (RejectedExecutionException ending) {
            say("too late for another command");
        }
    }

    private String answer(List<String> words) {
        Command command = commands.get(words.get(0));
        if (command == null) {
            return "failed: no command \"" + words.get(0) + "\", but " + commands.keySet();
        }
        try {
            return "ok " + command.run(words.subList(1, words.size()));
        } catch (Exception e) {
            return "failed: " + e.toString().replace('\n', ' ');
        }
    }
}
