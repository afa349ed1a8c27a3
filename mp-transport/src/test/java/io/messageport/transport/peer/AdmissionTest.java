package io.messageport.transport.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many connections one host may open. */
@Tag("T-9")
class AdmissionTest {
    private static final int RATE = 7;

    @Test
    void shouldAdmitTenSecondsWorthAtOnceAndThenTheRate() throws Exception {
        try (TestClock clock = new TestClock()) {
            Admission admission = new Admission(clock, RATE);
            InetAddress one = InetAddress.getByName("10.0.0.1");
            int burst = admitted(admission, one, 1000);
            assertTrue(burst >= RATE * Admission.BURST && burst < RATE * Admission.BURST + 20, "admitted " + burst);
            assertTrue(admission.admits(InetAddress.getByName("10.0.0.2")));
            clock.pause(Duration.ofSeconds(3).toNanos());
            int later = admitted(admission, one, 1000);
            assertTrue(later >= 3 * RATE && later < 3 * RATE + 20, "admitted " + later);
        }
    }

    @Test
    void shouldForgetHostsThatWereNotHeardOfForLongest() throws Exception {
        try (TestClock clock = new TestClock()) {
            Admission admission = new Admission(clock, 1);
            InetAddress first = InetAddress.getByName("10.0.0.1");
            assertEquals(Admission.BURST, admitted(admission, first, Admission.BURST));
            assertFalse(admission.admits(first));
            for (int i = 0; i < 5000; i++) {
                assertTrue(admission.admits(InetAddress.getByAddress(new byte[] {11, 0, (byte) (i >> 8), (byte) i})));
            }
            assertTrue(admission.admits(first));
        }
    }

    private static int admitted(Admission admission, InetAddress from, int tries) {
        int admitted = 0;
        for (int i = 0; i < tries; i++) {
            admitted += admission.admits(from) ? 1 : 0;
        }
        return admitted;
    }
}
