package io.messageport.transport.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.messageport.NodeId;
import io.messageport.PortId;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every value type and every frame type against committed bytes, both ways. */
@Tag("T-6")
class GoldenVectorsTest {
    /** What is sent and what arrives, by the name of the vector. */
    private final Map<String, Object[]> values = new HashMap<>();

    record Stock(String item, int count) {}

    record Shelf(Stock stock) {}

    @BeforeEach
    void scalars() {
        same("nil", null);
        same("false", false);
        same("true", true);
        sent("zero", 0, 0L);
        sent("fixint greatest", (byte) 127, 127L);
        sent("uint8", (short) 255, 255L);
        sent("uint16", 0xffff, 0xffffL);
        same("uint32", 0xffff_ffffL);
        same("uint64 within long", Long.MAX_VALUE);
        same("uint64 beyond long", BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
        sent("minus one", BigInteger.ONE.negate(), -1L);
        sent("fixint least", -32, -32L);
        sent("int8", Byte.MIN_VALUE, -128L);
        sent("int16", Short.MIN_VALUE, -32768L);
        sent("int32", Integer.MIN_VALUE, (long) Integer.MIN_VALUE);
        same("int64", Long.MIN_VALUE);
        same("float", 1.5f);
        same("float NaN", Float.NaN);
        same("double", 1.5);
        same("double minus zero", -0.0);
        same("double NaN", Double.NaN);
        same("empty text", "");
        same("text", "hello");
        same("text beyond ascii", "ü€🙂");
        same("text of 32", "abcdefgh".repeat(4));
        same("bytes", new byte[] {0, -1, -128});
        same("no bytes", new byte[0]);
        same("port id", PortId.of("n1#ab."));
        same("node port id", PortId.of("n1"));
        same("node id", NodeId.of("n/11"));
        same("duration", Duration.ofMillis(-500));
        same("uuid", UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));
        same("instant of seconds", Instant.ofEpochSecond(1_600_000_000));
        same("instant with nanos", Instant.ofEpochSecond(1, 1));
        same("instant before 1970", Instant.ofEpochSecond(-1, 999_999_999));
    }

    @BeforeEach
    void containersAndFaces() {
        same("list", Arrays.asList(1L, "b", null));
        same("empty list", List.of());
        same("list in list", List.of(List.of(List.of(1L))));
        same("list of 16", Collections.nCopies(16, 0L));
        Map<Object, Object> map = new java.util.LinkedHashMap<>();
        map.put("k", 1L);
        map.put(null, List.of());
        same("map", map);
        same("empty map", Map.of());
        sent("enum constant", TimeUnit.SECONDS, "SECONDS");
        sent("character", 'x', "x");
        sent("present optional", Optional.of(1), 1L);
        sent("empty optional", Optional.empty(), null);
        sent("record", new Stock("nut", 5), List.of("stock", "nut", 5L));
        sent("record in record", new Shelf(new Stock("nut", 5)), List.of("shelf", List.of("nut", 5L)));
        sent("int array", new int[] {1, 2, 3}, List.of(1L, 2L, 3L));
        sent("object array", new Object[] {"a", 2}, List.of("a", 2L));
        sent("set", Set.of(1), List.of(1L));
    }

    @Test
    void shouldSendAndReceiveEveryValueTypeAsCommitted() throws WireException {
        Map<String, byte[]> vectors = Vectors.read("values.txt");
        assertEquals(vectors.keySet(), values.keySet());
        for (Map.Entry<String, byte[]> vector : vectors.entrySet()) {
            String name = vector.getKey();
            Object[] pair = values.get(name);
            assertEquals(hex(vector.getValue()), hex(Vectors.encode(pair[0])), name);
            assertArrayEquals(new Object[] {pair[1]}, new Object[] {Vectors.decode(vector.getValue())}, name);
        }
    }

    @Test
    void shouldReceiveLongerFormsThanItSends() throws WireException {
        for (Map.Entry<String, byte[]> vector : Vectors.read("accepted.txt").entrySet()) {
            Object value = Vectors.decode(vector.getValue());
            Object expected = switch (vector.getKey().split(" ")[0]) {
                case "five" -> 5L;
                case "text" -> "a";
                case "bytes" -> new byte[] {7};
                case "list" -> List.of(5L);
                case "map" -> Map.of(5L, 5L);
                default -> NodeId.of("n");
            };
            assertArrayEquals(new Object[] {expected}, new Object[] {value}, vector.getKey());
        }
    }

    @Test
    @Tag("T-3")
    void shouldRefuseWhatNobodySends() {
        for (Map.Entry<String, byte[]> vector : Vectors.read("refused.txt").entrySet()) {
            assertThrows(WireException.class, () -> Vectors.decode(vector.getValue()), vector.getKey());
        }
    }

    @Test
    void shouldSendAndReceiveEveryFrameTypeAsCommitted() throws WireException {
        Map<String, byte[]> frames = Vectors.read("frames.txt");
        assertEquals(6, frames.size());
        data(frames.get("data"), "p0.1", "test", 42L);
        data(frames.get("data for the node port"), "", "m");
        data(frames.get("data without values"), "p");
        heartbeat(frames.get("ping"), true);
        heartbeat(frames.get("pong"), false);
        WireBuffer out = WireBuffer.ofCapacity(1);
        FrameWriter.goodbye(out, "node closed");
        assertEquals(hex(frames.get("goodbye")), hex(out.toByteArray()));
        assertEquals(new Frame.Goodbye("node closed"), Vectors.decodeFrame(frames.get("goodbye"), 1024));
    }

    private static void data(byte[] bytes, String port, Object... message) throws WireException {
        assertEquals(hex(bytes), hex(Vectors.dataFrame(1024, port, message)));
        Frame.Data data = (Frame.Data) Vectors.decodeFrame(bytes, 1024);
        assertEquals(port, data.port());
        assertArrayEquals(message, data.values());
    }

    private static void heartbeat(byte[] bytes, boolean wantsAnswer) throws WireException {
        WireBuffer out = WireBuffer.ofCapacity(1);
        FrameWriter.heartbeat(out, wantsAnswer);
        assertEquals(hex(bytes), hex(out.toByteArray()));
        assertEquals(new Frame.Heartbeat(wantsAnswer), Vectors.decodeFrame(bytes, 1024));
    }

    private void same(String name, Object value) {
        sent(name, value, value);
    }

    private void sent(String name, Object value, Object arrives) {
        values.put(name, new Object[] {value, arrives});
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
