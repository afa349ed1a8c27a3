package io.messageport.transport.peer;

import io.messageport.Message;
import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.LinkEvents;
import io.messageport.runtime.link.LinkHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** A node reduced to its links: records what each brings, and complains when calls overlap or come out of order. */
final class TestNode implements LinkEvents, AutoCloseable {
    static final String SECRET = "a secret for tests";
    private static final SecureRandom RANDOM = new SecureRandom();

    final NodeId id;
    final TestClock clock = new TestClock();
    final SocketTransport transport;
    final Map<NodeId, List<String>> book = new ConcurrentHashMap<>();
    final List<Inbox> inboxes = new CopyOnWriteArrayList<>();
    final List<String> violations = new CopyOnWriteArrayList<>();

    /** What the handlers do with a message, beside recording it when {@code record} is set. */
    volatile BiConsumer<Inbox, Message> onMessage = (inbox, message) -> {};

    volatile boolean record = true;

    /** Whether links are kept in {@code inboxes}; the next ones are not when false. */
    volatile boolean remember = true;

    /** Whether questions about addresses are never answered. */
    volatile boolean silentBook;

    /** What {@code lost} waits for. */
    volatile CountDownLatch holdLost = new CountDownLatch(0);

    List<String> addresses = List.of();

    TestNode(String id) {
        this(id, c -> c);
    }

    TestNode(String id, UnaryOperator<NodeConfig.Builder> more) {
        this(id, RANDOM.nextLong(), more);
    }

    TestNode(String id, long incarnation, UnaryOperator<NodeConfig.Builder> more) {
        this.id = NodeId.of(id);
        NodeConfig config = more.apply(NodeConfig.builder()
                .nodeId(id)
                .secret(SECRET)
                .monitorTimeout(Duration.ofSeconds(5))
                .connectInterval(Duration.ofMillis(500)))
                .build();
        transport = new SocketTransport(this.id, incarnation, config, clock, this);
    }

    /** Binds an ephemeral port on loopback. */
    TestNode listening() {
        try {
            addresses = transport.listen(List.of("127.0.0.1:0"));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #listening}, for those who expect that it fails; closes the node. */
    void listenOrThrow() throws IOException {
        try (this) {
            addresses = transport.listen(List.of("127.0.0.1:0"));
        }
    }

    TestNode knows(TestNode other) {
        book.put(other.id, other.addresses);
        return this;
    }

    Link to(TestNode other) {
        return transport.link(other.id);
    }

    Inbox only() {
        if (inboxes.size() != 1) {
            throw new AssertionError(id + " has " + inboxes.size() + " links: " + inboxes);
        }
        return inboxes.getFirst();
    }

    @Override
    public LinkHandler opened(Link link) {
        Inbox inbox = new Inbox(link);
        if (remember) {
            inboxes.add(inbox);
        }
        return inbox;
    }

    @Override
    public CompletionStage<List<String>> addressesOf(NodeId peer) {
        return silentBook
                ? new CompletableFuture<>()
                : CompletableFuture.completedFuture(book.getOrDefault(peer, List.of()));
    }

    @Override
    public void close() {
        holdLost.countDown();
        transport.close();
        clock.close();
    }

    /** What one link brought. */
    final class Inbox implements LinkHandler {
        final Link link;
        final List<Message> messages = new CopyOnWriteArrayList<>();
        final CompletableFuture<Void> up = new CompletableFuture<>();
        final CompletableFuture<String> lost = new CompletableFuture<>();
        volatile long count;
        private volatile Thread inside;

        Inbox(Link link) {
            this.link = link;
        }

        @Override
        public void up() {
            enter("up", !up.isDone() && !lost.isDone() && count == 0);
            up.complete(null);
            inside = null;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate")
        public void received(String port, Object[] values) {
            enter("received", up.isDone() && !lost.isDone());
            count = count + 1;
            Message message = Message.of(values);
            if (record) {
                messages.add(message);
            }
            onMessage.accept(this, message);
            inside = null;
        }

        @Override
        public void lost(String reason) {
            enter("lost", !lost.isDone());
            try {
                holdLost.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            lost.complete(reason);
            inside = null;
        }

        private void enter(String what, boolean legal) {
            if (inside != null || !legal) {
                violations.add(what + " out of turn on " + link);
            }
            inside = Thread.currentThread();
        }

        @Override
        public String toString() {
            return link + " up=" + up.isDone() + " lost=" + lost.getNow("no") + " count=" + count;
        }
    }
}
