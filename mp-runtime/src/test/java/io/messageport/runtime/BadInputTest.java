package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Action;
import io.messageport.Handler;
import io.messageport.Message;
import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.NodeListener;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.PortOptions;
import io.messageport.TypedHandler;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What is wrong at the moment it is said, with the whole text that says so: nulls, illegal names and addresses, ports
 * that are dead or another's.
 *
 * <p>A handler cannot even be asked for on a remote port ({@code RCV-5}): handlers are set on a {@link Port}, which is
 * had only by whoever opened it on its own node, and a {@link PortId}, which may be remote, has no such verb. What is
 * left to get wrong is a port that is dead, one of a closed node, or the node's own port, whose name cannot be opened.
 */
class BadInputTest extends WithNode {
    private static final String NO_TAG = "a tag must not be null; otherwise(handler) takes messages without one";
    private static final String NO_HANDLER = "a handler must not be null; off(...) removes one";
    private static final String NO_CODE = "the code to run must not be null";

    record Say(String text) {}

    private final Port port = node.port().ignoreUnmatched();
    private final PortId id = port.id();

    private static void refused(Class<? extends Exception> type, String text, Executable misuse) {
        assertEquals(text, assertThrows(type, misuse).getMessage());
    }

    private static void isNull(String text, Executable misuse) {
        refused(NullPointerException.class, text, misuse);
    }

    private static void illegal(String text, Executable misuse) {
        refused(IllegalArgumentException.class, text, misuse);
    }

    private static void wrongState(String text, Executable misuse) {
        refused(IllegalStateException.class, text, misuse);
    }

    @Test
    @Tag("SND-1")
    void shouldNameWhatIsNullInAVerbWithATarget() {
        isNull("send needs a port ID, not null", () -> node.send(null, "x"));
        isNull("send needs a port ID, not null", () -> port.send(null, "x"));
        isNull("send needs a message; an empty one is no value at all", () -> node.send(id, (Object[]) null));
        isNull("send needs a port ID, not null", () -> node.trySend(null, "x"));
        isNull("send needs a port ID, not null", () -> port.trySend(null, "x"));
        isNull("send needs a message; an empty one is no value at all", () -> node.trySend(id, (Object[]) null));
        isNull("kill needs a port ID, not null", () -> node.kill(null));
        isNull("kill needs a port ID, not null", () -> port.kill(null, "why"));
        isNull("a reason is a list of values, not null; no values mean a normal end",
                () -> node.kill(id, (Object[]) null));
        isNull("call needs a port ID, not null", () -> node.call(null, "x"));
        isNull("call needs a port ID, not null", () -> port.call(null, "x"));
        isNull("call needs a message; an empty one is no value at all", () -> node.call(id, (Object[]) null));
        isNull("a port to call must not be null", () -> node.callAll(Arrays.asList(id, null), "x"));
        isNull("the ports to call must be given, not null", () -> port.callAny(null, "x"));
        isNull("send needs a port ID, not null", () -> node.after(java.time.Duration.ZERO, (PortId) null, "x"));
        isNull("send needs a port ID, not null", () -> port.after(java.time.Duration.ZERO, (PortId) null, "x"));
        assertTrue(port.isAlive());
    }

    @Test
    @Tag("MON-1")
    void shouldNameWhatIsNullInAWatch() {
        isNull("the port to watch must not be null", () -> node.monitor(null, reason -> {}));
        isNull("the port to watch must not be null", () -> port.monitor(null, reason -> {}));
        isNull("the port to watch must not be null", () -> node.monitor(null, id, "down"));
        isNull("the port to tell must not be null", () -> node.monitor(id, (PortId) null, "down"));
        isNull("the port to kill must not be null", () -> node.link(id, null));
        isNull("the port to watch must not be null", () -> port.link(null));
        isNull("the port to watch must not be null", () -> node.whenDown(null));
        isNull("monitor needs a callback, not null", () -> node.monitor(id, (Consumer<io.messageport.Reason>) null));
        isNull("monitor needs a callback, not null; link(target) takes none",
                () -> port.monitor(id, (Consumer<io.messageport.Reason>) null));
        isNull("a resource to close must not be null", () -> node.guard(id, (AutoCloseable) null));
        isNull("a node listener must not be null", () -> node.monitorNodes((NodeListener) null));
    }

    @Test
    @Tag("RCV-2")
    void shouldNameWhatIsNullWhenAHandlerIsSetOrRemoved() {
        isNull(NO_TAG, () -> port.on((String) null, m -> {}));
        isNull(NO_TAG, () -> port.on((PortId) null, m -> {}));
        isNull("a record type must not be null", () -> port.on((Class<Say>) null, say -> {}));
        isNull(NO_HANDLER, () -> port.on("x", null));
        isNull(NO_HANDLER, () -> port.on(id, null));
        isNull(NO_HANDLER, () -> port.on(Say.class, null));
        isNull(NO_TAG, () -> port.off((String) null));
        isNull(NO_TAG, () -> port.off((PortId) null));
        isNull("a record type must not be null", () -> port.off((Class<?>) null));
        isNull("the default handler must not be null: it cannot be removed, but ignoreUnmatched() drops",
                () -> port.otherwise((Handler) null));
        illegal("java.lang.Thread is neither a record nor a sealed interface of records: only those are the typed face"
                + " of a message", () -> port.on(Thread.class, thread -> {}));
    }

    @Test
    void shouldNameWhatIsNullWhenSomethingIsToRun() {
        isNull(NO_CODE, () -> port.run(null));
        isNull(NO_CODE, () -> port.async(null));
        isNull(NO_CODE, () -> port.bind((Action) null));
        isNull(NO_CODE, () -> port.bind((TypedHandler<String>) null));
        isNull(NO_CODE, () -> port.after(java.time.Duration.ZERO, (Action) null));
        isNull(NO_CODE, () -> port.every(java.time.Duration.ofSeconds(1), null));
        isNull(NO_CODE, () -> node.after(java.time.Duration.ZERO, (Action) null));
        isNull("attach needs a body, not null", () -> port.attach(null));
        isNull("then needs a callback, not null", () -> node.call(id, "x").then(null));
        isNull("then needs a callback, not null", () -> node.callAll(List.of(id), "x").then(null));
        isNull(NO_TAG, () -> port.receive((String) null));
        isNull("a record type must not be null", () -> port.receive((Class<Say>) null));
        isNull("receive needs a test, not null; receive() takes any message",
                () -> port.receive((Predicate<Message>) null));
    }

    @Test
    @Tag("ID-1")
    @Tag("ID-2")
    void shouldSayWhatIsWrongWithAnAddress() {
        illegal("illegal node ID \"\": it may be neither empty nor \"0\"", () -> node.send(PortId.of("#port"), "x"));
        illegal("illegal node ID \"0\": it may be neither empty nor \"0\"", () -> node.send(PortId.of("0#port"), "x"));
        illegal("illegal character ' ' at index 1 of node ID \"a b\": use letters, digits and _ - . : /",
                () -> node.send(PortId.of("a b#port"), "x"));
        isNull("a port ID is text, not null", () -> PortId.of(null));
        isNull("a node ID is text, not null", () -> NodeId.of(null));
        isNull("a port ID needs a node", () -> new PortId(null, "x"));
        isNull("a port ID needs a port name; the node port's is empty", () -> new PortId(node.id(), null));
    }

    @Test
    @Tag("KIL-1")
    void shouldRefuseToKillTheNodePort() {
        illegal(node.id() + " is the port of a node, which cannot be killed; close the node",
                () -> node.kill(node.id().nodePort()));
        illegal("elsewhere is the port of a node, which cannot be killed; close the node",
                () -> port.kill(PortId.of("elsewhere"), "why"));
    }

    @Test
    @Tag("ID-5")
    void shouldSayWhatIsWrongWithTheNameOrTheMakingOfAPort() {
        Port unused = node.port("taken").ignoreUnmatched();
        String taken =
                "a live port of node " + node.id() + " has the name \"taken\"; choose another, or wait for its end";
        wrongState(taken, () -> node.port("taken"));
        wrongState(taken, () -> node.port("taken", self -> {}));
        wrongState(taken, () -> node.open("taken", Plain::new));
        illegal("a port needs a name; the empty one is the node's own", () -> node.port(""));
        illegal("a port needs a name; the empty one is the node's own", () -> node.open("", Plain::new));
        isNull("a port's name must not be null; without a name, one is chosen", () -> node.port((String) null));
        isNull("the setup of a port must not be null", () -> node.port("name", null));
        isNull("the options of a port must not be null", () -> node.port((PortOptions) null));
        isNull("the options of a port must not be null", () -> node.open((PortOptions) null, Plain::new));
        isNull("the options of a port must not be null", () -> node.thread(null, self -> {}));
        isNull("open needs a constructor, not null", () -> node.open((Supplier<Port>) null));
        isNull("open needs a constructor, not null", () -> node.open("name", (Supplier<Port>) null));
        isNull("the constructor must give a port, not null", () -> node.open(() -> null));
        isNull("the body of a thread must not be null", () -> node.thread((io.messageport.Body) null));
        wrongState("the constructor must give a new port, not " + port, () -> node.open(() -> port));
        wrongState(
                "a port is opened by its node: write node.open(MyPort::new) instead of new MyPort(), and open one port"
                        + " per constructor call",
                Plain::new);
    }

    static final class Plain extends Port {}

    @Test
    @Tag("SPN-1")
    void shouldSayWhatIsWrongWithASpawn() {
        isNull("spawn needs the name of an init, not null", () -> node.spawn(node.id(), null));
        isNull("spawn needs a node, not null", () -> node.spawn(null, "a.B"));
        isNull("spawn needs a node, not null", () -> port.spawn((NodeId) null, "a.B"));
        illegal("\"Chat\" names no init: it must contain its package, such as org.example.ChatSession or"
                + " org.example.Chat::init", () -> node.spawn(node.id(), "Chat"));
    }

    @Test
    @Tag("RCV-5")
    void shouldSayThatThePortIsDeadToWhatNeedsItAlive() throws Exception {
        node.kill(id);
        assertTrue(deathOf(id) != null);
        String dead = ": port " + id + " is dead";
        wrongState("cannot set a handler" + dead, () -> port.on("x", m -> {}));
        wrongState("cannot set a handler" + dead, () -> port.on(id, m -> {}));
        wrongState("cannot set a handler" + dead, () -> port.on(Say.class, say -> {}));
        wrongState("cannot remove a handler" + dead, () -> port.off("x"));
        wrongState("cannot remove a handler" + dead, () -> port.off(Say.class));
        wrongState("cannot set the default handler" + dead, () -> port.otherwise(m -> {}));
        wrongState("cannot set the default handler" + dead, port::ignoreUnmatched);
        wrongState("cannot attach a thread" + dead, () -> port.attach(self -> {}));
        wrongState("cannot watch another port" + dead, () -> port.monitor(id, reason -> {}));
        wrongState("cannot watch another port" + dead, () -> port.link(id));
        wrongState("cannot set a timer" + dead, () -> port.after(java.time.Duration.ZERO, () -> {}));
        wrongState("cannot set a timer" + dead, () -> port.every(java.time.Duration.ofSeconds(1), () -> {}));
        wrongState("cannot run code in it" + dead, () -> port.run(() -> 1));
        wrongState("cannot start a thread" + dead, () -> port.async(() -> {}));
        wrongState("cannot open a stash" + dead, () -> port.stash(1));
    }

    /** The last words of {@code stopped} come from a dead port, so verbs with a target ask for no life. */
    @Test
    @Tag("SND-1")
    void shouldSendFromADeadPortAndEndItsCallsAtOnce() throws Exception {
        PortId recorder = recorder();
        node.kill(id);
        assertTrue(deathOf(id) != null);
        port.send(recorder, "last words");
        assertEquals(List.of("last words"), next());
        String failure = assertThrows(io.messageport.CallException.class, () -> port.call(recorder, "ask").await())
                .getMessage();
        assertEquals("no reply from " + recorder + " to \"ask\": it went down with caller_died", failure);
        wrongState("no message to reply to: reply works while a message is being handled", () -> port.reply("x"));
    }

    @Test
    @Tag("RCV-5")
    void shouldSayThatTheNodeIsClosed() {
        Node closed = Node.configure(c -> c.nodeId("closed/%u"));
        Port lost = closed.port().ignoreUnmatched();
        closed.close();
        String text = "node " + closed.id() + " is closed";
        wrongState(text, () -> closed.send(id, "x"));
        wrongState(text, () -> closed.kill(id));
        wrongState(text, () -> closed.trySend(id, "x"));
        wrongState(text, () -> closed.call(id, "x"));
        wrongState(text, () -> closed.callAll(List.of(id), "x"));
        wrongState(text, () -> closed.port());
        wrongState(text, () -> closed.port("name"));
        wrongState(text, () -> closed.open(Plain::new));
        wrongState(text, () -> closed.thread(self -> {}));
        wrongState(text, () -> closed.spawn(closed.id(), "a.B"));
        wrongState(text, () -> closed.monitor(id, reason -> {}));
        wrongState(text, () -> closed.link(id, id));
        wrongState(text, () -> closed.after(java.time.Duration.ZERO, () -> {}));
        wrongState(text, () -> lost.call(id, "x"));
        wrongState("cannot set a handler: port " + lost.id() + " is dead", () -> lost.on("x", m -> {}));
    }
}
