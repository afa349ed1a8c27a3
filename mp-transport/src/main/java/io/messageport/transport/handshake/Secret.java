package io.messageport.transport.handshake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key made of what all nodes of a network know; proves and checks, and never shows itself. */
public final class Secret {
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "messageport/1 key of nodes".getBytes(StandardCharsets.US_ASCII);

    private final SecretKeySpec key;

    private Secret(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The key of this text. */
    public static Secret of(String text) {
        return new Secret(mac(new SecretKeySpec(PURPOSE, ALGORITHM), text.getBytes(StandardCharsets.UTF_8)));
    }

    /** What the node in this role says to prove itself: both greetings and both nonces go in, its own first. */
    String proof(Role role, Hello own, Hello other) {
        String all =
                String.join("\n", "messageport/1 proof", role.name(), own.greeting(), own.nonce(), other.greeting(),
                        other.nonce());
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
