package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.NodeId;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Patterns of node IDs. */
@Tag("CFG-3")
class NodeNamesTest {
    private static final RandomGenerator RANDOM = new SplittableRandom();

    @Test
    void shouldKeepPlainNameAsItIs() {
        assertEquals(NodeId.of("eg_receiver"), NodeNames.expand("eg_receiver", RANDOM));
    }

    @Test
    void shouldPutRandomTextWhenAskedFor() {
        String first = NodeNames.expand("a/%u/b", RANDOM).value();
        assertTrue(first.matches("a/[0-9a-z]+/b"), first);
        assertNotEquals(first, NodeNames.expand("a/%u/b", RANDOM).value());
        assertTrue(NodeNames.expand("a/", RANDOM).value().matches("a/[0-9a-z]+"));
        assertTrue(NodeNames.expand("%u%u", RANDOM).value().matches("[0-9a-z]+"));
    }

    @Test
    void shouldPutHostNameWhenAskedFor() {
        assertTrue(NodeNames.expand("%n/x", RANDOM).value().matches("[A-Za-z0-9_.\\-]+/x"));
    }

    @Test
    void shouldRefuseIllegalName() {
        assertThrows(IllegalArgumentException.class, () -> NodeNames.expand("two words", RANDOM));
    }
}
