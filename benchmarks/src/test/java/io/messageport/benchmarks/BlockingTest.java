package io.messageport.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a handler that blocks does to other ports, in order and counts; the limits here are wide, since the machine of a
 * build is busy, and the figures are for {@code benchmarks/compare local --blocking}.
 */
class BlockingTest {
    private static final long WIDE_MILLIS = 2_000;

    private final Node node = Node.configure(settings -> settings.nodeId("blocking/%u"));
    private final Blocking blocking = new Blocking(node);

    @AfterEach
    void close() {
        node.close();
    }

    /** A round fails unless the port behind is served while the handler before it is still blocked. */
    @ParameterizedTest
    @EnumSource
    @Tag("T-32")
    void shouldServeThePortBehindWhenAHandlerBlocksForEver(Obstacle.Kind kind) throws Exception {
        for (int i = 0; i < 10; i++) {
            long nanos = blocking.delayBehind(kind);
            assertTrue(nanos < TimeUnit.MILLISECONDS.toNanos(WIDE_MILLIS), nanos + " ns");
        }
    }

    /** One after the other they would need 100 s, on two carriers 50 s. */
    @Test
    @Tag("T-32")
    void shouldBlockSideBySideWhenTenThousandPortsDo() throws Exception {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            best = Math.min(best, blocking.tenThousand());
        }
        assertTrue(best < TimeUnit.MILLISECONDS.toNanos(WIDE_MILLIS), best + " ns");
    }

    @Test
    void shouldPinTheCarrierWhenTheObstacleIsAPin(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("pinned.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.VirtualThreadPinned").withoutThreshold();
            recording.start();
            long unused = blocking.delayBehind(Obstacle.Kind.PIN);
            recording.stop();
            recording.dump(file);
        }
        assertTrue(Files.exists(file));
        List<RecordedEvent> pinned = RecordingFile.readAllEvents(file);
        assertFalse(pinned.isEmpty(), "no thread was pinned");
        assertTrue(pinned.stream().anyMatch(event -> event.toString().contains("Obstacle")), pinned::toString);
    }

    @Test
    void shouldJudgeEachFigureWhenTold() {
        BlockingRow row = new BlockingRow("spin", List.of(
                new BlockingRow.Figure("median", 1.25, 2), new BlockingRow.Figure("worst", 20.01, 20)));
        assertEquals("blocking=spin median_ms=1.25 limit=2 ok worst_ms=20.01 limit=20 above", row.line());
        assertTrue(row.isAbove());
        assertFalse(new BlockingRow("spin", List.of(new BlockingRow.Figure("median", 2, 2))).isAbove());
    }
}
