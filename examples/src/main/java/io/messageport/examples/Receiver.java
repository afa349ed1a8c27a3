package io.messageport.examples;

import io.messageport.Node;
import io.messageport.Port;

/** Prints the data of every {@code test} message, and is found by {@link Sender} through the family {@code eg_receivers}. */
public final class Receiver {
    /** Where receivers register. */
    static final String FAMILY = "eg_receivers";

    private Receiver() {}

    public static void main(String... args) throws InterruptedException {
        try (Node node = Arguments.of(args).node("eg_receiver/%u")) {
            Port port = node.port()
                    .on("test", message -> System.out.println("Received data: " + message.get(0)))
                    .ignoreUnmatched();
            node.db().register(FAMILY, port.id());
            Arguments.ready(node);
            node.awaitClose();
        }
    }
}
