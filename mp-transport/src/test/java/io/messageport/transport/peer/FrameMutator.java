package io.messageport.transport.peer;

import io.messageport.NodeId;
import io.messageport.PortId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Valid frames, damaged. */
final class FrameMutator {
    private static final int[] NASTY =
            {0x00, 0x7f, 0x80, 0x90, 0x91, 0x9f, 0xc0, 0xc1, 0xc4, 0xc6, 0xc7, 0xc9, 0xcf, 0xd4,
                0xd9, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xff};

    private final Random random;
    private final List<byte[]> corpus = List.of(
            RawPeer.frame("p", "test", 1L, "two", 3.0),
            RawPeer.frame("", "mon1", PortId.of("node/a#p1.2")),
            RawPeer.frame("a port", "data", new byte[100], Duration.ofMillis(5), Instant.now(), UUID.randomUUID()),
            RawPeer.frame("p", List.of(1, List.of(2, List.of(3, Map.of("k", List.of()))))),
            RawPeer.frame("p", "map", Map.of("a", 1, 2, "b", NodeId.of("n"), true)),
            RawPeer.frame("p", "text", "äöü€🙂".repeat(20), 1.5f, Long.MIN_VALUE, -7, null, false),
            RawPeer.frame("p"),
            RawPeer.heartbeat(true),
            RawPeer.heartbeat(false),
            RawPeer.goodbye("bye"));

    FrameMutator(Random random) {
        this.random = random;
    }

    /** The next damaged frame; its length field is right nine times out of ten. */
    byte[] next() {
        byte[] frame = pick().clone();
        for (int i = random.nextInt(4) == 0 ? 3 : 1; i > 0; i--) {
            frame = once(frame);
            if (frame.length < 5) {
                frame = Arrays.copyOf(frame, 5);
            }
        }
        if (random.nextInt(10) > 0) {
            int length = frame.length - 4;
            for (int i = 0; i < 4; i++) {
                frame[i] = (byte) (length >>> 24 - 8 * i);
            }
        }
        return frame;
    }

    private byte[] pick() {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private byte[] once(byte[] frame) {
        int at = frame.length <= 5 ? 0 : 4 + random.nextInt(frame.length - 4);
        return switch (random.nextInt(9)) {
            case 0 -> with(frame, at, frame[at] ^ 1 << random.nextInt(8));
            case 1 -> with(frame, at, random.nextInt(256));
            case 2 -> with(frame, at, NASTY[random.nextInt(NASTY.length)]);
            case 3 -> Arrays.copyOf(frame, Math.max(5, at));
            case 4 -> splice(frame, at, pick());
            case 5 -> insert(frame, at, random(1 + random.nextInt(20)));
            case 6 -> insert(frame, at, bomb());
            case 7 -> lieAboutLength(frame);
            default -> with(frame, Math.min(4, frame.length - 1), random.nextInt(random.nextBoolean() ? 6 : 256));
        };
    }

    private static byte[] with(byte[] frame, int at, int value) {
        frame[at] = (byte) value;
        return frame;
    }

    private static byte[] splice(byte[] frame, int at, byte[] other) {
        byte[] both = Arrays.copyOf(frame, at + Math.max(0, other.length - 5));
        System.arraycopy(other, other.length - (both.length - at), both, at, both.length - at);
        return both;
    }

    private static byte[] insert(byte[] frame, int at, byte[] more) {
        byte[] longer = Arrays.copyOf(frame, frame.length + more.length);
        System.arraycopy(frame, at, longer, at + more.length, frame.length - at);
        System.arraycopy(more, 0, longer, at, more.length);
        return longer;
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] bomb() {
        byte[] bytes = new byte[random.nextInt(20) == 0 ? 20_000 : 70];
        Arrays.fill(bytes, (byte) (random.nextBoolean() ? 0x91 : 0x81));
        return bytes;
    }

    private byte[] lieAboutLength(byte[] frame) {
        int length = switch (random.nextInt(4)) {
            case 0 -> random.nextInt();
            case 1 -> (64 << 20) + 1;
            case 2 -> Math.max(0, frame.length - 4 + random.nextInt(21) - 10);
            default -> random.nextInt(100);
        };
        for (int i = 0; i < 4; i++) {
            frame[i] = (byte) (length >>> 24 - 8 * i);
        }
        return frame;
    }
}
