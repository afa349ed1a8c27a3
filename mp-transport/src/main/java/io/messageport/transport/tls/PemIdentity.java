package io.messageport.transport.tls;

import io.messageport.NodeId;
import io.messageport.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** Reads an identity from PEM files, and finds fault with it before a peer does. */
final class PemIdentity {
    private PemIdentity() {}

    /**
     * The identity of a node.
     *
     * @throws IOException when it cannot be that; the text names the file and says what to do
     */
    static Identity read(Tls.Certificates files, NodeId node) throws IOException {
        List<X509Certificate> chain = certificates(files.chain());
        PrivateKey key = key(files.key());
        X509ExtendedTrustManager trust = trust(files.trusted());
        try {
            checkName(files.chain(), chain.getFirst(), node);
            chain.getFirst().checkValidity();
            checkPair(files, chain.getFirst(), key);
            return Identity.of(chain, key, trust, true);
        } catch (CertificateException e) {
            throw new IOException("the certificate in " + files.chain() + " cannot be used: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate in " + files.chain() + " and the key in " + files.key()
                    + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static void checkName(Path file, X509Certificate certificate, NodeId node)
            throws IOException, CertificateException {
        List<String> names = Binding.names(certificate);
        if (names.stream().noneMatch(name -> Binding.fits(name, node.value()))) {
            throw new IOException("the certificate in " + file + " does not name node " + node + " but "
                    + (names.isEmpty() ? "no node" : names) + "; it needs the subject alternative name URI:"
                    + Binding.PREFIX + node);
        }
    }

    private static void checkPair(Tls.Certificates files, X509Certificate certificate, PrivateKey key)
            throws GeneralSecurityException, IOException {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        byte[] probe = {1, 2, 3};
        signature.initSign(key);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(probe);
        if (!signature.verify(signed)) {
            throw new IOException("the key in " + files.key() + " is not that of the certificate in " + files.chain());
        }
    }

    private static List<X509Certificate> certificates(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> all = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast).toList();
            if (all.isEmpty()) {
                throw new IOException("there is no certificate in " + file + "; it should be a PEM file");
            }
            return all;
        } catch (CertificateException e) {
            throw new IOException("the certificates in " + file + " cannot be read: " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw unreadable(file, e);
        }
    }

    private static PrivateKey key(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file); PEMParser parser = new PEMParser(reader)) {
            for (Object found = next(parser, file); found != null; found = next(parser, file)) {
                switch (found) {
                    case PEMKeyPair pair -> {
                        return key(pair.getPrivateKeyInfo());
                    }
                    case PrivateKeyInfo info -> {
                        return key(info);
                    }
                    case PEMEncryptedKeyPair e -> throw encrypted(file);
                    case PKCS8EncryptedPrivateKeyInfo e -> throw encrypted(file);
                    default -> {
                        // Parameters of a curve and the like may stand before the key.
                    }
                }
            }
            throw new IOException("there is no private key in " + file + "; it should be a PEM file");
        } catch (GeneralSecurityException e) {
            throw new IOException("the key in " + file + " cannot be read: " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw unreadable(file, e);
        }
    }

    /** What is malformed, such as a file that is cut short, is said in many ways, none of which names the file. */
    private static Object next(PEMParser parser, Path file) throws IOException {
        try {
            return parser.readObject();
        } catch (IOException | RuntimeException e) {
            throw new IOException("the key in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static PrivateKey key(PrivateKeyInfo info) throws GeneralSecurityException, IOException {
        return KeyFactory.getInstance(info.getPrivateKeyAlgorithm().getAlgorithm().getId())
                .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }

    private static IOException encrypted(Path file) {
        return new IOException(
                "the key in " + file + " is encrypted, and a node has nobody to ask for its password; give"
                        + " it the plain key (openssl pkey -in ... -out ...) in a file that only its user can read");
    }

    static IOException unreadable(Path file, IOException e) {
        return new IOException("cannot read " + file + ": "
                + (e instanceof NoSuchFileException ? "there is no such file" : e.getMessage()), e);
    }

    private static X509ExtendedTrustManager trust(Path file) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate authority : certificates(file)) {
                store.setCertificateEntry("authority" + number++, authority);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager trust) {
                    return trust;
                }
            }
            throw new IllegalStateException("every Java platform checks certificates");
        } catch (GeneralSecurityException e) {
            throw new IOException("the authorities in " + file + " cannot be used: " + e.getMessage(), e);
        }
    }
}
