package io.messageport.transport.tls;

import io.messageport.Tls;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that signs certificates of nodes, and writes them where a node can read them. */
public final class TestAuthority {
    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final X500Name name;
    private final KeyPair keys = keys("EC");
    private final X509Certificate certificate;

    /** A new authority. */
    public TestAuthority(String name) {
        this.name = new X500Name("CN=" + name);
        certificate = sign(this.name, keys, null, DAY);
    }

    /** Writes chain, key and the authority's own certificate into the folder. */
    public Tls.Certificates issue(Path folder, String node) {
        return issue(folder, node, "EC", DAY);
    }

    /** The same with another kind of key, or a certificate that ends after (or, negative, has ended before) that time. */
    public Tls.Certificates issue(Path folder, String node, String algorithm, Duration life) {
        KeyPair pair = keys(algorithm);
        X509Certificate of = sign(new X500Name("CN=a node"), pair, Binding.PREFIX + node, life);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("key.pem"),
                    pem(new JcaPKCS8Generator(pair.getPrivate(), null).generate()));
            Files.writeString(folder.resolve("chain.pem"), pem(of));
            Files.writeString(folder.resolve("trusted.pem"), pem(certificate));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Tls.Certificates(folder.resolve("chain.pem"), folder.resolve("key.pem"),
                folder.resolve("trusted.pem"));
    }

    static String pem(Object what) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(what);
        }
        return text.toString();
    }

    static KeyPair keys(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            switch (algorithm) {
                case "EC" -> generator.initialize(256);
                case "RSA" -> generator.initialize(2048);
                default -> {
                    // Ed25519 has no sizes.
                }
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate sign(X500Name subject, KeyPair of, String uri, Duration life) {
        Instant end = Instant.now().plus(life);
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(name,
                BigInteger.valueOf(SERIAL.getAndIncrement()), Date.from(end.minus(DAY).minus(DAY)), Date.from(end),
                subject,
                of.getPublic());
        try {
            if (uri == null) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            } else {
                builder.addExtension(Extension.subjectAlternativeName, false,
                        new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
            }
            return new JcaX509CertificateConverter().getCertificate(
                    builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
