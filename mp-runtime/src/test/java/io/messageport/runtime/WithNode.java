package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.messageport.Node;
import io.messageport.PortId;
import io.messageport.Reason;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.slf4j.LoggerFactory;

/** A node without a network, and a queue for what a test wants to see happen. */
abstract class WithNode {
    static final long PATIENCE_SECONDS = 20;

    final Node node = Node.configure(c -> c.nodeId("local/%u"));
    final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    final ListAppender<ILoggingEvent> log = new ListAppender<>();

    WithNode() {
        log.start();
        portLogger().addAppender(log);
    }

    private static Logger portLogger() {
        return (Logger) LoggerFactory.getLogger("io.messageport.port");
    }

    @AfterEach
    final void closeNode() {
        portLogger().detachAppender(log);
        node.close();
    }

    /** The next thing seen. */
    final Object next() throws InterruptedException {
        Object next = seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertNotNull(next, "nothing was seen within " + PATIENCE_SECONDS + " s");
        return next;
    }

    /** The reason with which a port died; waits for it. */
    final Reason deathOf(PortId port) throws Exception {
        return node.whenDown(port).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits until all messages sent to a callback port before this call are handled. */
    final void settle(io.messageport.Port port) {
        assertEquals("settled", port.run(() -> "settled").orElseThrow());
    }

    /** A port that records each message as its list of values. */
    final PortId recorder() {
        return node.port().otherwise(m -> seen.add(m.values())).id();
    }
}
