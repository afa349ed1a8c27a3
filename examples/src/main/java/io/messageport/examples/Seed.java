package io.messageport.examples;

import io.messageport.Node;

/** A node that others meet at: they know its address, and it knows theirs. */
public final class Seed {
    private Seed() {}

    public static void main(String... args) throws InterruptedException {
        try (Node node = Arguments.of(args).node("seed/%u")) {
            Arguments.ready(node);
            node.awaitClose();
        }
    }
}
