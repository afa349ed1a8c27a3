package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.messageport.Monitor;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.runtime.timer.NodeTimer;
import io.messageport.runtime.timer.SystemClock;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The verbs of the node itself at the edges of what they take. */
class NodeVerbsTest extends WithNode {
    private static final Duration BEYOND_LONG = Duration.ofSeconds(Long.MAX_VALUE);

    private static ListAppender<ILoggingEvent> logOf(Class<?> type) {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        ((Logger) LoggerFactory.getLogger(type)).addAppender(log);
        return log;
    }

    @Test
    @Tag("MON-2")
    @Tag("MON-5")
    void shouldCancelOnceWhenTheOwnNodePortIsMonitored() {
        Monitor monitor = node.monitor(node.id().nodePort(), seen::add);
        assertTrue(monitor.cancel());
        assertFalse(monitor.cancel());
        Port port = node.port();
        Monitor ofPort = port.monitor(node.id().nodePort(), seen::add);
        assertTrue(ofPort.cancel());
        assertFalse(ofPort.cancel());
    }

    @Test
    @Tag("MON-1")
    void shouldNotKillTheNextPortOfANameWhenTheLinkedOneIsGone() throws Exception {
        Port target = node.port().ignoreUnmatched();
        Port first = node.port("dependent").ignoreUnmatched();
        Monitor linked = node.link(target.id(), first.id());
        node.kill(first.id());
        deathOf(first.id());
        Port next = node.port("dependent").ignoreUnmatched();
        assertFalse(linked.cancel());
        node.kill(target.id(), "why");
        deathOf(target.id());
        settle(next);
        assertTrue(next.isAlive());
    }

    @Test
    @Tag("CAL-1")
    void shouldRefuseTimesThatNoClockCanKeep() {
        PortId port = node.port().ignoreUnmatched().id();
        for (Duration wrong : new Duration[] {Duration.ofNanos(-1), Duration.ZERO, BEYOND_LONG}) {
            String call = assertThrows(IllegalArgumentException.class, () -> node.call(wrong, port, "x")).getMessage();
            assertTrue(call.contains(wrong.toString()), call);
        }
        for (Duration wrong : new Duration[] {Duration.ofNanos(-1), BEYOND_LONG}) {
            String action = assertThrows(IllegalArgumentException.class, () -> node.after(wrong, () -> {}))
                    .getMessage();
            assertTrue(action.contains(wrong.toString()), action);
            assertThrows(IllegalArgumentException.class, () -> node.after(wrong, port, "x"));
        }
        assertFalse(node.after(Duration.ofDays(1), () -> {}).toString().isEmpty());
    }

    @Test
    @Tag("AFT-1")
    void shouldLogWhenTheActionOfATimerThrowsAnError() {
        ListAppender<ILoggingEvent> errors = logOf(NodeTimer.class);
        node.after(Duration.ZERO, () -> {
            throw new AssertionError("wrong");
        });
        Awaitility.await().until(() -> errors.list.size() == 1);
    }

    @Test
    @Tag("AFT-1")
    void shouldLogAndGoOnWhenATaskOfTheClockThrowsAnError() throws Exception {
        ListAppender<ILoggingEvent> errors = logOf(SystemClock.class);
        try (SystemClock clock = new SystemClock("test")) {
            clock.schedule(0, () -> {
                throw new AssertionError("wrong");
            });
            clock.schedule(0, () -> seen.add("next"));
            assertEquals("next", next());
        }
        assertEquals(1, errors.list.size());
    }
}
