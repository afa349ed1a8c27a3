package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What ports weigh, each question in a JVM of its own with the heap that the answer is about. */
class MemoryTest {
    private static final long PATIENCE_SECONDS = 50;

    /** Runs a program of {@link ManyPorts}; gives what it found. */
    private static double found(String heap, String program, String unit) throws Exception {
        List<String> lines = ForkedJvm.run(ManyPorts.class, PATIENCE_SECONDS,
                List.of("-XX:+UseSerialGC", "-Xms" + heap, "-Xmx" + heap), program);
        String last = lines.getLast();
        ForkedJvm.say("MemoryTest " + program + ": " + last);
        assertTrue(last.startsWith(unit + "="), last);
        return Double.parseDouble(last.substring(unit.length() + 1));
    }

    @Test
    void shouldRetainAtMost250BytesWhenAPortIsIdle() throws Exception {
        double bytes = found("512m", "idle", "bytes");
        assertTrue(bytes > 50, bytes + " bytes are less than a port can be: the measurement is wrong");
        assertTrue(bytes <= 250, bytes + " bytes");
    }

    @Test
    void shouldRetainNothingWhenPortsAreDead() throws Exception {
        double bytes = found("512m", "dead", "bytes");
        // Smaller than any object: what is left is the JVM's own breathing.
        assertTrue(bytes < 16, bytes + " bytes for each dead port");
    }

    @Test
    void shouldHoldAMillionLivePortsWhenTheHeapIs512Megabytes() throws Exception {
        assertEquals(1_000_000, found("512m", "million", "answers"));
    }

    @Test
    void shouldFireEachOnceWhenAMillionMonitorsStandOnOnePort() throws Exception {
        assertEquals(1_000_000, found("512m", "monitors", "fired"));
    }
}
