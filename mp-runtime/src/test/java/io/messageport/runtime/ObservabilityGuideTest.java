package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Guard;
import io.messageport.NodeStatistics;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.TraceEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the code of docs/observability.md, which stands between the marks. */
class ObservabilityGuideTest extends WithNode {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void shouldShowTheVeryCodeThatRunsHere() throws Exception {
        Guide guide = Guide.of("observability.md", ObservabilityGuideTest.class);
        assertEquals(guide.marked(), guide.shown());
        assertFalse(guide.shown().isEmpty());
    }

    @Test
    void shouldTellOfDeadLetters() {
        PortId nobody = PortId.of(node.id() + "#nobody");
        // guide
        Guard listening = node.deadLetters(
                letter -> lines.add(letter.target() + " did not get " + letter.message() + ": " + letter.cause()));
        // end
        node.send(nobody, "hello", 1);
        Awaitility.await().until(() -> lines.equals(List.of(nobody + " did not get (hello, 1): NO_SUCH_PORT")));
        // guide
        NodeStatistics counts = node.statistics();
        lines.add(counts.deadLetters() + " lost, " + counts.lateReplies() + " late");
        // end
        assertEquals("1 lost, 0 late", lines.getLast());
        listening.close();
    }

    @Test
    void shouldTrace() {
        Port port = node.port().ignoreUnmatched();
        // guide
        try (Guard trace = node.trace("order", 100, event -> {
            switch (event) {
                case TraceEvent.Handling handling -> lines.add(handling.port() + " handles " + handling.message());
                case TraceEvent.Suppressed suppressed -> lines.add(suppressed.count() + " more");
            }
        })) {
            node.send(port.id(), "order", "tea");
            Awaitility.await().until(() -> !lines.isEmpty() && trace.cancel());
        }
        // end
        assertEquals(List.of(port.id() + " handles (order, tea)"), lines);
    }

    @Test
    void shouldRecord() throws Exception {
        Path file = directory.resolve("node.jfr");
        // guide
        try (Recording recording = new Recording()) {
            recording.enable("io.messageport.PortDeath");
            recording.enable("io.messageport.SlowHandler").withThreshold(Duration.ofMillis(50));
            recording.start();
            PortId port = node.port().id();
            node.kill(port, "why");
            Awaitility.await().until(node.whenDown(port).toCompletableFuture()::isDone);
            recording.dump(file);
        }
        // end
        assertTrue(RecordingFile.readAllEvents(file).stream()
                .anyMatch(event -> event.hasField("reason") && "why".equals(event.getString("reason"))));
    }
}
