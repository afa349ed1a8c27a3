package io.messageport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class PinningGuardTest {
    private static void park() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(60);
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /** Waits in its initialiser, below which the JVM's own code stands on the stack. */
    private static final class SlowToInitialise {
        static {
            park();
        }

        static void touch() {}
    }

    private static final class SlowInATest {
        static {
            park();
        }

        static void touch() {}
    }

    static final class Pinning {
        @Test
        @NoPinning
        void shouldPin() throws InterruptedException {
            Thread.startVirtualThread(SlowInATest::touch).join();
        }

        @Test
        @NoPinning
        void shouldNotPin() throws InterruptedException {
            Thread.startVirtualThread(PinningGuardTest::park).join();
        }
    }

    /** Later JDKs let go of the carrier here, too. */
    @Test
    @EnabledForJreRange(max = JRE.JAVA_25)
    void shouldShowTheStackOfThePinWhenACarrierWasKept() throws InterruptedException {
        PinningGuard guard = PinningGuard.start(Duration.ofMillis(30));
        Thread.ofVirtual().name("pinner").start(SlowToInitialise::touch).join();
        String text = assertThrows(AssertionError.class, guard::close).getMessage();
        assertTrue(text.startsWith("virtual threads were pinned to their carriers, 1 time(s):\n  for "), text);
        assertTrue(text.contains(" by thread \"pinner\""), text);
        assertTrue(text.contains("\n      at io.messageport.testkit.PinningGuardTest.park:"), text);
        assertTrue(text.contains("$SlowToInitialise.<clinit>:"), text);
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_25)
    void shouldFailTheVeryTestThatPins() {
        InnerTests tests = InnerTests.run(Pinning.class);
        assertEquals(1, tests.passed());
        assertTrue(tests.failure().contains("SlowInATest.<clinit>"), tests::failure);
    }

    @NoPinning(millis = 200)
    @MpTest(nodes = 2)
    void shouldPassWhenThreadsWaitWithoutTheirCarriers(Node a, Node b, Probe probe) throws InterruptedException {
        var unused = b.thread(self -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(400));
            self.send(probe.id(), "hello");
        });
        probe.expect("hello");
    }

    @Test
    void shouldRefuseAThresholdOfNothing() {
        assertThrows(IllegalArgumentException.class, () -> PinningGuard.start(Duration.ZERO));
    }
}
