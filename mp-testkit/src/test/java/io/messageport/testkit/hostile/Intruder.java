package io.messageport.testkit.hostile;

import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.LinkEvents;
import io.messageport.runtime.link.LinkHandler;
import io.messageport.runtime.link.Transport;
import io.messageport.runtime.timer.SystemClock;
import io.messageport.transport.SocketTransportProvider;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A transport without a node: it is let in, since it knows the secret, and then sends whatever it likes. */
final class Intruder implements LinkEvents, LinkHandler, AutoCloseable {
    private final SystemClock clock = new SystemClock("intruder");
    private final Transport transport;
    private final NodeId victim;

    /** What the victim's node port said to ours, as text. */
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    final CompletableFuture<String> lost = new CompletableFuture<>();

    Intruder(Node victim, String secret) {
        this.victim = victim.id();
        NodeConfig config = NodeConfig.builder().nodeId("intruder").secret(secret).build();
        transport = new SocketTransportProvider().open(NodeId.of("intruder"), 1, config, clock, this);
        transport.dial(victim.addresses().getFirst()).toCompletableFuture().join();
    }

    Link link() {
        return transport.link(victim);
    }

    /** Says something to the victim's node port; false when the connection is over. */
    boolean say(Object... message) {
        return link().sendControl(message);
    }

    /** The next thing it heard that begins like this. */
    String heard(String beginning) throws InterruptedException {
        for (String next = next(); next != null; next = next()) {
            if (next.startsWith(beginning)) {
                return next;
            }
        }
        throw new AssertionError("nothing heard that begins with " + beginning);
    }

    private String next() throws InterruptedException {
        return heard.poll(20, TimeUnit.SECONDS);
    }

    @Override
    public LinkHandler opened(Link link) {
        return this;
    }

    @Override
    public CompletionStage<List<String>> addressesOf(NodeId peer) {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public void up() {
        // It begins when it likes.
    }

    @Override
    public void received(String port, Object[] message) {
        boolean unused = heard.add(String.join(" ", Arrays.stream(message).map(String::valueOf).toList()));
    }

    @Override
    public void lost(String reason) {
        boolean unused = lost.complete(reason);
    }

    @Override
    public void close() {
        transport.close();
        clock.close();
    }
}
