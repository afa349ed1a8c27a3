package io.messageport.transport.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key and a certificate made in memory, which vanish with the process. */
final class SelfSigned {
    /** Nobody looks at the dates of a certificate that nobody signs but itself; clocks may differ. */
    private static final Duration BEFORE = Duration.ofDays(1);

    private static final Duration AFTER = Duration.ofDays(36_500);

    private SelfSigned() {}

    /** A fresh key on P-256 and its certificate. */
    static Identity make() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        return Identity.of(List.of(certificate(pair)), pair.getPrivate(), new AnyCertificate(), false);
    }

    private static X509Certificate certificate(KeyPair pair) throws GeneralSecurityException {
        Instant now = Instant.now();
        X500Name name = new X500Name("CN=messageport");
        try {
            X509CertificateHolder signed = new JcaX509v3CertificateBuilder(name,
                    new BigInteger(64, new SecureRandom()).setBit(64), Date.from(now.minus(BEFORE)),
                    Date.from(now.plus(AFTER)), name, pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
            return new JcaX509CertificateConverter().getCertificate(signed);
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
