package io.messageport.testkit.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Guard;
import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.NodeListener;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.ThreadKind;
import io.messageport.testkit.TestNodes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole nodes whose sockets break, over TLS: inside the resume window nobody learns of it, beyond it everybody does. The
 * receiver reads on virtual threads, from which its port takes the reading away now and then.
 */
@Tag("CON-5")
class CutInsideTheWindowTest {
    private final ProxyNet net = ProxyNet.of(7);
    private final TestNodes nodes = new TestNodes();
    private final List<String> news = new CopyOnWriteArrayList<>();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong misplaced = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicBoolean stop = new AtomicBoolean();
    private Node sender;
    private Node receiver;
    private Guard watching;
    private Thread sending;

    @BeforeEach
    void start() {
        receiver = nodes.start("receiver", c -> settings(c).readers(ThreadKind.VIRTUAL));
        sender = nodes.start("sender", c -> settings(c).seed(receiver.addresses().getFirst()));
        TestNodes.awaitConnected(sender, receiver);
        PortId target = receiver.port("target", port -> port.on("n", m -> {
            if (m.longValue(0) != received.getAndIncrement()) {
                misplaced.incrementAndGet();
            }
            if (m.longValue(0) % 500 == 0) {
                LockSupport.parkNanos(3_000_000);
            }
        })).id();
        watching = sender.monitorNodes(new NodeListener() {
            @Override
            public void nodeUp(NodeId node) {
                news.add("up " + node);
            }

            @Override
            public void nodeDown(NodeId node, Reason reason) {
                news.add("down " + node);
            }
        });
        sender.monitor(target, reason -> news.add("fired " + reason));
        await().until(() -> news.contains("up receiver"));
        news.clear();
        sending = Thread.ofVirtual().start(() -> {
            while (!stop.get()) {
                // Every hundredth is large enough to go in parts.
                long n = sent.getAndIncrement();
                sender.send(target, "n", n, new byte[n % 100 == 0 ? 200_000 : 100]);
            }
        });
    }

    @AfterEach
    void close() {
        try (net) {
            stop.set(true);
            watching.close();
            nodes.close();
        }
    }

    private NodeConfig.Builder settings(NodeConfig.Builder c) {
        return net.join(c).resumeWindow(Duration.ofSeconds(4));
    }

    private void awaitMore() {
        long before = received.get();
        await().atMost(Duration.ofSeconds(30)).until(() -> received.get() > before + 200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLoseNothingAndTellNobody(boolean atOnce) throws Exception {
        for (int i = 0; i < (atOnce ? 15 : 4); i++) {
            awaitMore();
            if (atOnce) {
                net.reset(sender.id(), receiver.id());
            } else {
                net.cut(sender.id(), receiver.id());
                await().pollDelay(Duration.ofMillis(300)).until(() -> true);
                net.heal();
            }
        }
        awaitMore();
        stop.set(true);
        sending.join();
        await().atMost(Duration.ofSeconds(30)).until(() -> received.get() == sent.get());
        assertEquals(0, misplaced.get(), "out of order, twice or missing");
        assertEquals(List.of(), List.copyOf(news));
    }

    @Test
    @Tag("SND-5")
    void shouldTellEverybodyBeyondIt() {
        AtomicInteger fired = new AtomicInteger();
        sender.monitor(PortId.of("receiver#target"), reason -> fired.incrementAndGet());
        awaitMore();
        net.cut(sender.id(), receiver.id());
        await().atMost(Duration.ofSeconds(60)).until(() -> news.contains("down receiver") && fired.get() == 1);
        assertTrue(news.getFirst().startsWith("fired transport_error"), news::toString);
        assertEquals(0, misplaced.get(), "no exact prefix");
    }
}
