package io.messageport.transport.tls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** What a node shows of itself and whom it believes, for any number of connections; immutable, for any thread. */
public final class Identity {
    private static final String[] PROTOCOLS = {"TLSv1.3"};

    /** In seconds: beyond the seven days a ticket may live, which makes the server part send none. */
    private static final int NO_TICKETS = 7 * 24 * 3600 + 1;

    private final SSLContext context;
    private final String fingerprint;
    private final boolean named;

    private Identity(SSLContext context, String fingerprint, boolean named) {
        this.context = context;
        this.fingerprint = fingerprint;
        this.named = named;
    }

    /**
     * Shows this chain, proves it with the key, and asks {@code trust} about the peer's.
     *
     * @param named whether certificates name nodes
     */
    static Identity of(List<X509Certificate> chain, PrivateKey key, X509ExtendedTrustManager trust, boolean named)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(new KeyManager[] {new OneKey(chain, key)}, new TrustManager[] {trust}, new SecureRandom());
        context.getServerSessionContext().setSessionTimeout(NO_TICKETS);
        return new Identity(context, fingerprint(chain.getFirst()), named);
    }

    /** SHA-256 of the certificate that is shown, in hex. */
    String fingerprint() {
        return fingerprint;
    }

    /** Whether the peer's certificate must name its node. */
    boolean isNamed() {
        return named;
    }

    /** An engine for one connection: TLS 1.3 only, both sides show a certificate, no session is ever resumed. */
    SSLEngine engine(boolean client) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(client);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        if (!client) {
            parameters.setNeedClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    static String fingerprint(X509Certificate certificate) throws CertificateEncodingException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
