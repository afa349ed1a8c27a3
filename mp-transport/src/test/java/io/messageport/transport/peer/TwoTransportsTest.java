package io.messageport.transport.peer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Message;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.Transport.Dialed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TwoTransportsTest {
    @Test
    @Tag("SND-3")
    @Tag("CON-1")
    void shouldDeliverWhatWasSentWhileDialingWhenTheLinkComesUp() {
        try (TestNode a = new TestNode("a").listening();
                TestNode b = new TestNode("b").listening()) {
            Link link = a.knows(b).to(b);
            for (int i = 0; i < 100; i++) {
                assertTrue(link.send("p", new Object[] {"n", i}));
            }
            await().until(() -> b.inboxes.size() == 1 && b.only().count == 100);
            for (int i = 0; i < 100; i++) {
                assertEquals(Message.of("n", (long) i), b.only().messages.get(i));
            }
            b.to(a).sendControl("hi");
            await().until(() -> a.only().count == 1);
            assertEquals(List.of(), a.violations);
            assertEquals(List.of(), b.violations);
        }
    }

    @Test
    @Tag("SND-4")
    @Tag("BND-2")
    void shouldKeepOrderPerSenderWhenEightThreadsShareASmallOutbox() throws Exception {
        int each = 20_000;
        try (TestNode a = new TestNode("a", c -> c.outboundLimit(4096)).listening();
                TestNode b = new TestNode("b").listening()) {
            long[] next = new long[8];
            List<String> wrong = new ArrayList<>();
            b.record = false;
            b.onMessage = (inbox, m) -> {
                int sender = m.intValue(0);
                if (m.longValue(1) != next[sender]++) {
                    wrong.add(m.toString());
                }
            };
            Link link = a.knows(b).to(b);
            List<Thread> senders = new ArrayList<>();
            for (int s = 0; s < 8; s++) {
                int sender = s;
                senders.add(Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < each; i++) {
                        link.send("p", new Object[] {sender, i, "some text to fill the outbox a little faster"});
                    }
                }));
            }
            for (Thread sender : senders) {
                sender.join();
            }
            await().atMost(20, TimeUnit.SECONDS).until(() -> b.only().count == 8L * each);
            assertEquals(List.of(), wrong);
        }
    }

    @Test
    void shouldConnectToWhoeverAnswersWhenAnAddressIsDialed() throws Exception {
        try (TestNode a = new TestNode("a");
                TestNode b = new TestNode("b").listening()) {
            String address = b.addresses.getFirst();
            assertEquals(new Dialed.Connected(b.id), a.transport.dial(address).toCompletableFuture().get());
            assertEquals(new Dialed.Connected(b.id), a.transport.dial(address).toCompletableFuture().get());
            assertEquals(1, b.inboxes.size());
            assertEquals(new Dialed.Self(), b.transport.dial(address).toCompletableFuture().get());
        }
    }

    @Test
    void shouldTellTheRealTextWhenTheNodeCloses() throws Exception {
        try (TestNode a = new TestNode("a");
                TestNode b = new TestNode("b").listening()) {
            Link link = a.knows(b).to(b);
            link.send("p", new Object[] {"last"});
            await().until(() -> a.only().up.isDone());
            a.close();
            assertEquals("node closed", a.only().lost.getNow("not told"));
            assertEquals("node closed", b.only().lost.get());
            assertEquals(1, b.only().count);
            assertEquals(List.of(), b.violations);
        }
    }
}
