package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.MessageMismatchException;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which handler gets which message. */
class HandlersTest extends WithNode {
    record Say(String text) {}

    sealed interface Shape {
        record Circle(double radius) implements Shape {}

        record Square(double side) implements Shape {}
    }

    @Test
    @Tag("RCV-1")
    void shouldDieOfFirstMessageWhenNoHandlerIsSet() throws Exception {
        PortId port = node.port().id();
        var death = node.whenDown(port).toCompletableFuture();
        node.send(port, "a tag that is longer than thirty characters\n");
        assertEquals(
                Reason.of("unhandled_message", "no callback found for message 'a tag that is longer than thir'"),
                death.get());
    }

    @Test
    @Tag("RCV-1")
    void shouldShowUnprintablesAsDotsWhenTagIsUnhandled() throws Exception {
        PortId port = node.port().on("known", m -> {}).id();
        var death = node.whenDown(port).toCompletableFuture();
        node.send(port, "a\tb\u00e9");
        assertEquals(Reason.of("unhandled_message", "no callback found for message 'a.b.'"), death.get());
    }

    @Test
    @Tag("RCV-2")
    void shouldUseLatestHandlerWhenReplacedAndDefaultWhenRemoved() throws Exception {
        Port port = node.port().on("x", m -> seen.add("first"));
        node.send(port.id(), "x");
        assertEquals("first", next());
        port.on("x", m -> seen.add("second")).otherwise(m -> seen.add("default " + m));
        node.send(port.id(), "x");
        assertEquals("second", next());
        port.off("x");
        node.send(port.id(), "x", 1);
        assertEquals("default (x, 1)", next());
        port.otherwise(m -> seen.add("new default"));
        node.send(port.id(), "y");
        assertEquals("new default", next());
    }

    @Test
    @Tag("SND-1")
    @Tag("CAL-1")
    void shouldBeAValueAndNoTypedFaceWhenAnAddressOrAReasonIsSentAlone() throws Exception {
        PortId port = recorder();
        Reason reason = Reason.of("die", "why");
        node.send(port, port);
        node.send(port, port.node());
        node.send(port, reason);
        assertEquals(List.of(port), next());
        assertEquals(List.of(port.node()), next());
        assertEquals(List.of(reason), next());
    }

    @Test
    @Tag("RCV-3")
    void shouldStripTagForItsHandlerAndNotForDefault() throws Exception {
        PortId tag = node.port().id();
        PortId port = node.port()
                .on("test", m -> seen.add(m.values()))
                .on(tag, m -> seen.add("by port " + m.values()))
                .otherwise(m -> seen.add(m.values()))
                .id();
        node.send(port, "test", 1, 2);
        assertEquals(List.of(1, 2), next());
        node.send(port, tag, "a");
        assertEquals("by port [a]", next());
        node.send(port, "other", 3);
        assertEquals(List.of("other", 3), next());
        node.send(port, 5, "test");
        assertEquals(List.of(5, "test"), next());
        node.send(port);
        assertEquals(List.of(), next());
    }

    @Test
    @Tag("RCV-4")
    void shouldDropUnmatchedWhenAskedTo() throws Exception {
        Port port = node.port().on("x", m -> seen.add("x")).ignoreUnmatched();
        node.send(port.id(), "y");
        node.send(port.id(), "x");
        assertEquals("x", next());
        assertTrue(port.isAlive());
    }

    @Test
    @Tag("RCV-5")
    void shouldRefuseHandlersWhenPortIsDead() throws Exception {
        Port port = node.port().on("x", m -> {});
        node.kill(port.id());
        assertTrue(deathOf(port.id()) != null);
        IllegalStateException dead = assertThrows(IllegalStateException.class, () -> port.on("y", m -> {}));
        assertTrue(dead.getMessage().contains(port.id().toString()), dead.getMessage());
        assertThrows(IllegalStateException.class, () -> port.otherwise(m -> {}));
        assertThrows(IllegalStateException.class, () -> port.off("x"));
        assertFalse(port.isAlive());
    }

    @Test
    @Tag("RCV-6")
    void shouldKillOnlyThePortWhenHandlerThrows() throws Exception {
        PortId bystander = recorder();
        Port port = node.port().on("boom", m -> {
            throw new IllegalStateException("broken\n\n");
        });
        var death = node.whenDown(port.id()).toCompletableFuture();
        node.send(port.id(), "boom");
        assertEquals(Reason.of("die", "java.lang.IllegalStateException: broken"), death.get());
        node.send(bystander, "still here");
        assertEquals(List.of("still here"), next());
    }

    @Test
    @Tag("RCV-6")
    @Tag("T-32")
    void shouldKillOnlyThePortWhenHandlerOverflowsTheStack() throws Exception {
        Port port = node.port().on("deep", m -> recurse(0));
        var death = node.whenDown(port.id()).toCompletableFuture();
        node.send(port.id(), "deep");
        assertEquals(Reason.of("die", "java.lang.StackOverflowError"), death.get());
    }

    private static int recurse(int depth) {
        return depth < 0 ? 0 : recurse(depth + 1) + 1;
    }

    @Test
    @Tag("RCV-3")
    void shouldGiveEitherFaceWhenRecordsAndListsMix() throws Exception {
        PortId typed = node.port().on(Say.class, say -> seen.add(say.text())).id();
        PortId listed = node.port().on("say", m -> seen.add(m.string(0))).id();
        for (PortId port : List.of(typed, listed)) {
            node.send(port, new Say("by record"));
            assertEquals("by record", next());
            node.send(port, "say", "by list");
            assertEquals("by list", next());
        }
    }

    @Test
    void shouldPassRecordByReferenceWhenLocal() throws Exception {
        Say say = new Say("same");
        PortId port = node.port().on(Say.class, seen::add).id();
        node.send(port, say);
        assertTrue(say == next());
    }

    @Test
    void shouldDispatchSealedInterfaceWhenAnyOfItsRecordsComes() throws Exception {
        PortId port = node.port()
                .on(Shape.class, shape -> seen.add(switch (shape) {
                    case Shape.Circle circle -> "circle " + circle.radius();
                    case Shape.Square square -> "square " + square.side();
                }))
                .id();
        node.send(port, new Shape.Circle(1));
        assertEquals("circle 1.0", next());
        node.send(port, "square", 2);
        assertEquals("square 2.0", next());
    }

    @Test
    void shouldNameTagComponentAndTypesWhenListDoesNotFitRecord() throws Exception {
        PortId port = node.port().on(Say.class, say -> seen.add(say)).id();
        var death = node.whenDown(port).toCompletableFuture();
        node.send(port, "say", 5);
        String text = death.get().toString();
        assertTrue(text.contains("say.text") && text.contains("a string") && text.contains("5"), text);
        assertTrue(text.contains(MessageMismatchException.class.getSimpleName()), text);
    }

    @Test
    void shouldRefuseNullsWithClearText() {
        Port port = node.port();
        assertThrows(NullPointerException.class, () -> port.on((String) null, m -> {}));
        assertThrows(NullPointerException.class, () -> port.on("x", null));
        assertThrows(NullPointerException.class, () -> node.send(null, "x"));
        assertThrows(NullPointerException.class, () -> node.send(port.id(), (Object[]) null));
        assertThrows(IllegalArgumentException.class, () -> port.on(Thread.class, t -> {}));
    }

    record Bad(Thread thread) {}

    record Ask(String question, PortId replyTo) {}

    @Test
    @Tag("SND-1")
    void shouldRefuseAtTheSenderWhenNoMessageCanCarryTheRecord() throws Exception {
        PortId port = recorder();
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> node.send(port, new Bad(Thread.currentThread())));
        assertTrue(refused.getMessage().contains("thread"), refused.getMessage());
        node.send(port, "fine");
        assertEquals(List.of("fine"), next());
    }

    @Test
    void shouldForwardTheMessageWhenItIsAllThatIsSent() throws Exception {
        PortId end = node.port().on("tag", m -> seen.add(m.values())).id();
        Port relay = node.port();
        relay.otherwise(m -> relay.send(end, m));
        node.send(relay.id(), "tag", 1);
        assertEquals(List.of(1), next());
    }

    @Test
    void shouldReplyToTheLastComponentWhenARecordAsks() throws Exception {
        PortId asking = recorder();
        Port port = node.open(Answering::new);
        node.send(port.id(), new Ask("?", asking));
        assertEquals(List.of("answer"), next());
    }

    static final class Answering extends Port {
        Answering() {
            on(Ask.class, ask -> reply("answer"));
        }
    }

    @Test
    @Tag("RCV-2")
    void shouldReplaceTagOfASealedFaceForRecordsToo() throws Exception {
        Port port = node.port().on(Shape.class, shape -> seen.add("old")).on("circle", m -> seen.add("new"));
        node.send(port.id(), "circle", 1.0);
        assertEquals("new", next());
        node.send(port.id(), new Shape.Circle(1));
        assertEquals("new", next());
        node.send(port.id(), new Shape.Square(1));
        assertEquals("old", next());
    }
}
