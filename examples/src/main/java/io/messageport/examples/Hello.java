package io.messageport.examples;

import io.messageport.Node;
import io.messageport.Port;

/** The program on the first screen of the README, letter by letter. */
public final class Hello {
    private Hello() {}

    // README begins
    record Greet(String name) {}

    public static void main(String... args) throws InterruptedException {
        try (Node node = Node.configure(c -> c.nodeId("hello/%u"))) {
            Port greeter = node.port();
            greeter.on(Greet.class, greet -> greeter.reply("Hello, " + greet.name() + "!"));
            var end = node.whenDown(greeter.id()).toCompletableFuture();

            System.out.println(node.call(greeter.id(), new Greet("world")).await().string(0));
            node.kill(greeter.id(), "enough", "greeted");
            System.out.println("The greeter is gone: " + end.join());
        }
    }
    // README ends
}
