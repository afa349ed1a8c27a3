package io.messageport.benchmarks.remote;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ends of every side of every workload do their work, here in one JVM, in a size that takes no time. */
class EndsTest {
    private static final int SIZE = 70;

    static Stream<Arguments> sides() {
        return Arrays.stream(RemoteWorkload.values()).flatMap(workload -> Stream.concat(
                Stream.of(Party.PLAIN, Party.TLS),
                workload.rivals(Party.PLAIN).stream().map(RemoteWorkload.Rival::party))
                .distinct()
                .map(party -> arguments(workload, party)));
    }

    @ParameterizedTest
    @MethodSource("sides")
    void shouldConfirmAllAgainAndAgainWhenRun(RemoteWorkload workload, Party party) throws Exception {
        ReceivingEnd receiving = workload.receiving(party);
        SendingEnd sending = workload.sending(party);
        String address = receiving.open();
        try {
            sending.open(address);
            int size = workload == RemoteWorkload.IDLE_PEERS ? 3 : SIZE;
            assertTrue(sending.run(size) > 0);
            assertTrue(sending.run(1) > 0);
            assertTrue(sending.run(size) > 0);
        } finally {
            sending.close();
            receiving.close();
        }
    }
}
