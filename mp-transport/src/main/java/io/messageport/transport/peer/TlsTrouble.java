package io.messageport.transport.peer;

import io.messageport.transport.handshake.HandshakeException;
import io.messageport.transport.handshake.Lines;
import io.messageport.transport.handshake.Refusal;
import io.messageport.transport.handshake.Refusal.Code;
import io.messageport.transport.handshake.Role;
import io.messageport.transport.tls.NotTlsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why TLS did not come about, in the operator's words. */
final class TlsTrouble {
    private static final Logger LOG = LoggerFactory.getLogger(TlsTrouble.class);

    private TlsTrouble() {}

    /** What to say of it; a node in plain mode is told, too. */
    static String text(IOException e, SocketChannel channel, Role role) {
        if (e instanceof NotTlsException foreign) {
            return notTls(foreign, channel, role);
        }
        String text = e.getMessage() == null ? e.toString() : Refusal.printable(e.getMessage());
        return text.contains("Received fatal alert")
                ? "the peer broke off TLS (" + text + "); its log says why"
                : "TLS failed: " + text;
    }

    /** What came instead of TLS; a node in plain mode is told. */
    private static String notTls(NotTlsException e, SocketChannel channel, Role role) {
        byte[] first = e.first();
        try {
            Lines.begin(first, 0, first.length);
        } catch (HandshakeException stranger) {
            return stranger.refusal().text();
        }
        Refusal refusal = new Refusal(Code.TLS_REQUIRED,
                "one node talks TLS, the other plain text; give both the same NodeConfig.tls");
        if (role == Role.LISTENER) {
            try {
                var unused =
                        channel.write(ByteBuffer.wrap((refusal.line() + '\n').getBytes(StandardCharsets.US_ASCII)));
            } catch (IOException gone) {
                LOG.debug("a node in plain mode did not wait for the answer", gone);
            }
        }
        return refusal.text();
    }
}
