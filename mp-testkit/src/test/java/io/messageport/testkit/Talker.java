package io.messageport.testkit;

import java.util.List;

/**
 * A forked class that says who it is, and then does what its first argument says: {@code end}, {@code stay}, {@code
 * fork}, which starts two others and stops one of them, or {@code deaf}, which never looks at its standard input.
 */
final class Talker {
    private Talker() {}

    public static void main(String... args) throws InterruptedException {
        if (args[0].equals("deaf")) {
            System.out.println("deaf");
            Thread.currentThread().join();
        }
        Parent parent = Parent.attach();
        parent.say("first " + System.getenv("MESSAGEPORT_SECRET"));
        parent.say("second " + System.getenv("COLOUR") + ' ' + System.getProperty("shape") + ' ' + List.of(args));
        switch (args[0]) {
            case "end" -> System.exit(7);
            case "fork" -> {
                ForkedNode stopped = ForkedNode.start(Launch.of(Talker.class, "stay"));
                ForkedNode deaf = ForkedNode.start(Launch.of(Talker.class, "deaf"));
                stopped.awaitLine("second");
                deaf.awaitLine("deaf");
                stopped.stop();
                parent.say("forked " + stopped.pid() + ' ' + deaf.pid());
            }
            default -> stay(parent);
        }
        Thread.currentThread().join();
    }

    private static void stay(Parent parent) {
        parent.on("add", words -> Integer.toString(words.stream().mapToInt(Integer::parseInt).sum()));
        parent.on("come", words -> {
            Thread.ofVirtual().start(() -> {
                try {
                    parent.barrier(words.getFirst());
                    parent.say("passed " + words.getFirst());
                } catch (InterruptedException e) {
                    parent.say("interrupted");
                }
            });
            return "coming";
        });
        parent.on("exit", words -> {
            // On another thread: a command that ends the process would wait for itself.
            Thread.ofPlatform().start(() -> System.exit(Integer.parseInt(words.getFirst())));
            return "going";
        });
        parent.say("ready to be asked");
    }
}
