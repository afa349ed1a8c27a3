package io.messageport.transport.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.face.Faces;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What cannot be sent throws at the sender, names the place, and leaves nothing behind. */
@Tag("SND-1")
class SenderErrorsTest {
    @Test
    void shouldNameThePlaceWhenAValueCannotCrossTheNetwork() {
        String text = refused("tag", 1, List.of(Thread.currentThread()));
        assertTrue(text.startsWith("value 2, list index 0: java.lang.Thread"), text);
        assertTrue(refused(Map.of("k", List.of(1, new Object()))).startsWith(
                "value 0, map entry \"k\", list index 1: java.lang.Object cannot cross the network; use "));
        assertTrue(refused(Map.of(new Object(), 1)).startsWith("value 0, a map key: "));
        assertTrue(refused(Map.of(List.of(), 1)).contains("cannot be a map key"));
        assertTrue(refused(new java.math.BigDecimal("1.5")).contains("use a double or its text"));
    }

    @Test
    void shouldRefuseTextWithALoneSurrogate() {
        assertTrue(refused("tag", "a\ud800").startsWith("value 1: text with a lone surrogate at index 1"));
        assertTrue(refused("tag", "\udc00b").contains("index 0"));
        assertTrue(refused("tag", "\ud800\ud800\udc00").contains("index 0"));
    }

    @Test
    void shouldRefuseIntegersBeyond64Bits() {
        assertTrue(refused(BigInteger.TWO.pow(64)).contains("65 bits"));
        assertTrue(refused(BigInteger.TWO.pow(63).negate().subtract(BigInteger.ONE)).contains("64 bits"));
    }

    @Test
    @Tag("T-3")
    void shouldRefuseAListThatContainsItself() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        assertTrue(refused(list).contains("does it contain itself?"));
        Map<Object, Object> map = new HashMap<>();
        map.put("me", map);
        assertTrue(refused(map).contains("does it contain itself?"));
        List<Object> doubling = new ArrayList<>();
        doubling.add(1);
        doubling.add(doubling);
        doubling.add(doubling);
        assertThrows(IllegalArgumentException.class, () -> Vectors.dataFrame(1 << 20, "p", doubling));
    }

    @Test
    void shouldSendWhatIsJustWithinTheDepthLimit() throws WireException {
        assertTrue(Vectors.decodeFrame(Vectors.dataFrame(1024, "p", nested(63)), 1024) instanceof Frame.Data);
        assertTrue(refused(nested(64)).contains("deeper than 64"));
    }

    @Test
    @Tag("T-6")
    void shouldRefuseAMapWhoseKeysAreOneOnTheWire() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(1, "int");
        map.put(1L, "long");
        assertTrue(refused(map).contains("twice"), refused(map));
        map.clear();
        map.put("x", 1);
        map.put('x', 2);
        assertTrue(refused(map).contains("twice"));
        IdentityHashMap<Object, Object> identity = new IdentityHashMap<>();
        identity.put("k", 1);
        identity.put(new String(new char[] {'k'}), 2);
        assertTrue(refused(identity).contains("twice"));
    }

    @Test
    void shouldSendMapsOfManyKindsOfKeys() throws WireException {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("1", 1L);
        map.put(1, 2L);
        map.put(null, 3L);
        map.put(1.0, 4L);
        map.put(true, 5L);
        Map<Object, Object> expected = new LinkedHashMap<>(map);
        expected.remove(1);
        expected.put(1L, 2L);
        assertEquals(expected, Vectors.decode(Vectors.encode(map)));
        assertEquals(Map.of("b", 1L, "a", 2L), Vectors.decode(Vectors.encode(new TreeMap<>(Map.of("b", 1, "a", 2)))));
    }

    @Test
    void shouldRefuseACollectionThatIsAlteredWhileItIsSent() {
        List<Object> lies = new java.util.AbstractList<>() {
            @Override
            public Object get(int index) {
                return index;
            }

            @Override
            public int size() {
                return Thread.currentThread().getStackTrace()[2].getMethodName().equals("list") ? 3 : 2;
            }
        };
        assertTrue(refused(lies).contains("altered while it was being sent"));
    }

    @Test
    void shouldLeaveTheBufferAsItWasWhenAMessageIsRefused() {
        WireBuffer out = WireBuffer.ofCapacity(16);
        FrameWriter frames = new FrameWriter(Faces.common());
        frames.data(out, "p", new Object[] {"good"}, 100);
        int size = out.size();
        for (Object bad : new Object[] {new Object(), new byte[1000], "\ud800", Collections.nCopies(200, 1)}) {
            assertThrows(IllegalArgumentException.class,
                    () -> frames.data(out, "p", new Object[] {"x", bad}, 100));
            assertEquals(size, out.size());
        }
        frames.data(out, "p", new Object[] {"good"}, 100);
        assertEquals(2 * size, out.size());
    }

    private static Object nested(int depth) {
        Object value = 1;
        for (int i = 0; i < depth; i++) {
            value = List.of(value);
        }
        return value;
    }

    private static String refused(Object... message) {
        return assertThrows(IllegalArgumentException.class, () -> Vectors.dataFrame(1 << 20, "p", message))
                .getMessage();
    }
}
