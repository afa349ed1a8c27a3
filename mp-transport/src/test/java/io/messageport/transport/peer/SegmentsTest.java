package io.messageport.transport.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.face.Faces;
import io.messageport.transport.wire.Frame;
import io.messageport.transport.wire.FrameReader;
import io.messageport.transport.wire.FrameWriter;
import io.messageport.transport.wire.Limits;
import io.messageport.transport.wire.Parts;
import io.messageport.transport.wire.WireBuffer;
import io.messageport.transport.wire.WireException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is kept and sent again, without sockets and threads. */
@Tag("CON-5")
class SegmentsTest {
    private static final FrameWriter FRAMES = new FrameWriter(Faces.common());
    private static final int LIMIT = 1 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Segments segments =
            new Segments(new PartsFlow(new Chunks(), new TestClock(), lock.newCondition(), LIMIT));
    private final Random random = new Random(5);
    private final Arrivals arrivals = new Arrivals(LIMIT);

    /** Numbered frames. */
    private long sent;

    private long received;
    private long messagesSent;
    private long messagesReceived;

    /** Stands in for the outbox, under whose lock all of it happens. */
    @BeforeEach
    void lock() {
        lock.lock();
    }

    private void append(int size) {
        WireBuffer frame = WireBuffer.ofCapacity(64).besideFrom(Limits.PART + 1);
        FRAMES.data(frame, "p", new Object[] {messagesSent++, new byte[size]}, LIMIT);
        if (!Large.is(frame)) {
            segments.put(frame);
            sent++;
            return;
        }
        for (Parts parts = new Parts((int) messagesSent, frame); parts.hasNext();) {
            ByteBuffer chunk = ByteBuffer.allocate(Chunks.SIZE);
            int frames = parts.put(chunk);
            segments.put(new Segment(chunk.flip(), frames));
            sent += frames;
        }
    }

    /** Writes a segment, of which only some bytes get through; the receiver checks the numbers. */
    private void write(Segment segment, int bytes) throws WireException {
        FrameReader reader = new FrameReader(LIMIT);
        byte[] all = new byte[segment.size()];
        segment.view(0, all.length).get(all);
        int end = segment.from + bytes;
        for (int at = segment.from; at < end;) {
            int size = reader.sizeAt(all, at, all.length);
            if (at + size > end) {
                return;
            }
            switch (reader.read(all, at, size)) {
                case Frame.Data data -> {
                    received++;
                    assertEquals(messagesReceived++, data.values()[0]);
                }
                case Frame.Part part -> {
                    received++;
                    Frame.Data whole = arrivals.add(part, reader);
                    if (whole != null) {
                        assertEquals(messagesReceived++, whole.values()[0]);
                    }
                }
                default -> assertEquals(segment.end, at, "a sign of life was sent again");
            }
            at += size;
        }
    }

    @Test
    void shouldDeliverEveryFrameOnceOverAnyHistoryOfBreaks() throws WireException {
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> append(random.nextInt(100) == 0 ? 150_000 : random.nextInt(3000));
                case 2, 3 -> {
                    boolean wished = random.nextInt(3) == 0;
                    Segment taken = wished && segments.isChunkNext() ? segments.takeNothing() : segments.take();
                    if (wished) {
                        FrameWriter.heartbeat(taken.bytes, random.nextBoolean());
                    }
                    write(taken, taken.unsent());
                    segments.giveBack(taken);
                }
                case 4 -> assertTrue(segments.acknowledge(received - random.nextLong(received + 1) / 8));
                default -> {
                    Segment taken = segments.take();
                    write(taken, random.nextInt(taken.unsent() + 1));
                    segments.giveBack(taken);
                    assertTrue(segments.goBackTo(received));
                }
            }
        }
        while (segments.waiting() > 0) {
            Segment taken = segments.take();
            write(taken, taken.unsent());
            segments.giveBack(taken);
        }
        assertEquals(sent, received);
        assertEquals(messagesSent, messagesReceived);
        assertTrue(segments.acknowledge(received));
        assertEquals(0, segments.held());
        assertEquals(0, segments.segmentsKept());
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        append(10);
        append(10);
        assertFalse(segments.acknowledge(1), "nothing was sent");
        segments.giveBack(segments.take());
        append(10);
        assertFalse(segments.acknowledge(3), "the third was not sent");
        assertFalse(segments.goBackTo(3));
        assertTrue(segments.acknowledge(2));
        assertFalse(segments.goBackTo(1), "the first is forgotten");
        assertTrue(segments.goBackTo(2));
    }

    @Test
    void shouldHoldWhatIsNotAcknowledgedAndNothingElse() {
        append(1000);
        long held = segments.held();
        assertTrue(held > 1000);
        assertEquals(held, segments.waiting());
        Segment taken = segments.take();
        FrameWriter.heartbeat(taken.bytes, true);
        assertEquals(0, segments.waiting());
        assertEquals(held, segments.held());
        segments.giveBack(taken);
        assertEquals(held, segments.held());
        assertEquals(held, taken.bytes.size(), "the sign of life is not kept");
        Segment alive = segments.take();
        FrameWriter.heartbeat(alive.bytes, true);
        segments.giveBack(alive);
        assertTrue(segments.goBackTo(0));
        assertEquals(held, segments.waiting());
        segments.giveBack(segments.take());
        assertTrue(segments.acknowledge(1));
        assertEquals(0, segments.held());
    }

    @Test
    @Tag("BND-2")
    void shouldKeepShortAnswersTogether() throws WireException {
        for (int i = 0; i < 1000; i++) {
            append(10);
            Segment taken = segments.take();
            write(taken, taken.unsent());
            segments.giveBack(taken);
        }
        assertTrue(segments.segmentsKept() < 5, "one for each answer");
        assertTrue(segments.acknowledge(700));
        assertTrue(segments.goBackTo(900));
        received = 900;
        messagesReceived = 900;
        while (segments.waiting() > 0) {
            Segment taken = segments.take();
            write(taken, taken.unsent());
            segments.giveBack(taken);
        }
        assertEquals(1000, received);
        assertTrue(segments.acknowledge(1000));
        assertEquals(0, segments.held());
    }

    /** The tail of a large message is as short as an answer, and may come behind a small message of another sender. */
    @Test
    void shouldKeepAShortChunkApartFromWhatCameBefore() {
        append(10);
        segments.giveBack(segments.take());
        ByteBuffer tail = ByteBuffer.allocate(14).putInt(10).put((byte) Frame.PART).putInt(1).putInt(0).put((byte) 1);
        segments.put(new Segment(tail.flip(), 1));
        segments.giveBack(segments.take());
        assertEquals(2, segments.segmentsKept());
        assertTrue(segments.acknowledge(2));
        assertEquals(0, segments.held());
    }
}
