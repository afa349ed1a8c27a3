package io.messageport.examples;

import io.messageport.Node;

/** Prints the data of every {@code test} message that reaches the port {@code receiver} of this node. */
public final class Receiver {
    private Receiver() {}

    public static void main(String... args) throws InterruptedException {
        try (Node node = Arguments.of(args).node("eg_receiver/%u")) {
            node.port("receiver", port -> port
                    .on("test", message -> System.out.println("Received data: " + message.get(0)))
                    .ignoreUnmatched());
            Arguments.ready(node);
            node.awaitClose();
        }
    }
}
