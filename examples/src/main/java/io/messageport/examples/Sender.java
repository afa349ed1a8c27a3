package io.messageport.examples;

import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.NodeListener;
import io.messageport.PortId;
import io.messageport.Reason;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends the time to the port {@code receiver} of the node whose address is given: {@code --seed HOST:PORT}. */
public final class Sender {
    private Sender() {}

    public static void main(String... args) throws Exception {
        try (Node node = Arguments.of(args).needSeed().node("eg_sender/%u")) {
            PortId receiver = new PortId(firstUp(node).get(20, TimeUnit.SECONDS), "receiver");
            node.send(receiver, "test", Instant.now());
            System.out.println("sent to " + receiver);
        } catch (TimeoutException e) {
            System.err.println("no node within 20 s; the warnings above say why");
            System.exit(1);
        }
    }

    /** An address says nothing of the node behind it; it tells its name when it is connected. */
    private static CompletableFuture<NodeId> firstUp(Node node) {
        CompletableFuture<NodeId> first = new CompletableFuture<>();
        node.monitorNodes(new NodeListener() {
            @Override
            public void nodeUp(NodeId up) {
                first.complete(up);
            }

            @Override
            public void nodeDown(NodeId down, Reason reason) {
                // At the latest when this node itself closes; nothing is left to do then.
            }
        });
        return first;
    }
}
