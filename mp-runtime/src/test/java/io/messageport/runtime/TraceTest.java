package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Guard;
import io.messageport.Message;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Watching single messages while they are handled. */
class TraceTest extends WithNode {
    record Say(String text) {}

    private static TraceEvent handling(PortId port, Object... message) {
        return new TraceEvent.Handling(port, Message.of(message));
    }

    private boolean isActive() {
        return ((LocalNode) node).kernel().observation().tracing().isActive();
    }

    @Test
    void shouldTellOfEachMessageThatOnePortHandles() throws Exception {
        Port port = node.port().on(Say.class, say -> {}).ignoreUnmatched();
        Port other = node.port().ignoreUnmatched();
        try (Guard trace = node.trace(port.id(), 100, seen::add)) {
            assertTrue(isActive());
            node.send(port.id(), "x", 1);
            node.send(other.id(), "not seen");
            node.send(port.id(), new Say("hi"));
            node.send(port.id());
            assertEquals(handling(port.id(), "x", 1), next());
            assertEquals(handling(port.id(), "say", "hi"), next());
            assertEquals(handling(port.id()), next());
            assertTrue(trace.cancel());
        }
        assertFalse(isActive());
        node.send(port.id(), "x", 2);
        settle(port);
        settle(other);
        assertTrue(seen.isEmpty(), seen::toString);
    }

    @Test
    void shouldTellOfEachPortThatHandlesATag() throws Exception {
        Port one = node.port().ignoreUnmatched();
        Port two = node.port().on(Say.class, say -> {}).ignoreUnmatched();
        try (Guard trace = node.trace("say", 100, seen::add)) {
            node.send(one.id(), "say", "by list");
            assertEquals(handling(one.id(), "say", "by list"), next());
            node.send(two.id(), "other");
            node.send(two.id(), new Say("by record"));
            assertEquals(handling(two.id(), "say", "by record"), next());
            assertTrue(trace.cancel());
        }
    }

    @Test
    void shouldTellOfWhatThreadedPortsHandle() throws Exception {
        Port port = node.thread(self -> {
            self.on("tagged", m -> {});
            self.receive("start");
            Object first = self.receive("second").get(0);
            seen.add(first);
            self.receive("never");
        });
        try (Guard trace = node.trace(port.id(), 100, seen::add)) {
            node.send(port.id(), "start");
            assertEquals(handling(port.id(), "start"), next());
            node.send(port.id(), "unread");
            node.send(port.id(), "tagged", 1);
            assertEquals(handling(port.id(), "tagged", 1), next());
            node.send(port.id(), "second", 2);
            assertEquals(List.of(handling(port.id(), "second", 2), 2), sorted(next(), next()));
            assertTrue(trace.cancel());
        }
    }

    /** The trace comes on the callback thread, the port's own note on its own. */
    private static List<Object> sorted(Object one, Object other) {
        return one instanceof TraceEvent ? List.of(one, other) : List.of(other, one);
    }

    @Test
    void shouldTellOfWhatAStashGivesBack() throws Exception {
        Port port = node.port();
        var stash = port.stash(5);
        port.on("job", stash::put).on("open", m -> {
            port.on("job", job -> {});
            stash.unstashAll();
        });
        node.send(port.id(), "job", 1);
        settle(port);
        // A port that is still busy asks only now and then whether somebody looks.
        Awaitility.await().until(() -> node.tree().toString().lines()
                .noneMatch(line -> line.contains(port.id().name()) && line.contains("BUSY")));
        try (Guard trace = node.trace("job", 100, seen::add)) {
            node.send(port.id(), "open");
            assertEquals(handling(port.id(), "job", 1), next());
            assertTrue(trace.cancel());
        }
    }

    @Test
    void shouldTellHowManyItSuppressedWhenThereAreMoreThanTheRate() throws Exception {
        int sent = 500;
        Port port = node.port().ignoreUnmatched();
        try (Guard trace = node.trace(port.id(), 10, seen::add)) {
            for (int i = 0; i < sent; i++) {
                node.send(port.id(), "x", i);
            }
            List<TraceEvent> told = new ArrayList<>();
            long accounted = 0;
            while (accounted < sent) {
                TraceEvent event = (TraceEvent) next();
                told.add(event);
                accounted += switch (event) {
                    case TraceEvent.Handling handling -> 1;
                    case TraceEvent.Suppressed suppressed -> suppressed.count();
                };
            }
            assertEquals(sent, accounted);
            List<TraceEvent> first = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                first.add(handling(port.id(), "x", i));
            }
            assertEquals(first, told.subList(0, 10));
            assertTrue(told.size() < sent / 2, () -> told.size() + " events");
            assertTrue(trace.cancel());
        }
    }

    @Test
    void shouldServeSeveralTracesApart() throws Exception {
        Port port = node.port().ignoreUnmatched();
        try (Guard one = node.trace("x", 100, event -> seen.add("one"));
                Guard two = node.trace("x", 100, event -> seen.add("two"))) {
            node.send(port.id(), "x");
            assertEquals("one", next());
            assertEquals("two", next());
            assertTrue(one.cancel());
            assertTrue(isActive());
            node.send(port.id(), "x");
            assertEquals("two", next());
            assertTrue(two.cancel());
        }
        Awaitility.await().until(() -> !isActive());
    }

    @Test
    void shouldSayWhatIsWrong() {
        PortId remote = PortId.of("elsewhere#port");
        assertEquals("port elsewhere#port lives on another node than " + node.id() + ": it can be traced there",
                assertThrows(IllegalArgumentException.class, () -> node.trace(remote, 1, seen::add)).getMessage());
        assertEquals("a trace tells of at least 1 message a second, not 0",
                assertThrows(IllegalArgumentException.class, () -> node.trace("x", 0, seen::add)).getMessage());
        assertEquals("the tag to trace must not be null",
                assertThrows(NullPointerException.class, () -> node.trace((String) null, 1, seen::add)).getMessage());
        assertEquals("a trace needs somebody to tell, not null",
                assertThrows(NullPointerException.class, () -> node.trace("x", 1, null)).getMessage());
        assertEquals("the port to trace must not be null",
                assertThrows(NullPointerException.class, () -> node.trace((PortId) null, 1, seen::add)).getMessage());
    }
}
