package io.messageport.benchmarks.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The way a side is measured, by two forked JVMs. */
class PairTest {
    private static final List<String> SMALL = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m");

    @Test
    void shouldMeasureTimeProcessorAndBytesWhenForked() throws Exception {
        try (Pair pair = Pair.start(RemoteWorkload.ONE_WAY, Party.PLAIN, SMALL)) {
            assertTrue(pair.run(100) > 0);
            Footprint before = pair.receiverFootprint();
            Pair.Cost cost = pair.measure(10_000);
            assertTrue(cost.nanos() > 0);
            assertTrue(cost.cpuNanos() > 0);
            // A message is at least an array and a number on either side.
            assertTrue(cost.sentBytes() > 40, cost::toString);
            assertTrue(cost.receivedBytes() > 40, cost::toString);
            Footprint after = pair.receiverFootprint();
            assertTrue(before.heap() > before.arrays() && before.arrays() > 0, before::toString);
            assertTrue(before.threads() > 0, before::toString);
            assertTrue(after.wakeUps() >= before.wakeUps(), () -> before + " " + after);
        }
    }

    @Test
    void shouldSayWhatIsMissingWhenAnEndCannotBeOpened() {
        RemoteFailure failure = assertThrows(RemoteFailure.class, () -> {
            try (Child child = Child.start("send", RemoteWorkload.ROUND_TRIP, Party.RAW_PLATFORM, SMALL)) {
                String unused = child.ask("open nowhere");
            }
        });
        assertEquals("round-trip raw-platform send failed: For input string: \"nowhere\"", failure.getMessage());
    }

    @Test
    void shouldSayThatAChildIsGoneWhenItIs() throws Exception {
        try (Child child = Child.start("receive", RemoteWorkload.BLOBS, Party.RAW_PLATFORM, SMALL)) {
            assertTrue(Integer.parseInt(child.ask("open")) > 0);
            assertTrue(ProcessHandle.of(child.pid()).orElseThrow().destroyForcibly());
            RemoteFailure failure = assertThrows(RemoteFailure.class, () -> child.ask("meter"));
            assertEquals("blobs raw-platform receive failed: by its end", failure.getMessage());
        }
    }
}
