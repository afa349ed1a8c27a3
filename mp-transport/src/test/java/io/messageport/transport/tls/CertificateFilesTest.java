package io.messageport.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Guard;
import io.messageport.NodeId;
import io.messageport.Tls;
import io.messageport.spi.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates in files: which are taken, what is said of the others, and when they are looked at again. */
@Tag("T-14")
class CertificateFilesTest {
    /** What may be missing at the end of a file: the line that ends it, or a part of it. */
    private static final int END = 30;

    private static final NodeId NODE = NodeId.of("chat/server-1");

    private final TestAuthority authority = new TestAuthority("authority");
    private final HandClock clock = new HandClock();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void shouldTakeKeysOfTheUsualKinds(String algorithm) throws IOException {
        Tls.Certificates files = authority.issue(folder, NODE.value(), algorithm, Duration.ofDays(1));
        assertTrue(Identities.files(files, NODE, clock).current().isNamed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat/server-1", "chat/*", "*"})
    void shouldTakeNamesThatFit(String name) throws IOException {
        assertTrue(Identities.files(authority.issue(folder, name), NODE, clock).current().isNamed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat/server-2", "chat/server-1x", "chat/server-*x", "chat/server-1/*"})
    void shouldRefuseNamesThatDoNot(String name) {
        assertFault(authority.issue(folder, name),
                "it needs the subject alternative name URI:messageport:chat/server-1");
    }

    @Test
    @Tag("T-17")
    void shouldSayWhatIsWrongWithTheFiles() throws IOException {
        Tls.Certificates files = authority.issue(folder, NODE.value());
        assertFault(new Tls.Certificates(folder.resolve("none.pem"), files.key(), files.trusted()),
                "there is no such file");
        assertFault(new Tls.Certificates(files.chain(), files.chain(), files.trusted()), "there is no private key");
        assertFault(new Tls.Certificates(files.key(), files.key(), files.trusted()), "certificate");
        Tls.Certificates other = authority.issue(folder.resolve("other"), NODE.value());
        assertFault(new Tls.Certificates(files.chain(), other.key(), files.trusted()),
                "is not that of the certificate");
        assertFault(authority.issue(folder, NODE.value(), "EC", Duration.ofHours(-1)), "NotAfter");
    }

    @Test
    void shouldSayWhatToDoWhenTheKeyIsEncrypted() throws Exception {
        Tls.Certificates files = authority.issue(folder, NODE.value());
        Cipher cipher = Cipher.getInstance("PBEWithSHA1AndDESede");
        cipher.init(Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(cipher.getAlgorithm()).generateSecret(new PBEKeySpec("x".toCharArray())));
        byte[] encrypted =
                new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(new byte[100])).getEncoded();
        Files.writeString(files.key(), "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(encrypted) + "\n-----END ENCRYPTED PRIVATE KEY-----\n");
        assertFault(files, "is encrypted, and a node has nobody to ask for its password");
    }

    @Test
    @Tag("T-17")
    void shouldRefuseFilesThatAreCutShortAnywhereAndGoOnWithTheLastGoodOnes() throws IOException {
        Tls.Certificates files = authority.issue(folder, NODE.value());
        Identities inUse = Identities.files(files, NODE, clock);
        Identity good = inUse.current();
        for (Path file : List.of(files.chain(), files.key(), files.trusted())) {
            byte[] whole = Files.readAllBytes(file);
            for (int length = 0; length < whole.length - END; length += 17) {
                Files.write(file, Arrays.copyOf(whole, length));
                assertFault(files, folder.toString());
                clock.now += Duration.ofSeconds(1).toNanos();
                assertSame(good, inUse.current());
            }
            Files.write(file, whole);
        }
        clock.now += Duration.ofSeconds(1).toNanos();
        assertEquals(good.fingerprint(), inUse.current().fingerprint());
    }

    @Test
    @Tag("T-17")
    void shouldLookAgainOnceASecondAndKeepTheLastGoodOnes() throws IOException {
        Tls.Certificates files = authority.issue(folder, NODE.value());
        Identities identities = Identities.files(files, NODE, clock);
        Identity first = identities.current();
        authority.issue(folder, NODE.value(), "RSA", Duration.ofDays(1));
        assertSame(first, identities.current());
        clock.now += Duration.ofSeconds(1).toNanos();
        Identity second = identities.current();
        assertNotEquals(first.fingerprint(), second.fingerprint());
        Files.writeString(files.key(), "no key");
        clock.now += Duration.ofSeconds(1).toNanos();
        assertSame(second, identities.current());
        Files.delete(files.chain());
        clock.now += Duration.ofSeconds(1).toNanos();
        assertSame(second, identities.current());
        authority.issue(folder, NODE.value(), "EC", Duration.ofDays(1));
        clock.now += Duration.ofSeconds(1).toNanos();
        assertNotSame(second, identities.current());
    }

    private void assertFault(Tls.Certificates files, String text) {
        IOException fault = assertThrows(IOException.class, () -> Identities.files(files, NODE, clock).current());
        assertTrue(fault.getMessage().contains(text), fault.getMessage());
        assertEquals(1, fault.getMessage().lines().count());
    }

    /** Stands still unless a test moves it. */
    private static final class HandClock implements Clock {
        long now;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public Guard schedule(long delayNanos, Runnable task) {
            throw new UnsupportedOperationException("nobody waits here");
        }

        @Override
        public void close() {
            // Nothing runs.
        }
    }
}
