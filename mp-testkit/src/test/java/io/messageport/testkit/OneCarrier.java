package io.messageport.testkit;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.ThreadKind;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** {@code sink}: counts what its port is sent; {@code source SEED}: sends to it without a pause, as often as it is told. */
final class OneCarrier {
    private static final PortId SINK = PortId.of("sink#sink");

    private OneCarrier() {}

    public static void main(String... args) throws InterruptedException {
        Parent parent = Parent.attach();
        try (Node node = Node.configure(c -> {
            c.nodeId(args[0]).bind("127.0.0.1:0").readers(ThreadKind.VIRTUAL).mailboxCapacity(20_000);
            if (args.length > 1) {
                c.seed(args[1]);
            }
        })) {
            if (args[0].equals("sink")) {
                count(parent, node);
            } else {
                parent.on("send", words -> send(node, Integer.parseInt(words.getFirst())));
            }
            parent.ready(node);
            node.awaitClose();
        }
    }

    private static void count(Parent parent, Node node) {
        AtomicLong counted = new AtomicLong();
        Port unused = node.port("sink", port -> port.on("count", m -> {
            // One thread at a time.
            counted.setRelease(counted.getPlain() + 1);
        }));
        parent.on("counted", words -> Long.toString(counted.get()));
    }

    private static String send(Node node, int count) throws InterruptedException {
        Port port = node.port();
        CountDownLatch over = new CountDownLatch(1);
        Port unused = port.on("go", m -> {
            for (int i = 0; i < count; i++) {
                port.send(SINK, "count", i);
            }
            over.countDown();
        });
        var ignored = node.monitor(SINK, reason -> over.countDown());
        node.send(port.id(), "go");
        over.await();
        return "sent";
    }
}
