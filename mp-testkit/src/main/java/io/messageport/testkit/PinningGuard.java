package io.messageport.testkit;

import io.messageport.spi.Nanos;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Fails when a virtual thread has kept its carrier while it waited: what {@link NoPinning} does to a test, for use
 * without JUnit, too.
 *
 * <pre>{@code
 * try (PinningGuard guard = PinningGuard.start()) {
 *     ...
 * }
 * }</pre>
 *
 * <p>A pinned carrier runs nobody else, and there are as many as cores. Up to JDK 23 a thread is pinned while it waits
 * within {@code synchronized}; on every JDK while native code stands on its stack, such as a class initialiser's or a
 * callback's. The guard reads the flight recorder's event {@code jdk.VirtualThreadPinned} of the whole JVM, so it sees
 * the pins of other code, too. For one thread.
 */
public final class PinningGuard implements AutoCloseable {
    /** The flight recorder's own threshold, below which a pin is not worth a word. */
    public static final Duration USUAL_THRESHOLD = Duration.ofMillis(20);

    private static final String EVENT = "jdk.VirtualThreadPinned";
    private static final int FRAMES = 30;

    private final Recording recording = new Recording();

    private PinningGuard(Duration threshold) {
        recording.setName("messageport pinning guard");
        var unused = recording.enable(EVENT).withThreshold(threshold).withStackTrace();
        recording.start();
    }

    /** Looks for pins of 20 ms and more from now on. */
    public static PinningGuard start() {
        return start(USUAL_THRESHOLD);
    }

    /**
     * Looks for pins from now on.
     *
     * @param threshold shorter ones do not count; more than nothing
     */
    public static PinningGuard start(Duration threshold) {
        long unused = Nanos.positive(threshold, "the threshold of a pinning guard");
        return new PinningGuard(threshold);
    }

    /**
     * Stops looking.
     *
     * @throws AssertionError when a carrier was pinned; the text shows each stack
     */
    @Override
    public void close() {
        List<String> pins = pins();
        if (!pins.isEmpty()) {
            throw new AssertionError("virtual threads were pinned to their carriers, " + pins.size() + " time(s):\n  "
                    + String.join("\n  ", pins));
        }
    }

    private List<String> pins() {
        try (recording) {
            boolean unused = recording.stop();
            Path file = Files.createTempFile("messageport-pinning", ".jfr");
            try {
                recording.dump(file);
                List<String> pins = new ArrayList<>();
                for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                    if (event.getEventType().getName().equals(EVENT)) {
                        pins.add(text(event));
                    }
                }
                return pins;
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for pinned carriers: no flight recording can be written", e);
        }
    }

    private static String text(RecordedEvent event) {
        RecordedThread thread = event.getThread();
        StringBuilder text = new StringBuilder("for ").append(Arrivals.time(event.getDuration().toNanos()))
                .append(" by thread \"").append(thread == null ? "?" : thread.getJavaName()).append('"');
        if (event.hasField("pinnedReason") && event.getString("pinnedReason") != null) {
            text.append(", ").append(event.getString("pinnedReason"));
        }
        List<RecordedFrame> stack = event.getStackTrace() == null ? List.of() : event.getStackTrace().getFrames();
        stack.stream().filter(RecordedFrame::isJavaFrame).limit(FRAMES).forEach(
                frame -> text.append("\n      at ").append(frame.getMethod().getType().getName()).append('.')
                        .append(frame.getMethod().getName()).append(':').append(frame.getLineNumber()));
        return text.toString();
    }
}
