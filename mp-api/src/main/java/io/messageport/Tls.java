package io.messageport;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How a node's connections are protected. All nodes of a network use the same kind; nodes of different kinds refuse each
 * other and say why.
 */
public sealed interface Tls {
    /**
     * TLS 1.3 with nothing to manage, the default: each node makes a key and a self-signed certificate in memory when it is
     * first needed. That the right node is at the other end is proved by the shared secret, which covers both certificates,
     * so nobody can sit in between.
     */
    static Tls automatic() {
        return new Automatic();
    }

    /**
     * TLS 1.3 with certificates of one's own, which both sides show. The node's certificate must name its node ID in a
     * subject alternative name, as the URI {@code messageport:NODEID}; one that ends in {@code *} stands for all IDs that
     * begin like it. A secret beside it is optional, and when the node has one, its peers must know it too.
     *
     * <p>The files are looked at again when a connection is opened, at most once a second: new connections use what stands
     * in them, existing ones go on. Files that cannot be used are logged, and the last good ones stay.
     *
     * @param chain PEM file: the node's certificate, then those between it and the authority
     * @param key PEM file: the node's private key, not encrypted
     * @param trusted PEM file: the authorities whose certificates peers may show
     */
    static Tls certificates(Path chain, Path key, Path trusted) {
        return new Certificates(chain, key, trusted);
    }

    /**
     * No encryption: whoever is on the way reads and alters everything, the secret only says who was there at the
     * beginning. For networks that nobody else can reach, and for tests. The node warns when it starts.
     */
    static Tls plainText() {
        return new PlainText();
    }

    /** See {@link Tls#automatic}. */
    record Automatic() implements Tls {}

    /**
     * See {@link Tls#certificates}.
     *
     * @param chain PEM file: the node's certificate, then those between it and the authority
     * @param key PEM file: the node's private key
     * @param trusted PEM file: the authorities
     */
    record Certificates(Path chain, Path key, Path trusted) implements Tls {
        /** Refuses null. */
        public Certificates {
            Objects.requireNonNull(chain, "chain");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(trusted, "trusted");
        }
    }

    /** See {@link Tls#plainText}. */
    record PlainText() implements Tls {}
}
