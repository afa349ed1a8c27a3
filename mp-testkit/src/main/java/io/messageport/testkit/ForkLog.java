package io.messageport.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What one forked process has printed, each line with the time since its start. Bounded: the oldest lines go first, and a
 * long line is cut.
 *
 * <p>Any thread; one lock.
 */
final class ForkLog {
    /** Enough for any test to read, and less than 100 MB. */
    private static final int MOST_LINES = 1 << 18;

    private static final int LONGEST_LINE = 4096;

    /** How many of the last lines a failure shows. */
    private static final int SHOWN = 50;

    private final String name;
    private final long begun = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** All guarded by the lock. */
    private final Deque<Line> lines = new ArrayDeque<>();

    private long dropped;
    private long looked;
    private boolean ended;

    private record Line(long nanos, String text) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%9.3f %s", nanos / 1e9, text);
        }
    }

    ForkLog(String name) {
        this.name = name;
    }

    void add(String text) {
        String cut = text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…";
        lock.lock();
        try {
            lines.add(new Line(System.nanoTime() - begun, cut));
            if (lines.size() > MOST_LINES) {
                lines.remove();
                dropped++;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more comes. */
    void end(String why) {
        add(why);
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next line that passes, behind those found before.
     *
     * @param wanted what is waited for, for people
     * @throws AssertionError when the process ends without, or the time is over; shows the last lines
     */
    String find(Predicate<String> test, String wanted, Duration time) {
        long left = time.toNanos();
        lock.lock();
        try {
            for (;;) {
                looked = Math.max(looked, dropped);
                int skip = (int) (looked - dropped);
                for (Line line : skip == lines.size() ? List.<Line>of() : lines.stream().skip(skip).toList()) {
                    looked++;
                    if (test.test(line.text())) {
                        return line.text();
                    }
                }
                if (ended || left <= 0) {
                    throw new AssertionError(name + (ended ? " ended" : " went on") + " without " + wanted + tail());
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

    List<String> lines() {
        lock.lock();
        try {
            return lines.stream().map(Line::text).toList();
        } finally {
            lock.unlock();
        }
    }

    /** The last lines, for the text of a failure. */
    String tail() {
        lock.lock();
        try {
            List<Line> all = new ArrayList<>(lines);
            int skipped = Math.max(0, all.size() - SHOWN);
            StringBuilder text = new StringBuilder("; it said:");
            text.append(skipped + dropped > 0 ? "\n  (" + (skipped + dropped) + " more lines)" : "");
            all.subList(skipped, all.size()).forEach(line -> text.append("\n  ").append(line));
            return text.append(all.isEmpty() ? " nothing" : "").toString();
        } finally {
            lock.unlock();
        }
    }

    /** Writes all that is left into this file. */
    void keep(Path file) throws IOException {
        List<String> all = new ArrayList<>();
        lock.lock();
        try {
            if (dropped > 0) {
                all.add("(" + dropped + " lines before this were dropped)");
            }
            lines.forEach(line -> all.add(line.toString()));
        } finally {
            lock.unlock();
        }
        Path unused = Files.write(file, all);
    }
}
