package io.messageport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The text of a port ID, both ways. */
@Tag("ID-2")
class PortIdTest {
    private static final String NODE_CHARACTERS = "abzABZ019_-.:/";

    @Test
    void shouldSplitAtFirstHash() {
        assertEquals(new PortId(NodeId.of("n"), "a#b##"), PortId.of("n#a#b##"));
        assertEquals(new PortId(NodeId.of("n"), "#"), PortId.of("n##"));
    }

    @Test
    void shouldAddressNodePortWhenNameIsMissingOrEmpty() {
        assertEquals(NodeId.of("n").nodePort(), PortId.of("n"));
        assertEquals(NodeId.of("n").nodePort(), PortId.of("n#"));
        assertTrue(PortId.of("n").isNodePort());
        assertFalse(PortId.of("n#x").isNodePort());
        assertEquals("n", PortId.of("n#").toString());
    }

    @Test
    void shouldComeBackFromItsText() {
        Random random = new Random(7);
        for (int round = 0; round < 5000; round++) {
            StringBuilder node = new StringBuilder("n");
            for (int i = random.nextInt(6); i > 0; i--) {
                node.append(NODE_CHARACTERS.charAt(random.nextInt(NODE_CHARACTERS.length())));
            }
            StringBuilder name = new StringBuilder();
            for (int i = random.nextInt(6); i > 0; i--) {
                name.append(random.nextInt(4) == 0 ? '#' : (char) random.nextInt(Character.MIN_SURROGATE));
            }
            PortId id = new PortId(NodeId.of(node.toString()), name.toString());
            assertEquals(id, PortId.of(id.toString()));
            assertEquals(id.toString(), PortId.of(id.toString()).toString());
        }
    }

    @Test
    @Tag("ID-1")
    void shouldRefuseIllegalNode() {
        assertEquals("illegal node ID \"\": it may be neither empty nor \"0\"", refusal("#x"));
        assertEquals("illegal node ID \"0\": it may be neither empty nor \"0\"", refusal("0#x"));
        assertEquals("illegal node ID \"\": it may be neither empty nor \"0\"", refusal(""));
        assertEquals(
                "illegal character '%' at index 1 of node ID \"a%\": use letters, digits and _ - . : /",
                refusal("a%#x"));
    }

    @Test
    void shouldRefuseNulls() {
        assertEquals("a port ID is text, not null", nullRefusal(() -> PortId.of(null)));
        assertEquals("a port ID needs a node", nullRefusal(() -> new PortId(null, "x")));
        assertEquals(
                "a port ID needs a port name; the node port's is empty",
                nullRefusal(() -> new PortId(NodeId.of("n"), null)));
    }

    private static String refusal(String text) {
        return assertThrows(IllegalArgumentException.class, () -> PortId.of(text)).getMessage();
    }

    private static String nullRefusal(Runnable code) {
        return assertThrows(NullPointerException.class, code::run).getMessage();
    }

    @Test
    void shouldEqualEveryOtherWithTheSameParts() {
        PortId one = PortId.of("n#x");
        PortId same = new PortId(NodeId.of("n"), "x");
        assertEquals(one, same);
        assertEquals(one.hashCode(), same.hashCode());
        for (Object other : new Object[] {PortId.of("n#y"), PortId.of("m#x"), PortId.of("n"), "n#x"}) {
            assertFalse(one.equals(other), other.toString());
        }
        assertFalse(one.equals(null));
    }
}
