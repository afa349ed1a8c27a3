package io.messageport.testkit;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Virtual threads that were started since and have not ended, as a thread dump shows them: no API lists them. */
final class VirtualThreadLeaks implements Detector {
    /** The first line of a thread in a dump; its stack follows, indented, up to an empty line. */
    private static final Pattern THREAD = Pattern.compile("#(\\d+) \"(.*)\" virtual.*");

    /** Virtual threads of the JDK's own, which wait for sockets on behalf of the others. */
    private static final Pattern POLLER = Pattern.compile(".*Poller(-\\d+)?");

    private final long mark = ThreadLeaks.nextThreadId();
    private final List<String> ignored;

    VirtualThreadLeaks(List<String> ignored) {
        this.ignored = ignored;
    }

    @Override
    public List<String> found() {
        return parse(dump());
    }

    List<String> parse(List<String> dump) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < dump.size(); i++) {
            Matcher thread = THREAD.matcher(dump.get(i));
            if (thread.matches() && isLeak(Long.parseLong(thread.group(1)), thread.group(2))) {
                List<String> stack = new ArrayList<>();
                for (int j = i + 1; j < dump.size() && dump.get(j).startsWith(" "); j++) {
                    stack.add(dump.get(j).strip().replaceFirst("^at ", ""));
                }
                found.add(ThreadLeaks.text(thread.group(2), "virtual thread", stack));
            }
        }
        return found;
    }

    private boolean isLeak(long id, String name) {
        return id > mark && id != Thread.currentThread().threadId() && !POLLER.matcher(name).matches()
                && !ThreadLeaks.isNamed(name, ignored);
    }

    /** Nothing where the JVM cannot write such a dump. */
    private static List<String> dump() {
        HotSpotDiagnosticMXBean diagnostic = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (diagnostic == null) {
            return List.of();
        }
        try {
            Path directory = Files.createTempDirectory("messageport-threads");
            Path file = directory.resolve("dump.txt");
            try {
                diagnostic.dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
                return Files.readAllLines(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(directory);
            }
        } catch (UnsupportedOperationException none) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for virtual threads: no thread dump can be written", e);
        }
    }
}
