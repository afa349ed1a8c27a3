package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.messageport.Body;
import io.messageport.Handler;
import io.messageport.Port;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Verbs that wait, called where what they wait for cannot come. */
class BlockingVerbsTest extends WithNode {
    record Say(String text) {}

    /** Notes the text of the exception that the misuse ends with. */
    private void note(Executable misuse) {
        seen.add(assertThrows(IllegalStateException.class, misuse).getMessage());
    }

    private Object misusedIn(Port port, Handler handler) throws InterruptedException {
        port.on("go", handler);
        node.send(port.id(), "go");
        return next();
    }

    @Test
    @Tag("CO-2")
    void shouldRefuseToReceiveInACallbackPort() throws Exception {
        Port port = node.port();
        String text =
                "receive works in threaded ports: override run() or attach a body; port " + port.id()
                        + " has handlers only";
        assertEquals(text, misusedIn(port, m -> note(port::receive)));
        assertEquals(text, misusedIn(port, m -> note(() -> port.receive("x"))));
        assertEquals(text, misusedIn(port, m -> note(() -> port.receive(Say.class, Duration.ZERO))));
        note(() -> port.receive(Duration.ZERO));
        assertEquals(text, next());
    }

    private Port threaded(Body body) {
        return node.thread(self -> {
            body.run(self);
            self.receive("never");
        });
    }

    @Test
    @Tag("CO-2")
    void shouldRefuseToReceiveInATagHandlerOfAThreadedPort() throws Exception {
        Port port = threaded(self -> {});
        assertEquals(
                "receive works in the port's own thread, between its handlers; a tag handler of " + port.id(),
                misusedIn(port, m -> note(port::receive)));
    }

    @Test
    @Tag("CO-3")
    void shouldRefuseToReceiveInTheTestOfAReceive() throws Exception {
        Port port = node.thread(self -> self.receive(message -> {
            note(self::receive);
            return true;
        }));
        node.send(port.id(), "x");
        assertEquals(
                "receive works in the port's own thread, between its handlers; a tag handler of " + port.id(), next());
    }

    @Test
    @Tag("CO-4")
    void shouldRefuseToReceiveInAFurtherThreadOfThePort() throws Exception {
        Port port = threaded(self -> {});
        Object unused = port.run(() -> 1);
        port.async(() -> note(port::receive));
        String text = "receive works in the port's own thread, between its handlers; this is not the thread of "
                + port.id();
        assertEquals(text, next());
        note(port::receive);
        assertEquals(text, next());
    }

    @Test
    @Tag("CAL-1")
    void shouldRefuseToWaitForItsOwnAnswer() throws Exception {
        Port port = node.port().ignoreUnmatched();
        String text =
                "port " + port.id() + " waits for its own answer: it cannot handle the question before the present"
                        + " handler returns; use then(...)";
        assertEquals(text, misusedIn(port, m -> note(() -> port.call(port.id(), "x").await())));
        assertEquals(text, misusedIn(port, m -> note(() -> node.call(port.id(), "x").await())));
        assertEquals(text, misusedIn(port, m -> note(() -> node.callAll(List.of(port.id()), "x").await())));
        Port threaded = threaded(self -> note(() -> self.call(self.id(), "x").await()));
        assertEquals(text.replace(port.id().toString(), threaded.id().toString()), next());
    }

    @Test
    @Tag("CAL-1")
    void shouldWaitForItsAnswerInAFurtherThread() throws Exception {
        Port port = node.port();
        port.on("ask", m -> port.reply("answer"));
        port.async(() -> seen.add(port.call(port.id(), "ask").await().get(0)));
        assertEquals("answer", next());
    }

    static final class Hasty extends Port {
        Hasty() {
            Object unused = run(() -> 1);
        }
    }

    @Test
    @Tag("CTX-1")
    void shouldRefuseToWaitForAPortThatIsNotOpenYet() {
        String text = assertThrows(IllegalStateException.class, () -> node.open("hasty", Hasty::new)).getMessage();
        assertEquals("port " + node.id() + "#hasty is not open yet: in its constructor, just run the code", text);
    }

    @Test
    @Tag("CO-1")
    void shouldRefuseASecondThread() throws Exception {
        Port port = threaded(self -> {});
        String text = assertThrows(IllegalStateException.class, () -> port.attach(self -> {})).getMessage();
        assertEquals("port " + port.id() + " has a thread already", text);
        node.kill(port.id());
        assertEquals(true,
                node.whenDown(port.id()).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS) != null);
    }
}
