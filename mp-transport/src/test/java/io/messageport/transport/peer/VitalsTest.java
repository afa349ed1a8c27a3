package io.messageport.transport.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.transport.wire.WireBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the ticker concludes, tick by tick, without waiting. */
@Tag("CON-4")
class VitalsTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Outbox outbox = new Outbox(1000, new Chunks(), new TestClock(), new Arrivals(1000));
    private final Vitals vitals = new Vitals();

    @Test
    void shouldSendASignOfLifeWhenIdle() {
        assertEquals(Optional.empty(), tick(2));
        assertEquals(Optional.empty(), tick(1));
        assertEquals(5, outbox.take(new OpenWriter()).bytes.size());
    }

    @Test
    void shouldSendNoneWhileDataGoesOut() {
        for (int i = 0; i < 9; i++) {
            vitals.wrote();
            assertEquals(Optional.empty(), tick(1));
        }
        assertEquals(0, outbox.waiting());
    }

    @Test
    void shouldDeclareThePeerDeadWhenItIsSilent() {
        for (int i = 0; i < 9; i++) {
            assertTrue(vitals.heard());
            vitals.wrote();
            assertEquals(Optional.empty(), tick(5));
        }
        vitals.wrote();
        assertEquals(Optional.empty(), tick(5));
        vitals.wrote();
        assertEquals(Optional.of("silent for 10 s"), tick(5));
    }

    @Test
    @Tag("T-29")
    void shouldDeclareThePeerDeadWhenItSpeaksButDoesNotRead() {
        WireBuffer some = WireBuffer.ofCapacity(10);
        io.messageport.transport.wire.FrameWriter.heartbeat(some, false);
        assertTrue(outbox.append(some));
        assertTrue(vitals.heard());
        assertEquals(Optional.empty(), tick(5));
        assertTrue(vitals.heard());
        assertEquals(Optional.of("accepts no data for 10 s"), tick(5));
    }

    private Optional<String> tick(long seconds) {
        return vitals.tick(seconds * SECOND, 3 * SECOND, 10 * SECOND, outbox);
    }

    /** A writer whose socket stays open, and that is never asked to write. */
    private static final class OpenWriter implements Pen.Writer {
        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void write(Segment segment) {
            throw new AssertionError("nobody sends");
        }
    }
}
