package io.messageport.testkit;

import io.messageport.Node;
import io.messageport.Port;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Sets timers when it is told to, and says how late they came, beside a thread that sleeps for the same time. */
final class Sleeper {
    private Sleeper() {}

    public static void main(String... args) throws InterruptedException {
        Parent parent = Parent.attach();
        try (Node node = Node.configure(c -> c.nodeId("sleeper"))) {
            Port port = node.port().ignoreUnmatched();
            parent.on("arm", words -> {
                long due = System.nanoTime() + Duration.ofMillis(Long.parseLong(words.getFirst())).toNanos();
                AtomicLong slept = new AtomicLong();
                Thread reference = Thread.ofPlatform().start(() -> {
                    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                        LockSupport.parkNanos(left);
                    }
                    slept.set(System.nanoTime() - due);
                });
                port.after(Duration.ofNanos(due - System.nanoTime()), () -> {
                    long late = System.nanoTime() - due;
                    reference.join();
                    parent.say("late " + late + ' ' + slept.get());
                });
                return "armed";
            });
            parent.say("ready");
            node.awaitClose();
        }
    }
}
