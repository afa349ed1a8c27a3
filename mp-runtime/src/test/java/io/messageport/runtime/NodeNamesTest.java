package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.NodeId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Patterns of node IDs. */
@Tag("CFG-3")
class NodeNamesTest {
    @Test
    void shouldKeepPlainNameAsItIs() {
        assertEquals(NodeId.of("eg_receiver"), NodeNames.expand("eg_receiver"));
    }

    @Test
    void shouldPutRandomTextWhenAskedFor() {
        String first = NodeNames.expand("a/%u/b").value();
        assertTrue(first.matches("a/[0-9a-z]+/b"), first);
        assertNotEquals(first, NodeNames.expand("a/%u/b").value());
        assertTrue(NodeNames.expand("a/").value().matches("a/[0-9a-z]+"));
        assertTrue(NodeNames.expand("%u%u").value().matches("[0-9a-z]+"));
    }

    @Test
    void shouldPutHostNameWhenAskedFor() {
        assertTrue(NodeNames.expand("%n/x").value().matches("[A-Za-z0-9_.\\-]+/x"));
    }

    @Test
    void shouldRefuseIllegalName() {
        assertThrows(IllegalArgumentException.class, () -> NodeNames.expand("two words"));
    }
}
