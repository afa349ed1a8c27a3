package io.messageport.runtime;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A node on one carrier, whose ports never run out of messages: two that answer each other, {@code chain}, or one that
 * sends to itself, {@code self}. Says {@code lets others run} when a hundred virtual threads have run beside them.
 */
final class EndlessChains {
    private static final int OTHERS = 100;

    private EndlessChains() {}

    public static void main(String[] args) throws InterruptedException {
        ForkedJvm.endWithParent();
        Node node = Node.configure(c -> c.nodeId("endless/%u"));
        AtomicLong handled = new AtomicLong();
        Port one = node.port();
        Port other = args[0].equals("self") ? one : node.port();
        link(one, other.id(), handled);
        link(other, one.id(), handled);
        node.send(one.id(), "go on");
        while (handled.get() < 10_000) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < OTHERS; i++) {
            CountDownLatch ran = new CountDownLatch(1);
            Thread unused = Thread.ofVirtual().start(ran::countDown);
            if (!ran.await(5, TimeUnit.SECONDS)) {
                ForkedJvm.say("starves others: " + i + " have run");
                Runtime.getRuntime().halt(1);
            }
        }
        ForkedJvm.say("lets others run");
        Runtime.getRuntime().halt(0);
    }

    private static void link(Port from, PortId to, AtomicLong handled) {
        Port unused = from.on("go on", m -> {
            handled.lazySet(handled.getPlain() + 1);
            from.send(to, "go on");
        });
    }
}
