package io.messageport.transport.handshake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key made of what all nodes of a network know; proves and checks, and never shows itself.
 *
 * <p>Where certificates say who a node is, there may be none: then a proof shows only that both sides speak of the same
 * connection, which certificates in turn have authenticated.
 */
public final class Secret {
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "messageport/1 key of nodes".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] NOBODYS = "messageport/1 no secret".getBytes(StandardCharsets.US_ASCII);

    private final SecretKeySpec key;
    private final String auth;

    private Secret(byte[] key, String auth) {
        this.auth = auth;
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The key of this text. */
    public static Secret of(String text) {
        return new Secret(mac(new SecretKeySpec(PURPOSE, ALGORITHM), text.getBytes(StandardCharsets.UTF_8)),
                "hmac_sha256");
    }

    /** None: certificates alone say who a node is. */
    public static Secret none() {
        return new Secret(NOBODYS, "certificate");
    }

    /** The way to authenticate, as greeting and proof name it. */
    String auth() {
        return auth;
    }

    /**
     * What the node in this role says to prove itself: both greetings, nonces and certificates go in, its own
     * first.
     */
    String proof(Role role, Hello own, Hello other) {
        String all =
                String.join("\n", "messageport/1 proof", role.name(), own.greeting(), own.nonce(),
                        own.certificate(), other.greeting(), other.nonce(), other.certificate());
        return Hex.of(mac(key, all.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Compares in constant time ({@code T-10}). */
    static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII),
                given.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] mac(SecretKeySpec key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** Says nothing about the secret. */
    @Override
    public String toString() {
        return "Secret";
    }
}
