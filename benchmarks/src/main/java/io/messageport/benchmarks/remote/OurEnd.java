package io.messageport.benchmarks.remote;

import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.NodeListener;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.ThreadKind;
import io.messageport.Tls;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What both of our ends have: one node with the default settings, but for the protection of the connection and the rate
 * at which others may connect. The receiving one listens on a free port of loopback; its address is {@code NODE HOST:PORT
 * SECRET}.
 */
final class OurEnd {
    /** A thousand peers of one address come one after the other, and are no attack. */
    private static final int ACCEPT_RATE = 10_000;

    /** As by default; {@code -Dbenchmark.readers=VIRTUAL} tries the others. */
    private static final ThreadKind READERS = ThreadKind.valueOf(System.getProperty("benchmark.readers", "PLATFORM"));

    private final Node node;
    private final String secret;

    private OurEnd(Node node, String secret) {
        this.node = node;
        this.secret = secret;
    }

    /** The node that is sent to. */
    static OurEnd receiving(Party party) {
        return receiving(party, READERS);
    }

    static OurEnd receiving(Party party, ThreadKind readers) {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String secret = HexFormat.of().formatHex(random);
        return new OurEnd(start("receiver/%u", secret, party, readers, "127.0.0.1:0", null), secret);
    }

    /** A node that is connected to that one. */
    static OurEnd sending(Party party, String address) throws Exception {
        return sending(party, address, READERS);
    }

    static OurEnd sending(Party party, String address, ThreadKind readers) throws Exception {
        String[] parts = address.split(" ");
        Node node = start("sender/%u", parts[2], party, readers, null, parts[1]);
        try {
            awaitUp(node, NodeId.of(parts[0]));
        } catch (Exception e) {
            node.close();
            throw e;
        }
        return new OurEnd(node, parts[2]);
    }

    private static Node start(
            String id, String secret, Party party, ThreadKind readers, String bind, String seed) {
        return Node.configure(c -> {
            NodeConfig.Builder settings = protect(c, party).nodeId(id).secret(secret).acceptRate(ACCEPT_RATE)
                    .readers(readers);
            if (bind != null) {
                settings = settings.bind(bind);
            }
            if (seed != null) {
                settings = settings.seed(seed);
            }
        });
    }

    /** The one place that tells the modes apart; TLS is the default. */
    private static NodeConfig.Builder protect(NodeConfig.Builder settings, Party party) {
        return party == Party.PLAIN ? settings.tls(Tls.plainText()) : settings;
    }

    private static void awaitUp(Node node, NodeId peer) throws Exception {
        CompletableFuture<Void> up = new CompletableFuture<>();
        var watching = node.monitorNodes(new NodeListener() {
            @Override
            public void nodeUp(NodeId who) {
                if (who.equals(peer)) {
                    up.complete(null);
                }
            }

            @Override
            public void nodeDown(NodeId who, Reason reason) {
                // Before it was up, nothing is lost yet; after that, the workload notices.
            }
        });
        try {
            Void unused = up.get(Confirmation.PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            watching.close();
        }
    }

    Node node() {
        return node;
    }

    /** What a sending end needs. */
    String address() {
        return node.id() + " " + node.addresses().getFirst() + " " + secret;
    }

    /** A port of the receiving node, by the name it was given there. */
    static PortId named(String address, String name) {
        return new PortId(NodeId.of(address.split(" ")[0]), name);
    }

    void close() {
        node.close();
    }
}
