package io.messageport.transport.peer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.face.Faces;
import io.messageport.transport.wire.Frame;
import io.messageport.transport.wire.FrameReader;
import io.messageport.transport.wire.FrameWriter;
import io.messageport.transport.wire.Limits;
import io.messageport.transport.wire.WireBuffer;
import io.messageport.transport.wire.WireException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who writes what an outbox holds: its writer, or a sender in its place. */
@Tag("SND-4")
class OutboxTest {
    private static final int LIMIT = 1 << 20;
    private static final FrameWriter FRAMES = new FrameWriter(Faces.common());

    private final Arrivals arrivals = new Arrivals(LIMIT);
    private final Outbox outbox = new Outbox(LIMIT, new Chunks(), new TestClock(), arrivals);
    private final Writer writer = new Writer();
    private final Thread writing = Thread.ofVirtual().unstarted(writer);

    /** Notes what is written, and by whom. */
    private final class Writer implements Pen.Writer, Runnable {
        final List<String> written = new CopyOnWriteArrayList<>();
        final List<Thread> threads = new CopyOnWriteArrayList<>();
        volatile boolean open = true;
        volatile Runnable meanwhile = () -> {};

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void write(Segment segment) {
            written.addAll(framesOf(segment));
            threads.add(Thread.currentThread());
            meanwhile.run();
            outbox.giveBack(segment);
        }

        @Override
        public void run() {
            for (Segment next = outbox.take(this); next != null; next = outbox.take(this)) {
                write(next);
            }
        }
    }

    private static List<String> framesOf(Segment segment) {
        List<String> all = new ArrayList<>();
        ByteBuffer bytes = segment.view(segment.from, segment.size());
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        FrameReader reader = new FrameReader(Limits.FRAME);
        try {
            for (int at = 0; at < copy.length;) {
                int size = reader.sizeAt(copy, at, copy.length);
                all.add(switch (reader.read(copy, at, size)) {
                    case Frame.Data data -> String.valueOf(data.values()[0]);
                    case Frame.Part part -> "part " + StandardCharsets.US_ASCII.decode(part.bytes());
                    case Frame.Ack ack -> "ack " + ack.received();
                    default -> "other";
                });
                at += size;
            }
        } catch (WireException e) {
            throw new AssertionError(e);
        }
        return all;
    }

    private static WireBuffer frame(String text) {
        WireBuffer frame = WireBuffer.ofCapacity(64);
        FRAMES.data(frame, "p", new Object[] {text}, LIMIT);
        return frame;
    }

    /** One part, whose content is the text. */
    private static Segment chunk(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(64);
        byte[] content = text.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer unused =
                bytes.putInt(9 + content.length).put((byte) Frame.PART).putInt(1).putInt(0).put(content).flip();
        return new Segment(bytes, 1);
    }

    private void awaitRest() {
        await().until(() -> writing.getState() == Thread.State.WAITING);
    }

    @BeforeEach
    void start() {
        outbox.keeps(true);
        writing.start();
        awaitRest();
    }

    @AfterEach
    void end() throws InterruptedException {
        outbox.drop();
        writing.join();
    }

    @Test
    void shouldLetTheSenderWriteWhenThePeerHasEverything() {
        for (int i = 1; i <= 3; i++) {
            assertTrue(outbox.appendOrWrite(frame("m" + i)));
            assertTrue(outbox.acknowledged(i));
        }
        assertEquals(List.of("m1", "m2", "m3"), writer.written);
        writer.threads.forEach(thread -> assertSame(Thread.currentThread(), thread));
        assertEquals(0, outbox.held());
    }

    @Test
    void shouldLeaveItToTheWriterWhenSomethingIsUnderWay() {
        assertTrue(outbox.appendOrWrite(frame("m1")));
        assertTrue(outbox.appendOrWrite(frame("m2")));
        await().until(() -> writer.written.equals(List.of("m1", "m2")));
        assertEquals(List.of(Thread.currentThread(), writing), writer.threads);
    }

    @Test
    void shouldLeaveItToTheWriterWhenItIsLargeOrThePeerDoesNotAcknowledge() {
        String large = "x".repeat(5000);
        assertTrue(outbox.appendOrWrite(frame(large)));
        await().until(() -> writer.written.equals(List.of(large)));
        assertTrue(outbox.acknowledged(1));
        awaitRest();
        outbox.keeps(false);
        assertTrue(outbox.appendOrWrite(frame("m2")));
        await().until(() -> writer.written.size() == 2);
        assertEquals(List.of(writing, writing), writer.threads);
    }

    @Test
    void shouldKeepTheOrderWhenOthersSendWhileOneWrites() {
        writer.meanwhile = () -> {
            writer.meanwhile = () -> {};
            assertTrue(outbox.append(frame("m2")) && outbox.appendOrWrite(frame("m3")));
            assertEquals(List.of("m1"), writer.written);
        };
        assertTrue(outbox.appendOrWrite(frame("m1")));
        await().until(() -> writer.written.equals(List.of("m1", "m2", "m3")));
        assertEquals(List.of(Thread.currentThread(), writing), writer.threads);
    }

    /** As many as may be on their way; the first half of them is not asked about. */
    @Test
    void shouldLetTheSenderWriteChunksAlsoWhenThePeerHasNotEverything() {
        assertTrue(outbox.appendParts(chunk("c1"), true) && outbox.appendParts(chunk("c2"), true));
        assertEquals(List.of("part c1", "part c2"), writer.written);
        assertEquals(List.of(Thread.currentThread(), Thread.currentThread()), writer.threads);
        assertTrue(outbox.appendParts(chunk("c3"), false));
        await().until(() -> writer.written.equals(List.of("part c1", "part c2", "part c3")));
        assertSame(writing, writer.threads.getLast());
    }

    /** It would close the socket, and so every next one while there are chunks. */
    @Test
    @Tag("CON-5")
    void shouldLeaveChunksToTheWriterWhenTheSenderIsInterrupted() {
        Thread.currentThread().interrupt();
        assertTrue(outbox.appendParts(chunk("c1"), true));
        assertTrue(Thread.interrupted());
        await().until(() -> writer.written.equals(List.of("part c1")));
        assertEquals(List.of(writing), writer.threads);
    }

    @Test
    void shouldLeaveAChunkToTheWriterWhenSomethingWaits() {
        writer.meanwhile = () -> {
            writer.meanwhile = () -> {};
            assertTrue(outbox.append(frame("m1")) && outbox.appendParts(chunk("c2"), true));
            assertEquals(List.of("part c1"), writer.written);
        };
        assertTrue(outbox.appendParts(chunk("c1"), true));
        await().until(() -> writer.written.equals(List.of("part c1", "m1", "part c2")));
        assertEquals(List.of(Thread.currentThread(), writing, writing), writer.threads);
    }

    @Test
    @Tag("CON-5")
    void shouldLetTheReaderAnswerWhenThePeerHasEverything() {
        outbox.answer(3, false);
        outbox.answer(4, true);
        assertEquals(List.of("ack 3", "ack 4", "other"), writer.written);
        writer.threads.forEach(thread -> assertSame(Thread.currentThread(), thread));
    }

    /** The peer may be doing just that: two readers that wait for room in their sockets would wait for ever. */
    @Test
    @Tag("CON-5")
    void shouldNotLetTheReaderAnswerWhenItMightWaitForTheSocket() {
        assertTrue(outbox.appendOrWrite(frame("m1")));
        outbox.answer(3, false);
        await().until(() -> writer.written.equals(List.of("m1", "ack 3")));
        assertSame(writing, writer.threads.getLast());
    }

    @Test
    void shouldTakeTheAcknowledgementAlong() {
        arrivals.add(100);
        assertFalse(arrivals.isAckDueNow());
        assertTrue(outbox.appendOrWrite(frame("m1")));
        assertEquals(List.of("m1", "ack 1"), writer.written);
        assertFalse(arrivals.isAckDue());
    }

    @Test
    @Tag("CON-5")
    void shouldNotLetTheWriterEndBeforeTheSenderHasWritten() {
        writer.meanwhile = () -> {
            writer.meanwhile = () -> {};
            writer.open = false;
            outbox.socketClosed();
            assertTrue(outbox.append(frame("for the next socket")));
            LockSupport.parkNanos(20_000_000);
            assertTrue(writing.isAlive());
        };
        assertTrue(outbox.appendOrWrite(frame("m1")));
        // What is appended is taken by the last writer or left to the next; either way it ends.
        await().until(() -> !writing.isAlive());
        assertTrue(outbox.goBackTo(0));
        assertTrue(outbox.waiting() > 0);
    }

    @Test
    void shouldTellTheWriterWhenTheLinkEndsWhileASenderWrites() {
        writer.meanwhile = outbox::drop;
        assertTrue(outbox.appendOrWrite(frame("m1")));
        await().until(() -> !writing.isAlive());
        assertFalse(outbox.appendOrWrite(frame("m2")));
    }
}
