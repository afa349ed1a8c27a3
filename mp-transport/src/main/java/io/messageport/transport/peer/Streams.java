package io.messageport.transport.peer;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.Tls;
import io.messageport.spi.Clock;
import io.messageport.transport.handshake.Role;
import io.messageport.transport.handshake.Secret;
import io.messageport.transport.tls.ByteStream;
import io.messageport.transport.tls.Identities;
import io.messageport.transport.tls.PlainStream;
import io.messageport.transport.tls.RecordBuffers;
import io.messageport.transport.tls.TlsStream;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How this node protects its connections; for any thread. */
final class Streams {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
    private static final String NO_SECRET =
            "no secret is configured, and without one a node talks to nobody; give all nodes"
                    + " of the network the same one (NodeConfig.secret or the variable " + NodeConfig.SECRET_VARIABLE
                    + "), or certificates (NodeConfig.tls)";

    /** Empty in plain mode. */
    private final Optional<Identities> identities;

    /** Null when the node has no way to know its peers. */
    private final Secret secret;

    private final boolean needsFiles;
    private final RecordBuffers buffers = new RecordBuffers();

    private Streams(Optional<Identities> identities, Secret secret, boolean needsFiles) {
        this.needsFiles = needsFiles;
        this.identities = identities;
        this.secret = secret;
    }

    /** What the configuration asks for; makes and reads nothing yet. */
    static Streams of(NodeConfig config, NodeId self, Clock clock) {
        Secret secret = config.secret().map(Secret::of).orElse(null);
        return switch (config.tls()) {
            case Tls.Automatic tls -> new Streams(Optional.of(Identities.automatic()), secret, false);
            case Tls.Certificates tls -> new Streams(Optional.of(Identities.files(tls, self, clock)),
                    secret == null ? Secret.none() : secret, true);
            case Tls.PlainText tls -> {
                LOG.warn("node {} talks in plain text: whoever is on the way reads and alters everything"
                        + " (NodeConfig.tls)", self);
                yield new Streams(Optional.empty(), secret, false);
            }
        };
    }

    /** Why this node cannot talk to anybody, if it cannot. */
    Optional<String> fault() {
        return secret == null ? Optional.of(NO_SECRET) : Optional.empty();
    }

    /** What proofs are made with; of a node without fault. */
    Secret secret() {
        return secret;
    }

    /**
     * Reads the files that the first connection needs, or begins to make it a certificate: the first one of a process takes
     * some hundred milliseconds, which nobody has to wait for yet.
     *
     * @throws IOException when the files are of no use; the text says what to do
     */
    void prepare(Threads threads) throws IOException {
        if (identities.isEmpty()) {
            return;
        }
        if (needsFiles) {
            var unused = identities.get().current();
        } else {
            threads.start("certificate", this::make);
        }
    }

    private void make() {
        try {
            var unused = identities.orElseThrow().current();
        } catch (IOException e) {
            LOG.debug("the first connection will say what is wrong", e);
        }
    }

    /** What carries the bytes of a fresh socket, on which nothing has been said. */
    ByteStream over(SocketChannel channel, Role role) throws IOException {
        return identities.isEmpty()
                ? new PlainStream(channel)
                : new TlsStream(channel, identities.get().current(), role == Role.DIALER, buffers);
    }
}
