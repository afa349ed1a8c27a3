package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ports that are never without a message leave the carriers to others, again and again, though nothing takes them away. */
@Timeout(60)
class EndlessChainsTest {
    private static final List<String> ONE_CARRIER = List.of("-Djdk.virtualThreadScheduler.parallelism=1",
            "-Djdk.virtualThreadScheduler.maxPoolSize=1", "-XX:TieredStopAtLevel=1", "-Xmx128m");

    @ParameterizedTest
    @ValueSource(strings = {"chain", "self"})
    void shouldLetOtherVirtualThreadsRun(String kind) throws Exception {
        assertEquals("lets others run", ForkedJvm.run(EndlessChains.class, 40, ONE_CARRIER, kind).getLast());
    }
}
