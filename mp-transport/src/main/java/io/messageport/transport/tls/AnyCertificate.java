package io.messageport.transport.tls;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Believes every certificate, since none says anything here: whose it is, the proof of the shared secret shows, which
 * covers the certificates of both sides. TLS has made sure that the peer holds its certificate's key.
 */
final class AnyCertificate extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        // The proof decides.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        // The proof decides.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
        // The proof decides.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
        // The proof decides.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
        // The proof decides.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
        // The proof decides.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
