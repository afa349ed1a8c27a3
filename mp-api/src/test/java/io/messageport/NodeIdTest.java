package io.messageport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts name a node. */
@Tag("ID-1")
class NodeIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "00", "A.b-c_d:4040/x", "eg_receiver/x7", "-", "/"})
    void shouldTakeLettersDigitsAndFiveMarks(String text) {
        assertEquals(text, NodeId.of(text).value());
        assertEquals(text, NodeId.of(text).toString());
        assertEquals(new NodeId(text), NodeId.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0"})
    void shouldRefuseEmptyAndZero(String text) {
        assertEquals(
                "illegal node ID \"" + text + "\": it may be neither empty nor \"0\"",
                assertThrows(IllegalArgumentException.class, () -> NodeId.of(text)).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"a#b,#,1", "ä,ä,0", "host%,%,4", "a b,' ',1", "a\tb,'\t',1"})
    void shouldNameTheIllegalCharacter(String text, char illegal, int index) {
        assertEquals(
                "illegal character '" + illegal + "' at index " + index + " of node ID \"" + text
                        + "\": use letters, digits and _ - . : /",
                assertThrows(IllegalArgumentException.class, () -> NodeId.of(text)).getMessage());
    }

    @Test
    void shouldRefuseEveryOtherAsciiCharacter() {
        for (char c = 0; c < 128; c++) {
            boolean legal = Character.isLetterOrDigit(c) || "_-.:/".indexOf(c) >= 0;
            String text = "n" + c;
            if (legal) {
                assertEquals(text, NodeId.of(text).value());
            } else {
                assertThrows(IllegalArgumentException.class, () -> NodeId.of(text), text);
            }
        }
    }

    @Test
    void shouldRefuseNull() {
        assertEquals(
                "a node ID is text, not null",
                assertThrows(NullPointerException.class, () -> NodeId.of(null)).getMessage());
    }

    @Test
    @Tag("ID-2")
    void shouldGiveNodePort() {
        assertEquals(PortId.of("n1"), NodeId.of("n1").nodePort());
        assertTrue(NodeId.of("n1").nodePort().isNodePort());
    }

    @Test
    void shouldOrderByText() {
        assertTrue(NodeId.of("a").compareTo(NodeId.of("b")) < 0);
        assertEquals(0, NodeId.of("a").compareTo(NodeId.of("a")));
    }
}
