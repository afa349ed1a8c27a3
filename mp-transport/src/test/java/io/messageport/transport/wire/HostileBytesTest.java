package io.messageport.transport.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Bytes made to hurt the receiver: refused by its own exception, before they cost anything. */
class HostileBytesTest {
    private static final int MIB = 1 << 20;

    @Test
    @Tag("T-3")
    void shouldRefuseABombOfListsWhenItIsDeeperThanTheLimit() {
        byte[] bomb = new byte[100_000];
        Arrays.fill(bomb, (byte) 0x91);
        cheaply(() -> assertThrows(WireException.class, () -> Vectors.decode(bomb)));
        Arrays.fill(bomb, (byte) 0x81);
        cheaply(() -> assertThrows(WireException.class, () -> Vectors.decode(bomb)));
    }

    @Test
    @Tag("T-3")
    void shouldRefuseNestedAnnouncementsWhenTogetherTheyExceedTheBytes() {
        byte[] bomb = new byte[MIB];
        for (int i = 0; i < 60; i++) {
            // A list of a million elements, first of which is a list of a million elements, first of which ...
            bomb[i * 5] = (byte) 0xdd;
            bomb[i * 5 + 2] = 0x0f;
        }
        long allocated = allocated(() -> assertThrows(WireException.class, () -> Vectors.decode(bomb)));
        assertTrue(allocated < 8L * MIB, allocated + " bytes for a frame of 1 MiB");
    }

    @Test
    @Tag("T-3")
    void shouldAllocateNothingWhenFiveBytesAnnounceFourGigabytes() {
        for (int type : new int[] {0xc6, 0xc9, 0xdb, 0xdd, 0xdf}) {
            byte[] claim = {(byte) type, -1, -1, -1, -1};
            cheaply(() -> assertThrows(WireException.class, () -> Vectors.decode(claim)));
        }
    }

    @Test
    @Tag("T-4")
    void shouldAcceptAFrameOfTheLimitAndRefuseWhatIsLonger() throws WireException {
        int limit = 4096;
        FrameReader reader = new FrameReader(limit);
        assertEquals(limit + 4, reader.sizeAt(length(limit), 0, 4));
        assertEquals(0, reader.sizeAt(length(limit), 0, 3));
        for (int length : new int[] {limit + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 0}) {
            cheaply(() -> assertThrows(WireException.class, () -> reader.sizeAt(length(length), 0, 4)));
        }
    }

    @Test
    @Tag("T-4")
    void shouldSendAFrameOfTheLimitAndThrowAtTheSenderWhenItIsLonger() throws WireException {
        int limit = 4096;
        // Type, list header, port name, and the header of the bytes.
        byte[] most = new byte[limit - 1 - 1 - 2 - 3];
        byte[] frame = Vectors.dataFrame(limit, "p", most);
        assertEquals(limit + 4, frame.length);
        assertTrue(Vectors.decodeFrame(frame, limit) instanceof Frame.Data);
        for (int size : new int[] {most.length + 1, 100_000, 10_000_000}) {
            String text = assertThrows(IllegalArgumentException.class,
                    () -> Vectors.dataFrame(limit, "p", new byte[size])).getMessage();
            assertTrue(text.contains("4096") && text.contains(String.valueOf(size)
                    .substring(0, 1)), text);
        }
    }

    @Test
    @Tag("T-5")
    void shouldReadTheSameFramesHoweverTheBytesArrive() throws WireException {
        byte[] first = Vectors.dataFrame(1024, "p", "one", 1);
        byte[] second = Vectors.dataFrame(1024, "p", "two", 2);
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        FrameReader reader = new FrameReader(1024);
        int frames = 0;
        int from = 0;
        for (int to = 0; to <= both.length; to++) {
            int size = reader.sizeAt(both, from, to);
            if (size > 0 && size <= to - from) {
                Frame.Data data = (Frame.Data) reader.read(both, from, size);
                assertEquals((long) ++frames, data.values()[1]);
                from += size;
            }
        }
        assertEquals(2, frames);
    }

    @Test
    @Tag("T-2")
    void shouldThrowNothingButItsOwnExceptionWhenBytesAreRandom() {
        Random random = new Random(7);
        FrameReader reader = new FrameReader(1 << 16);
        int good = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[5 + random.nextInt(40)];
            random.nextBytes(bytes);
            bytes[4] = (byte) (1 + random.nextInt(4));
            bytes[5 % bytes.length] = (byte) (0x91 + random.nextInt(4));
            try {
                good += reader.read(bytes, 0, bytes.length) == null ? 0 : 1;
            } catch (WireException e) {
                assertTrue(e.getMessage().length() > 5);
            }
        }
        assertTrue(good > 0, "no random frame was good, so the test reaches little");
    }

    @Test
    @Tag("T-6")
    void shouldRefuseAMessageWhosePortNameIsNotText() {
        byte[] frame = Vectors.dataFrame(1024, "", 1L);
        frame[6] = 0x05;
        assertThrows(WireException.class, () -> Vectors.decodeFrame(frame, 1024));
    }

    private static byte[] length(int length) {
        return new byte[] {(byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length};
    }

    private static void cheaply(Executable refused) {
        long allocated = allocated(refused);
        assertTrue(allocated < MIB, allocated + " bytes allocated");
    }

    private static long allocated(Executable refused) {
        try {
            refused.execute(); // loads what it needs
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            refused.execute();
            return threads.getCurrentThreadAllocatedBytes() - before;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
