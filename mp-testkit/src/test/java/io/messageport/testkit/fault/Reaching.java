package io.messageport.testkit.fault;

import io.messageport.Node;
import io.messageport.PortId;
import io.messageport.testkit.Parent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Two ends of a test of many addresses: {@code far HOST HOLE...} is a node at the last of its advertised addresses, and the
 * global node that knows of it; {@code near SEED} reaches it when asked to.
 */
final class Reaching {
    static final int PORT = 4041;
    static final Duration INTERVAL = Duration.ofMillis(500);
    static final Duration LIMIT = Duration.ofSeconds(5);

    private Reaching() {}

    public static void main(String... args) throws InterruptedException {
        Parent parent = Parent.attach();
        if (args[0].equals("far")) {
            far(parent, args[1], List.of(args).subList(2, args.length));
        } else {
            near(parent, args[1]);
        }
    }

    private static void far(Parent parent, String host, List<String> holes) throws InterruptedException {
        List<String> advertised = new ArrayList<>();
        holes.forEach(hole -> advertised.add(hole + ':' + PORT));
        advertised.add(host + ':' + PORT);
        try (Node global = Node.configure(c -> c.nodeId("global").bind(host + ":4040"));
                Node far = Node.configure(c -> c.nodeId("far").bind(host + ':' + PORT)
                        .advertise(advertised.toArray(String[]::new)).seed(global.addresses().getFirst()))) {
            var unused = far.port("echo", port -> port.on("say", m -> port.reply(m.get(0))));
            parent.ready(global);
            far.awaitClose();
        }
    }

    private static void near(Parent parent, String seed) throws InterruptedException {
        try (Node near = Node.configure(c -> c.nodeId("near").seed(seed).connectInterval(INTERVAL)
                .monitorTimeout(LIMIT))) {
            parent.on("seeded", words -> Boolean.toString(!near.upNodes().isEmpty()));
            parent.on("reach", words -> {
                long begin = System.nanoTime();
                var unused = near.call(PortId.of("far#echo"), "say", "hello").await();
                return Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            });
            parent.say("begun");
            near.awaitClose();
        }
    }
}
