package io.messageport.transport.peer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Message;
import io.messageport.runtime.link.Link;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The guarantee at the level of links: while connections are cut again and again under load in both directions, what
 * arrives of each link is a prefix of what was sent on it, in order, in one piece, and no two links mix.
 */
@Timeout(120)
class PrefixRuleTest {
    private static final int CUTS = Integer.getInteger("messageport.test.cuts", 150);

    @Test
    @Tag("SND-5")
    @Tag("SND-4")
    @Tag("T-21")
    void shouldDeliverAPrefixOfEachLinkWhenConnectionsAreCut() throws Exception {
        try (TestNode a = new TestNode("a").listening();
                TestNode b = new TestNode("b").listening()) {
            a.knows(b);
            b.knows(a);
            Side one = new Side(a);
            Side two = new Side(b);
            Thread sendOne = Thread.ofPlatform().start(() -> one.send(b));
            Thread sendTwo = Thread.ofPlatform().start(() -> two.send(a));
            // The first of all certificates takes its time, and there would be nothing to cut.
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !a.inboxes.isEmpty() && a.inboxes.getFirst().up.isDone());
            Random random = new Random(11);
            // Where processors are scarce a cut may find nothing to cut.
            for (int i = 0; i < CUTS || a.inboxes.size() <= CUTS / 10 && i < 20 * CUTS; i++) {
                LockSupport.parkNanos(random.nextInt(10_000_000));
                TestNode cut = random.nextBoolean() ? a : b;
                if (cut.to(cut == a ? b : a) instanceof PeerLink link && link.connection() != null) {
                    if (random.nextInt(4) == 0) {
                        link.close("a test");
                    } else {
                        link.connection().close();
                    }
                }
            }
            one.stop = true;
            two.stop = true;
            sendOne.join();
            sendTwo.join();
            int links = a.inboxes.size();
            assertTrue(links > CUTS / 10, "only " + links + " links");
            // The last cut may have taken the last message; from here on all links stay.
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                one.sendOne(b);
                two.sendOne(a);
                await().atMost(Duration.ofSeconds(5)).until(() -> one.isQuiet() && two.isQuiet());
                return one.lastArrived(two) && two.lastArrived(one);
            });
            for (Side side : List.of(one, two)) {
                assertEquals(List.of(), side.wrong);
                assertEquals(List.of(), side.node.violations);
            }
            for (TestNode node : List.of(a, b)) {
                assertEquals(1, node.inboxes.stream().filter(inbox -> !inbox.lost.isDone()).count());
            }
        }
    }

    /** Sends numbered messages, and checks what the other side's numbers look like here. */
    private static final class Side {
        final TestNode node;
        final List<String> wrong = new CopyOnWriteArrayList<>();
        volatile boolean stop;

        /** The link each inbox here has heard from, by the other side's number for it, and the next message of it. */
        private final Map<TestNode.Inbox, long[]> heard = new ConcurrentHashMap<>();

        /** Of each link, its number and the next message on it; owned by the one thread that sends. */
        private final Map<Link, long[]> numbers = new HashMap<>();

        private volatile long lastLink;
        private volatile long lastSent;

        Side(TestNode node) {
            this.node = node;
            node.record = false;
            node.onMessage = this::check;
        }

        void send(TestNode to) {
            while (!stop) {
                sendOne(to);
                LockSupport.parkNanos(1000);
            }
        }

        void sendOne(TestNode to) {
            Link link = node.to(to);
            long[] next = numbers.computeIfAbsent(link, l -> new long[] {numbers.size(), 0});
            if (link.send("p", new Object[] {next[0], next[1], "some more bytes"})) {
                lastLink = next[0];
                lastSent = next[1]++;
            }
        }

        private void check(TestNode.Inbox inbox, Message message) {
            long[] next = heard.computeIfAbsent(inbox, i -> new long[] {message.longValue(0), 0});
            if (message.longValue(0) != next[0] || message.longValue(1) != next[1]) {
                wrong.add("after link " + next[0] + " message " + next[1] + " came " + message + " on " + inbox);
            }
            next[1] = message.longValue(1) + 1;
        }

        /** Whether nothing waits to be sent. */
        boolean isQuiet() {
            return node.inboxes.stream().allMatch(inbox -> ((PeerLink) inbox.link).outbox.waiting() == 0);
        }

        /** Whether the last message sent here was received there. */
        boolean lastArrived(Side there) {
            boolean arrived = there.heard.values().stream().anyMatch(n -> n[0] == lastLink && n[1] == lastSent + 1);
            return arrived;
        }
    }
}
