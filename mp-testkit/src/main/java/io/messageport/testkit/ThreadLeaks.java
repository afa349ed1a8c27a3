package io.messageport.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Platform threads that were started since, by code of the test's or of the node's. */
final class ThreadLeaks implements Detector {
    /** Kept by the JDK, by JUnit and what runs it, and by the buffers of the transport; started when first needed. */
    private static final List<String> KEPT = List.of("ForkJoinPool.commonPool-", "CompletableFutureDelayScheduler",
            "JFR ", "junit-", "awaitility", "surefire", "background~resource~releaser");

    private static final int FRAMES = 12;

    private final long mark = nextThreadId();
    private final List<String> ignored;

    ThreadLeaks(List<String> ignored) {
        this.ignored = ignored;
    }

    /** All threads count in one row, platform and virtual ones: a later thread has a greater number. */
    static long nextThreadId() {
        return Thread.ofVirtual().unstarted(() -> {}).threadId();
    }

    @Override
    public List<String> found() {
        List<String> found = new ArrayList<>();
        for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
            Thread thread = each.getKey();
            if (thread.threadId() > mark && thread != Thread.currentThread() && isOurs(thread)
                    && !isNamed(thread.getName(), KEPT) && !isNamed(thread.getName(), ignored)) {
                found.add(text(thread.getName(), thread.isDaemon() ? "daemon thread" : "thread",
                        List.of(each.getValue())));
            }
        }
        return found;
    }

    static boolean isNamed(String name, List<String> beginnings) {
        return beginnings.stream().anyMatch(name::startsWith);
    }

    /** The JVM's own threads are in groups that do not descend from that of the program; JUnit's are of its classes. */
    private static boolean isOurs(Thread thread) {
        if (thread.getClass().getName().startsWith("org.junit.")) {
            return false;
        }
        for (ThreadGroup group = thread.getThreadGroup(); group != null; group = group.getParent()) {
            if (group.getName().equals("main") || group.getName().equals("VirtualThreads")) {
                return true;
            }
        }
        return false;
    }

    /** What a thread is, whose it may be, and where it stands. */
    static String text(String name, String kind, List<?> stack) {
        StringBuilder text = new StringBuilder(kind).append(" \"").append(name).append('"');
        if (name.startsWith("mp-slots ") || name.startsWith("mp-clock ")) {
            text.append(": node ").append(name.substring("mp-slots ".length())).append(" is not closed");
        }
        stack.stream().limit(FRAMES).forEach(frame -> text.append("\n      at ").append(frame));
        text.append(stack.size() > FRAMES ? "\n      … " + (stack.size() - FRAMES) + " more" : "");
        return text.toString();
    }
}
