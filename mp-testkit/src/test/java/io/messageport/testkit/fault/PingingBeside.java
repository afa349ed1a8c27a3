package io.messageport.testkit.fault;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.testkit.Parent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Two ends of a test of large messages beside small ones: {@code echo} answers pings and takes what is large; {@code ping
 * SEED} sends both, and tells the 99th percentile of its pings, at a thousand a second, in nanoseconds.
 */
final class PingingBeside {
    private static final int MIB = 1 << 20;
    private static final PortId ECHO = PortId.of("echo#echo");
    private static final PortId SINK = PortId.of("echo#sink");

    private PingingBeside() {}

    public static void main(String... args) throws InterruptedException {
        Parent parent = Parent.attach();
        try (Node node = Node.configure(c -> {
            c.nodeId(args[0]).bind("127.0.0.1:0");
            if (args.length > 1) {
                c.seed(args[1]);
            }
        })) {
            if (args[0].equals("echo")) {
                var unused = node.port("echo", port -> port.on("ping", m -> port.reply(m.get(0))));
                var ignored = node.port("sink", port -> port.on("blob", m -> m.bytes(0)));
            } else {
                ping(parent, node);
            }
            parent.ready(node);
            node.awaitClose();
        }
    }

    private static void ping(Parent parent, Node node) {
        AtomicInteger fired = new AtomicInteger();
        var unused = node.monitor(SINK, reason -> fired.incrementAndGet());
        parent.on("fired", words -> Integer.toString(fired.get()));
        parent.on("alone", words -> Long.toString(pings(node, () -> false, Integer.parseInt(words.get(0)))));
        parent.on("beside", words -> {
            AtomicInteger left = new AtomicInteger(Integer.parseInt(words.get(0)) / 10);
            Port sender = node.port();
            byte[] bytes = new byte[10 * MIB];
            var ignored = sender.on("go on", m -> {
                for (; left.get() > 0; left.decrementAndGet()) {
                    sender.send(SINK, "blob", bytes);
                }
            });
            node.send(sender.id(), "go on");
            return Long.toString(pings(node, () -> left.get() > 0, 1));
        });
    }

    /** At least so many, and while the condition holds. */
    private static long pings(Node node, BooleanSupplier goOn, int atLeast) throws InterruptedException {
        List<Long> taken = new ArrayList<>();
        long next = System.nanoTime();
        while (taken.size() < atLeast || goOn.getAsBoolean()) {
            next += 1_000_000;
            LockSupport.parkNanos(next - System.nanoTime());
            long begin = System.nanoTime();
            Object unused = node.call(ECHO, "ping", taken.size()).await();
            taken.add(System.nanoTime() - begin);
        }
        long[] sorted = taken.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[sorted.length * 99 / 100];
    }
}
