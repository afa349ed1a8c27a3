package io.messageport.testkit;

import io.messageport.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Fails when something is left of a piece of code that should have put everything away: what {@link MpTest} does at the
 * end of each test, for use without JUnit, too.
 *
 * <pre>{@code
 * try (LeakCheck check = LeakCheck.begin()) {
 *     ...
 * }
 * }</pre>
 *
 * <p>What counts as left:
 *
 * <p><b>Ports</b> that do not end when their node does: {@code MpTest} asks the ports of its nodes to end, and a port whose
 * handler blocks on is one that leaks. On a node that is to outlive the code, {@link #watch} it: every port opened there in
 * the meantime.
 *
 * <p><b>Threads</b> started since the beginning, platform and virtual; not those of the JVM, of the common pool, of JUnit
 * and of flight recordings, nor those whose names begin as the caller says. Virtual threads are looked for in a thread
 * dump, so {@code jdk.trackAllThreads} must not be false.
 *
 * <p><b>Sockets</b>, TCP and UDP, opened since and still open, listening or connected; on Linux, where {@code /proc} tells.
 *
 * <p>Everything has 5 seconds to go away by itself, unless said otherwise. Threads and sockets are those of the whole JVM:
 * nothing else may be going on in it. For one thread.
 */
public final class LeakCheck implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final String HEADING = "left behind:";

    private final List<Detector> detectors = new ArrayList<>();

    private final Duration patience;

    private LeakCheck(Duration patience, List<String> ignoredThreads) {
        this.patience = patience;
        detectors.add(new SocketLeaks());
        detectors.add(new ThreadLeaks(ignoredThreads));
        detectors.add(new VirtualThreadLeaks(ignoredThreads));
    }

    /**
     * Takes note of what is there.
     *
     * @param ignoredThreads beginnings of the names of threads that may stay
     */
    public static LeakCheck begin(String... ignoredThreads) {
        return begin(PATIENCE, ignoredThreads);
    }

    /**
     * Takes note of what is there.
     *
     * @param patience how long what is left has to go away by itself, in place of 5 seconds
     * @param ignoredThreads beginnings of the names of threads that may stay
     */
    public static LeakCheck begin(Duration patience, String... ignoredThreads) {
        return new LeakCheck(patience, List.of(ignoredThreads));
    }

    /** Counts ports that are opened on this node from now on. */
    public LeakCheck watch(Node node) {
        detectors.add(new PortLeaks(node));
        return this;
    }

    /**
     * Looks for what is left.
     *
     * @throws AssertionError when there is something; the text names each, and where it comes from
     */
    @Override
    public void close() {
        close(List.of());
    }

    /** As {@link #close()}, with what was found before. */
    void close(List<String> found) {
        List<String> left = new ArrayList<>(found);
        left.addAll(patiently(patience, () -> detectors.stream().flatMap(each -> each.found().stream()).toList()));
        if (!left.isEmpty()) {
            throw new AssertionError(HEADING + "\n  " + String.join("\n  ", left));
        }
    }

    /** What is still found when the patience is over; nothing at the first look that finds nothing. */
    static List<String> patiently(Duration patience, Detector detector) {
        long end = System.nanoTime() + patience.toNanos();
        List<String> found = detector.found();
        while (!found.isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK.toNanos());
            found = detector.found();
        }
        return found;
    }
}
