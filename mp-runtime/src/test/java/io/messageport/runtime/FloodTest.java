package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.messageport.Overflow;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ten million messages to a port that sleeps, in a JVM whose heap holds a tenth of them: each ends as the policy says, as
 * handled or as a dead letter, and the node lives.
 */
@Tag("BND-1")
class FloodTest {
    private static final int FLOOD = 10_000_000;
    private static final int CAPACITY = 1 << 20;
    private static final int LOST = FLOOD - CAPACITY;

    @ParameterizedTest
    @EnumSource
    @Timeout(150)
    void shouldEndAsPolicySaysWhenTenMillionMessagesFloodAPort(Overflow overflow) throws Exception {
        List<String> said = ForkedJvm.run(Flood.class, 140, List.of("-Xmx256m"), overflow.name());
        ForkedJvm.say("FloodTest " + overflow + ": " + said.getLast());
        assertEquals(switch (overflow) {
            // The handler that sleeps was interrupted by nobody; what waited behind it is lost with the port.
            case KILL -> outcome(false, false, 0, -1, -1, FLOOD);
            case BLOCK -> outcome(true, true, FLOOD, 0, FLOOD - 1, 0);
            case DROP_NEWEST -> outcome(false, true, CAPACITY, 0, CAPACITY - 1, LOST);
            case DROP_OLDEST -> outcome(false, true, CAPACITY, LOST, FLOOD - 1, LOST);
        }, said.getLast(), () -> String.join("\n", said));
    }

    private static String outcome(
            boolean heldBack, boolean lives, int handled, int first, int last, int deadLetters) {
        return "heldBack=" + heldBack + " lives=" + lives + " handled=" + handled + " first=" + first + " last=" + last
                + " deadLetters=" + deadLetters + " node=answer";
    }
}
