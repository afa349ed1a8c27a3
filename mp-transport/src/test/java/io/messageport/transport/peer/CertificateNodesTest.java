package io.messageport.transport.peer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Tls;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.Transport.Dialed;
import io.messageport.transport.tls.TestAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that know each other by certificates of an authority. */
@Timeout(30)
@Tag("T-14")
class CertificateNodesTest {
    private final TestAuthority authority = new TestAuthority("authority");

    @TempDir
    private Path folder;

    private TestNode node(String id, Tls.Certificates files) {
        return new TestNode(id, c -> c.tls(files));
    }

    private Tls.Certificates files(String name) {
        return authority.issue(folder.resolve(name), name);
    }

    @Test
    void shouldConnectWhenBothShowCertificatesOfTheAuthority() throws Exception {
        try (TestNode a = node("a", files("a")).listening();
                TestNode b = node("b", files("b"))) {
            assertEquals(new Dialed.Connected(a.id),
                    b.transport.dial(a.addresses.getFirst()).toCompletableFuture().get());
        }
    }

    @Test
    void shouldRefuseTheCertificateOfAnotherAuthorityAndSayWhy() throws Exception {
        Tls.Certificates foreign = new TestAuthority("another").issue(folder.resolve("foreign"), "b");
        Tls.Certificates own = files("a");
        try (TestNode a = node("a", own).listening();
                TestNode b = node("b", foreign);
                TestNode c = node("b", new Tls.Certificates(foreign.chain(), foreign.key(), own.trusted()))) {
            assertRefused(b, a, "TLS failed: ");
            assertRefused(c, a, "the peer broke off TLS");
        }
    }

    @Test
    void shouldRefuseANodeWhoseCertificateNamesAnother() throws Exception {
        // Its own check is of no use against somebody who wants in: a raw peer claims what its certificate does not say.
        try (TestNode a = node("a", files("a")).listening()) {
            assertTrue(assertThrows(IOException.class, () -> node("c", files("b")).listenOrThrow()).getMessage()
                    .contains("it needs the subject alternative name URI:messageport:c"));
            try (RawPeer peer = RawPeer.connectAs(files("b"), a.addresses.getFirst(), "b", "c")) {
                assertTrue(!peer.isAccepted() && peer.end.toString().contains("WRONG_NAME"), peer.end.toString());
            }
            assertEquals(List.of(), a.inboxes);
        }
    }

    @Test
    void shouldAskForTheSecretTooWhenThereIsOne() throws Exception {
        try (TestNode a = node("a", files("a")).listening();
                TestNode b = new TestNode("b", c -> c.tls(files("b")).secret("not the same one"))) {
            assertRefused(b, a, "secret mismatch");
        }
    }

    @Test
    void shouldLoseNothingWhenCertificatesChangeUnderLoad() throws Exception {
        Tls.Certificates filesOfA = files("a");
        Tls.Certificates filesOfB = files("b");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong sent = new AtomicLong();
        try (TestNode a = node("a", filesOfA).listening();
                TestNode b = node("b", filesOfB)) {
            a.record = false;
            Link link = b.knows(a).to(a);
            Thread sender = Thread.ofVirtual().start(() -> {
                while (!stop.get()) {
                    assertTrue(link.send("p", new Object[] {sent.getAndIncrement(), "load"}));
                    LockSupport.parkNanos(10_000);
                }
            });
            await().until(() -> a.inboxes.size() == 1 && a.only().count > 100);
            // Both now show certificates of an authority that the other knows from its new file only.
            TestAuthority next = new TestAuthority("the next authority");
            next.issue(folder.resolve("a"), "a");
            next.issue(folder.resolve("b"), "b");
            a.clock.pause(Duration.ofSeconds(2).toNanos());
            b.clock.pause(Duration.ofSeconds(2).toNanos());
            ((PeerLink) link).connection().close();
            long before = a.only().count;
            await().until(() -> a.only().count > before + 100);
            try (TestNode c = node("c", next.issue(folder.resolve("c"), "c"))) {
                assertEquals(new Dialed.Connected(a.id),
                        c.transport.dial(a.addresses.getFirst()).toCompletableFuture().get());
            }
            stop.set(true);
            sender.join();
            TestNode.Inbox inbox = a.inboxes.getFirst();
            await().until(() -> inbox.count == sent.get());
            assertTrue(!inbox.lost.isDone() && a.violations.isEmpty(), inbox + " " + a.violations);
        }
    }

    private static void assertRefused(TestNode from, TestNode to, String why) throws Exception {
        Dialed.Failed failed = assertInstanceOf(Dialed.Failed.class,
                from.transport.dial(to.addresses.getFirst()).toCompletableFuture().get());
        assertTrue(failed.why().contains(why), failed.why());
        assertEquals(List.of(), to.inboxes);
    }
}
