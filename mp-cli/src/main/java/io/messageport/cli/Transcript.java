package io.messageport.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import picocli.CommandLine.Help.Ansi;

/** Prints who says and sees what, as it happens, each participant in a colour of its own. Any thread. */
final class Transcript {
    private static final String[] COLOURS = {"blue", "magenta", "green", "cyan", "yellow"};

    private final ReentrantLock lock = new ReentrantLock();
    private final PrintWriter out;

    /** Guarded by the lock. */
    private final Map<String, String> colours = new HashMap<>();

    Transcript(PrintWriter out) {
        this.out = out;
    }

    void remark(String text) {
        print("");
        print(styled("bold", text));
    }

    /** A participant types something. */
    void says(String name, String text) {
        line(name, ">", text);
    }

    /** A participant is shown something. */
    void sees(String name, String text) {
        line(name, "|", text);
    }

    /** Something happens to a participant's process. */
    void happens(String name, String what) {
        line(name, "-", what);
    }

    private void line(String name, String mark, String text) {
        print(styled(colourOf(name), String.format("%8s %s ", name, mark)) + text);
    }

    private String colourOf(String name) {
        lock.lock();
        try {
            return colours.computeIfAbsent(name, unseen -> COLOURS[colours.size() % COLOURS.length]);
        } finally {
            lock.unlock();
        }
    }

    private static String styled(String style, String text) {
        return Ansi.AUTO.string("@|" + style + ' ' + text + "|@");
    }

    private void print(String line) {
        lock.lock();
        try {
            out.println(line);
            out.flush();
        } finally {
            lock.unlock();
        }
    }
}
