package io.messageport.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.messageport.Node;
import io.messageport.Port;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A further thread of a port that has died between the question whether it lives and the start of the thread. */
@Tag("CO-4")
class AsyncThreadTest {
    private final Node node = Node.configure(c -> c.nodeId("async/%u"));

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void shouldBeInterruptedFromTheStartWhenItsPortIsDead() throws Exception {
        Port port = node.port().ignoreUnmatched();
        PortCell cell = Stepped.cell(port);
        node.kill(port.id());
        Awaitility.await().until(cell::isGone);
        assertFalse(port.isAlive());
        BlockingQueue<Boolean> seen = new LinkedBlockingQueue<>();
        AsyncThread.start(cell, () -> seen.add(Thread.currentThread().isInterrupted()));
        assertEquals(true, seen.poll(20, TimeUnit.SECONDS));
    }
}
