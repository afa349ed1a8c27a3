package io.messageport.testkit;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;

/** A process to be killed: {@code victim SEED INCARNATION}. Says what reaches its port {@code sink}, and acknowledges it. */
final class Victim {
    private Victim() {}

    public static void main(String... args) throws InterruptedException {
        Parent parent = Parent.attach();
        String incarnation = args[1];
        try (Node node = Node.configure(c -> c.nodeId("victim").bind("127.0.0.1:0").seed(args[0]))) {
            Port sink = node.port("sink").on("n", message -> {
                parent.say("got " + message.get(0) + " " + message.get(1));
                node.send(message.port(2), "ack", incarnation, message.get(0), message.get(1));
            });
            sink.on("quit", message -> sink.stop("quit"));
            Port anonymous = node.port().otherwise(message -> parent.say("anonymous got " + message));
            sink.on("who", message -> sink.reply(anonymous.id()));
            parent.ready(node);
            node.awaitClose();
        }
    }

    static PortId sink() {
        return PortId.of("victim#sink");
    }
}
