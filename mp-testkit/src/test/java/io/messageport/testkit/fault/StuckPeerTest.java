package io.messageport.testkit.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.PortId;
import io.messageport.testkit.TestNodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer that stops reading, while far more is sent to it than may wait. */
@Tag("T-29")
@Tag("BND-2")
class StuckPeerTest {
    private static final int MIB = 1 << 20;

    private final ProxyNet net = ProxyNet.of(3);
    private final TestNodes nodes = new TestNodes();

    @AfterEach
    void close() {
        try (net) {
            nodes.close();
        }
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static NodeConfig.Builder quick(NodeConfig.Builder c) {
        return c.heartbeatInterval(Duration.ofMillis(300)).silenceLimit(Duration.ofSeconds(2))
                .resumeWindow(Duration.ofMillis(200));
    }

    @Test
    void shouldParkSendersAndSetThemFreeWhenItIsGivenUp() throws Exception {
        Node stuck = nodes.start("stuck", c -> quick(net.join(c)));
        stop(stuck, nodes.start("busy", c -> quick(net.join(c)).seed(stuck.addresses().getFirst())), 64);
    }

    @Test
    @Tag("soak")
    @Timeout(180)
    void shouldParkAGibibyteOfSendersAndSetThemFreeWhenItIsGivenUp() throws Exception {
        Node stuck = nodes.start("stuck", net::join);
        stop(stuck, nodes.start("busy", c -> net.join(c).seed(stuck.addresses().getFirst())), 1024);
    }

    private void stop(Node stuck, Node busy, int messages) throws Exception {
        TestNodes.awaitConnected(busy, stuck);
        Node healthy = nodes.start("healthy", c -> net.join(c).seed(busy.addresses().getFirst()));
        TestNodes.awaitConnected(busy, healthy);
        PortId sink = stuck.port("sink", port -> port.ignoreUnmatched()).id();
        AtomicInteger fired = new AtomicInteger();
        busy.monitor(sink, reason -> fired.incrementAndGet());
        busy.send(sink, "hello");
        long before = usedHeap();
        net.isolate(stuck.id());
        AtomicInteger returned = new AtomicInteger();
        byte[] bytes = new byte[MIB];
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            senders.add(Thread.ofVirtual().start(() -> {
                busy.send(sink, "blob", bytes);
                returned.incrementAndGet();
            }));
        }
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        assertTrue(returned.get() < 32 || fired.get() > 0,
                () -> returned + " messages of 1 MiB were taken in, the limit is 8 MiB");
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Integer> asked = asking(busy, healthy, over);
        long most = 0;
        while (fired.get() == 0) {
            most = Math.max(most, usedHeap() - before);
        }
        over.set(true);
        assertTrue(asked.get(30, TimeUnit.SECONDS) > 0);
        for (Thread sender : senders) {
            assertTrue(sender.join(Duration.ofSeconds(20)), "a sender is still parked");
        }
        assertTrue(most < 64L * MIB, "the heap grew by " + most / MIB + " MiB");
        assertEquals(1, fired.get());
        await().until(() -> !busy.upNodes().contains(stuck.id()));
    }

    /** Calls a healthy peer all the time; gives how often it answered. */
    private static CompletableFuture<Integer> asking(Node busy, Node healthy, AtomicBoolean over) {
        PortId echo = healthy.port("echo", port -> port.on("ping", m -> port.reply(m.get(0)))).id();
        CompletableFuture<Integer> answers = new CompletableFuture<>();
        Thread unused = Thread.ofVirtual().start(() -> {
            try {
                int count = 0;
                while (!over.get()) {
                    count += busy.call(echo, "ping", 1).await().intValue(0);
                }
                answers.complete(count);
            } catch (Exception e) {
                answers.completeExceptionally(e);
            }
        });
        return answers;
    }
}
