package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.runtime.kernel.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.EventSettings;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node writes into a flight recording. */
class FlightRecordsTest extends WithNode {
    private static final String PREFIX = "io.messageport.";
    private static final Set<String> ALL =
            Set.of("PortStart", "PortDeath", "SlowHandler", "MailboxHighWater", "DeadLetter");

    @TempDir
    private Path directory;

    /** Something to see happen. */
    @FunctionalInterface
    private interface Scene {
        void play() throws Exception;
    }

    private List<RecordedEvent> recorded(Map<String, Duration> enabled, Scene scene) throws Exception {
        Path file = directory.resolve("test.jfr");
        try (Recording recording = new Recording()) {
            enabled.forEach((name, threshold) -> {
                EventSettings unused = recording.enable(PREFIX + name).withThreshold(threshold);
            });
            recording.start();
            scene.play();
            recording.stop();
            recording.dump(file);
        }
        return ofThisNode(file);
    }

    private List<RecordedEvent> ofThisNode(Path file) throws IOException {
        List<RecordedEvent> events = new ArrayList<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            if (event.getEventType().getName().startsWith(PREFIX)
                    && event.getString("node").equals(node.id().value())) {
                events.add(event);
            }
        }
        Files.delete(file);
        return events;
    }

    private static String text(RecordedEvent event, String... fields) {
        StringBuilder text = new StringBuilder(event.getEventType().getName().substring(PREFIX.length()));
        for (String field : fields) {
            Object value = event.getValue(field);
            text.append(' ').append(value);
        }
        return text.toString();
    }

    private PortId liveAndDie() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Port port = node.port("seen").on("slow", m -> gate.await()).on("quick", m -> seen.add("quick"));
        PortId id = port.id();
        node.send(id, "slow");
        gate.countDown();
        node.send(id, "quick");
        assertEquals("quick", next());
        Kernel kernel = ((LocalNode) node).kernel();
        kernel.observation().filledUp(id, 8, 10);
        node.kill(id, "why");
        assertTrue(deathOf(id) != null);
        // The monitors fire first, then the name goes.
        Awaitility.await().until(() -> kernel.table().find(id.name()) == null);
        node.send(id, "late", 1);
        return id;
    }

    @Test
    void shouldWriteEachEventWithItsFieldsWhenItIsEnabled() throws Exception {
        PortId id = new PortId(node.id(), "seen");
        List<RecordedEvent> events = recorded(
                Map.of(
                        "PortStart", Duration.ZERO,
                        "PortDeath", Duration.ZERO,
                        "SlowHandler", Duration.ZERO,
                        "MailboxHighWater", Duration.ZERO,
                        "DeadLetter", Duration.ZERO),
                this::liveAndDie);
        Set<String> texts = new TreeSet<>();
        for (RecordedEvent event : events) {
            texts.add(switch (event.getEventType().getName().substring(PREFIX.length())) {
                case "PortStart" -> text(event, "port");
                case "PortDeath" -> text(event, "port", "reason", "normal");
                case "SlowHandler" -> text(event, "port", "tag");
                case "MailboxHighWater" -> text(event, "port", "depth", "capacity");
                case "DeadLetter" -> text(event, "target", "tag", "cause");
                default -> "unknown " + event;
            });
        }
        assertEquals(
                new TreeSet<>(Set.of(
                        "PortStart " + id,
                        "PortDeath " + id + " why false",
                        "SlowHandler " + id + " slow",
                        "SlowHandler " + id + " quick",
                        "MailboxHighWater " + id + " 8 10",
                        "DeadLetter " + id + " late NO_SUCH_PORT")),
                texts);
    }

    @Test
    void shouldWriteOnlyHandlersThatAreSlowerThanTheThreshold() throws Exception {
        List<RecordedEvent> events = recorded(Map.of("SlowHandler", Duration.ofMillis(30)), () -> {
            Port port = node.port()
                    .on("slow", m -> {
                        long end = System.nanoTime() + Duration.ofMillis(31).toNanos();
                        while (System.nanoTime() < end) {
                            Thread.onSpinWait();
                        }
                        seen.add("slow");
                    })
                    .on("quick", m -> seen.add("quick"));
            node.send(port.id(), "quick");
            node.send(port.id(), "slow");
            assertEquals("quick", next());
            assertEquals("slow", next());
            settle(port);
        });
        assertTrue(events.stream().anyMatch(event -> "slow".equals(event.getString("tag"))), events::toString);
        assertTrue(events.stream().allMatch(event -> event.getDuration().compareTo(Duration.ofMillis(30)) >= 0),
                events::toString);
    }

    @Test
    void shouldWriteNothingWhenNothingIsEnabled() throws Exception {
        assertEquals(List.of(), recorded(Map.of(), this::liveAndDie));
        Path file = directory.resolve("default.jfr");
        try (Recording recording = new Recording(jdk.jfr.Configuration.getConfiguration("profile"))) {
            recording.start();
            PortId unused = liveAndDie();
            recording.stop();
            recording.dump(file);
        }
        assertEquals(List.of(), ofThisNode(file));
    }

    @Test
    void shouldDescribeEachEventInOneCategory() throws Exception {
        PortId unused = liveAndDie();
        Set<String> names = new TreeSet<>();
        for (var type : jdk.jfr.FlightRecorder.getFlightRecorder().getEventTypes()) {
            if (type.getName().startsWith(PREFIX)) {
                assertEquals(List.of("messageport"), type.getCategoryNames());
                assertTrue(type.getDescription().endsWith("."), type.getDescription());
                names.add(type.getName().substring(PREFIX.length()));
            }
        }
        assertEquals(new TreeSet<>(ALL), names);
    }
}
