package io.messageport.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Outlives this JVM by a moment, to end what it leaves behind. A forked JVM ends by itself when its standard input does,
 * but not while it is stopped, nor when its {@code main} never looks: a shell that reads the numbers of all forked
 * processes, and kills those that are left at the end of its own input, which comes when this JVM ends, in whatever way.
 *
 * <p>One per JVM and static, since what it guards against is the end of the JVM. Safe from any thread.
 */
final class Reaper {
    /** Deaf to the signals of a terminal, which go to everyone in the group. */
    private static final String SCRIPT = """
            trap '' HUP INT TERM
            left=' '
            while read -r word pid; do
                if [ "$word" = watch ]; then left="$left$pid "; continue; fi
                kept=' '
                for one in $left; do [ "$one" = "$pid" ] || kept="$kept$one "; done
                left=$kept
            done
            for one in $left; do kill -9 "$one"; done
            """;

    private static final ReentrantLock LOCK = new ReentrantLock();

    /** Guarded by the lock; made with the first child. */
    private static Writer toShell;

    private Reaper() {}

    /** Kills this process if it still runs when this JVM ends. */
    static void watch(Process process) {
        tell("watch", process.pid());
        var unused = process.onExit().thenAccept(gone -> tell("forget", gone.pid()));
    }

    private static void tell(String word, long pid) {
        LOCK.lock();
        try {
            if (toShell == null) {
                toShell = new ProcessBuilder("sh", "-c", SCRIPT)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .outputWriter(StandardCharsets.US_ASCII);
            }
            toShell.write(word + ' ' + pid + '\n');
            toShell.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot watch over process " + pid + " with a shell", e);
        } finally {
            LOCK.unlock();
        }
    }
}
