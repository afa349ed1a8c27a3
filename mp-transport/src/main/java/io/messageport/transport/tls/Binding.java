package io.messageport.transport.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * What the two ends of one connection have shown each other, for the proofs to cover: a proof that is made for one
 * connection then fits no other ({@code T-13}).
 *
 * @param own this side's certificate, as SHA-256 in hex; {@code plain} without TLS
 * @param other the peer's
 * @param names what the peer's certificate calls it; empty when certificates name nobody
 */
public record Binding(String own, String other, Optional<List<String>> names) {
    /** How a certificate names a node: a subject alternative name of the kind URI that begins like this. */
    public static final String PREFIX = "messageport:";

    private static final int URI = 6;

    /** Of a connection without TLS. */
    public static final Binding PLAIN = new Binding("plain", "plain", Optional.empty());

    static Binding of(Identity identity, X509Certificate peer) throws SSLException {
        try {
            return new Binding(identity.fingerprint(), Identity.fingerprint(peer),
                    identity.isNamed() ? Optional.of(names(peer)) : Optional.empty());
        } catch (CertificateException e) {
            throw new SSLException("the peer's certificate cannot be read", e);
        }
    }

    /** The node IDs, and beginnings of node IDs that end in an asterisk, that a certificate names. */
    static List<String> names(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> all = certificate.getSubjectAlternativeNames();
        List<String> names = new ArrayList<>();
        for (List<?> name : all == null ? List.<List<?>>of() : all) {
            if (name.get(0).equals(URI) && name.get(1) instanceof String text && text.startsWith(PREFIX)) {
                names.add(text.substring(PREFIX.length()));
            }
        }
        return List.copyOf(names);
    }

    /** Whether the peer may call itself that; true when certificates name nobody. */
    public boolean allows(String node) {
        return names.isEmpty() || names.get().stream().anyMatch(name -> fits(name, node));
    }

    static boolean fits(String name, String node) {
        return name.endsWith("*") ? node.startsWith(name.substring(0, name.length() - 1)) : node.equals(name);
    }
}
