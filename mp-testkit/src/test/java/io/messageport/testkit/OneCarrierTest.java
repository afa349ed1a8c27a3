package io.messageport.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that reads on virtual threads, with one carrier for all, handles what it reads before it reads on. */
@Timeout(60)
class OneCarrierTest {
    private final TestNodes nodes = new TestNodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void shouldLetAPortKeepUpWithWhatArrives() {
        int count = 300_000;
        ForkedNode sink = nodes.fork(Launch.of(OneCarrier.class, "sink")
                .options("-Djdk.virtualThreadScheduler.parallelism=1"));
        ForkedNode source = nodes.fork(Launch.of(OneCarrier.class, "source", sink.awaitReady()));
        String unused = source.awaitReady();
        assertEquals("sent", source.ask("send", Integer.toString(count)));
        await().atMost(Duration.ofSeconds(20)).untilAsserted(
                () -> assertEquals(Integer.toString(count), sink.ask("counted")));
    }
}
