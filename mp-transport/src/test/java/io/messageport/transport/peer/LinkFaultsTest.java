package io.messageport.transport.peer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.messageport.NodeId;
import io.messageport.runtime.link.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** A fault of the program itself in whatever serves a link: it is logged, and costs that link at once and nothing else. */
@Tag("SND-5")
@Timeout(30)
class LinkFaultsTest {
    /** Far less than the silence that would end a link without a word about the cause. */
    private static final long SOON = 4;

    private static final Duration WINDOW = Duration.ofMillis(4321);

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(LinkWork.class);

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
        log.setLevel(Level.WARN);
        log.setAdditive(false);
    }

    @AfterEach
    void listenNoMore() {
        log.detachAppender(lines);
        log.setLevel(null);
        log.setAdditive(true);
    }

    private void assertLogged(String what, String peer) {
        assertTrue(List.copyOf(lines.list).stream().anyMatch(line -> line.getLevel() == Level.ERROR
                && line.getThrowableProxy() != null
                && line.getFormattedMessage().startsWith("the " + what + " of the connection with node " + peer)),
                lines.list::toString);
    }

    private static void assertGoesOn(TestNode a, TestNode b) {
        assertTrue(a.to(b).send("p", new Object[] {"the next link works"}));
        await().until(() -> b.inboxes.getLast().count == 1);
        assertEquals(List.of(), a.violations);
        assertEquals(List.of(), b.violations);
    }

    @Test
    void shouldLoseTheLinkAtOnceWhenItsWriterFails() throws Exception {
        try (TestNode a = new TestNode("a").listening();
                TestNode b = new TestNode("b").listening()) {
            b.knows(a);
            PeerLink link = (PeerLink) a.knows(b).to(b);
            await().until(() -> a.only().up.isDone() && b.inboxes.size() == 1 && b.only().up.isDone());
            // Nobody can write from there.
            Segment impossible = new Segment(ByteBuffer.allocate(8), 1);
            impossible.from = -1;
            assertTrue(link.outbox.appendParts(impossible, false));
            String why = a.only().lost.get(SOON, TimeUnit.SECONDS);
            assertTrue(why.startsWith("internal error of this node: java.lang.IndexOutOfBounds"), why);
            assertLogged("writer", "b");
            assertEquals("the peer does not know the connection any more",
                    b.inboxes.getFirst().lost.get(SOON, TimeUnit.SECONDS));
            assertGoesOn(a, b);
        }
    }

    @Test
    @Tag("CON-5")
    void shouldLoseTheLinkAtOnceWhenItsReaderFails() throws Exception {
        try (TestNode a = new TestNode("a", c -> c.resumeWindow(WINDOW)).listening();
                TestNode b = new TestNode("b").listening()) {
            Link link = a.knows(b).to(b);
            await().until(() -> a.only().up.isDone() && b.inboxes.size() == 1 && b.only().up.isDone());
            a.clock.fails(WINDOW.toNanos());
            // The reader notices first, since the writer has nothing to do.
            ((PeerLink) b.only().link).connection().close();
            assertEquals("internal error of this node: java.lang.IllegalStateException: a clock with a fault",
                    a.only().lost.get(SOON, TimeUnit.SECONDS));
            assertLogged("reader", "b");
            assertFalse(link.send("p", new Object[] {"too late"}));
            assertGoesOn(a, b);
        }
    }

    @Test
    @Tag("CON-4")
    void shouldLookAfterTheOtherLinksWhenLookingAfterOneFails() throws Exception {
        Duration silence = Duration.ofMillis(400);
        try (TestNode a = new TestNode("a", c -> c.resumeWindow(WINDOW).heartbeatInterval(silence.dividedBy(4))
                .silenceLimit(silence)).listening();
                TestNode good = new TestNode("g", c -> c.resumeWindow(Duration.ZERO)
                        .heartbeatInterval(silence.dividedBy(4)).silenceLimit(silence)).listening()) {
            Link there = a.knows(good).to(good);
            await().until(() -> a.only().up.isDone() && good.inboxes.size() == 1 && good.only().up.isDone());
            a.clock.fails(WINDOW.toNanos());
            loseTheSilentOne(a);
            assertLogged("heartbeat", "b");
            // Without signs of life one of the two would end it.
            await().during(3 * silence.toMillis(), TimeUnit.MILLISECONDS)
                    .until(() -> !a.inboxes.getFirst().lost.isDone() && !good.only().lost.isDone());
            assertTrue(there.send("p", new Object[] {"still here"}));
            await().until(() -> good.only().count == 1);
        }
    }

    /** It can go on, so its silence breaks the link, and there the clock fails. */
    private static void loseTheSilentOne(TestNode a) throws IOException {
        try (RawPeer silent = RawPeer.connectResuming(a.addresses.getFirst(), "b", 1, 1, new Random(1))) {
            assertTrue(silent.isAccepted());
            TestNode.Inbox inbox = a.inboxes.get(1);
            assertEquals(NodeId.of("b"), inbox.link.peer());
            assertTrue(inbox.lost.orTimeout(SOON, TimeUnit.SECONDS).join().startsWith("internal error of this node"));
        }
    }

    @Test
    void shouldEndAThreadWhoseTaskFails() {
        Threads threads = new Threads("n");
        threads.start("fails", () -> {
            throw new IllegalStateException("a task with a fault");
        });
        threads.joinAll();
        assertEquals(0, threads.count());
    }
}
