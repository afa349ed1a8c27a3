package io.messageport.runtime;

import io.messageport.Message;
import io.messageport.Node;
import io.messageport.Overflow;
import io.messageport.Port;
import io.messageport.PortOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The program of {@link FloodTest}: ten million messages to a port that sleeps until they are sent, or until their sender
 * is held back. Prints what became of them, and whether the node still answers.
 */
final class Flood {
    private static final int FLOOD = 10_000_000;
    private static final long PATIENCE_SECONDS = 60;

    private final Node node;
    private final CountDownLatch awake = new CountDownLatch(1);

    /** Owned by the port. */
    private int handled;

    private int first = -1;
    private int last = -1;

    private Flood(Node node) {
        this.node = node;
    }

    /** Runs the flood under the policy of this name. */
    public static void main(String[] args) throws Exception {
        ForkedJvm.endWithParent();
        try (Node node = Node.configure(c -> c.nodeId("flood/%u"))) {
            ForkedJvm.say(new Flood(node).run(Overflow.valueOf(args[0])));
        }
    }

    private String run(Overflow overflow) throws Exception {
        Port port = node.port(PortOptions.defaults().overflow(overflow));
        port.on("sleep", m -> awake.await());
        port.on("n", this::note);
        node.send(port.id(), "sleep");
        Thread sender = Thread.ofPlatform().daemon().start(() -> {
            for (int i = 0; i < FLOOD; i++) {
                node.send(port.id(), "n", i);
            }
        });
        until(() -> !sender.isAlive() || sender.getState() == Thread.State.WAITING,
                "the sender neither ends nor waits");
        boolean heldBack = sender.isAlive();
        awake.countDown();
        sender.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        boolean lives = port.isAlive();
        if (lives) {
            // In line behind the last message: the edge to what it has noted, too.
            String unused = port.run(() -> "settled").orElseThrow();
        }
        until(() -> handled + node.statistics().deadLetters() >= FLOOD,
                "some message is neither handled nor a dead letter");
        Port other = node.port().on("ask", m -> node.send(m.port(0), "answer"));
        Message answer = node.call(other.id(), "ask").await();
        return "heldBack=" + heldBack + " lives=" + lives + " handled=" + handled + " first=" + first + " last=" + last
                + " deadLetters=" + node.statistics().deadLetters() + " node=" + answer.string(0);
    }

    private void note(Message m) {
        int number = m.intValue(0);
        if (number <= last) {
            throw new IllegalStateException(number + " after " + last);
        }
        if (handled++ == 0) {
            first = number;
        }
        last = number;
    }

    private static void until(BooleanSupplier holds, String otherwise) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(otherwise);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
