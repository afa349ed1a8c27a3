package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Port;
import io.messageport.PortId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A handler may do to its thread what it likes: others are served. */
@Tag("RCV-8")
class DispatchTest extends WithNode {
    @Test
    @Tag("T-32")
    void shouldServeReceiverWhenSenderBlocksUntilItIsServed() throws Exception {
        for (int round = 0; round < 50; round++) {
            CountDownLatch served = new CountDownLatch(1);
            PortId receiver = node.port().on("x", m -> served.countDown()).id();
            Port sender = node.port().on("go", m -> {
                node.send(receiver, "x");
                seen.add(served.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
            });
            node.send(sender.id(), "go");
            assertEquals(true, next());
        }
    }

    @Test
    @Tag("T-32")
    void shouldServeReceiverWhenSenderSpins() throws Exception {
        AtomicBoolean served = new AtomicBoolean();
        PortId receiver = node.port().on("x", m -> served.set(true)).id();
        Port sender = node.port().on("go", m -> {
            node.send(receiver, "x");
            while (!served.get()) {
                Thread.onSpinWait();
            }
            seen.add("free");
        });
        node.send(sender.id(), "go");
        assertEquals("free", next());
    }

    @Test
    void shouldServeCalleeAtOnceWhenCallerWaits() throws Exception {
        askAndAnswer();
    }

    private void askAndAnswer() throws InterruptedException {
        PortId callee = node.port().on("ask", m -> node.send(m.replyTo(), "answer")).id();
        Port caller = node.port().on("go", m -> seen.add(node.call(callee, "ask").await().string(0)));
        node.send(caller.id(), "go");
        assertEquals("answer", next());
    }

    @Test
    void shouldServeOthersWhenTwoPortsTalkForEver() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        for (int pair = 0; pair < 8; pair++) {
            PortId[] peers = new PortId[2];
            for (int i = 0; i < 2; i++) {
                int other = 1 - i;
                peers[i] = node.port()
                        .on("ball", m -> {
                            if (!over.get()) {
                                node.send(peers[other], "ball");
                            }
                        })
                        .id();
            }
            node.send(peers[0], "ball");
        }
        for (int i = 0; i < 20; i++) {
            node.send(node.port().on("x", m -> seen.add("served")).id(), "x");
            assertEquals("served", next());
        }
        over.set(true);
    }

    @Test
    void shouldRunWholeFanOutWhenOneHandlerWakesMany() throws Exception {
        int width = 1_000;
        CountDownLatch all = new CountDownLatch(width);
        PortId[] targets = new PortId[width];
        for (int i = 0; i < width; i++) {
            targets[i] = node.port().on("x", m -> all.countDown()).id();
        }
        Port fan = node.port().on("go", m -> {
            for (PortId target : targets) {
                node.send(target, "x");
            }
        });
        node.send(fan.id(), "go");
        assertTrue(all.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void shouldSleepWhenNothingIsToDo() throws Exception {
        askAndAnswer();
        Thread watch = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("mp-slots " + node.id()))
                .findAny()
                .orElseThrow();
        Awaitility.await().until(() -> watch.getState() == Thread.State.WAITING);
    }
}
