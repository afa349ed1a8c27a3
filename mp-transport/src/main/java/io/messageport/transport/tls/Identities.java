package io.messageport.transport.tls;

import io.messageport.NodeId;
import io.messageport.Tls;
import io.messageport.spi.Clock;
import java.io.IOException;

/** Where a node's identity comes from; for any thread. */
public sealed interface Identities permits Ephemeral, CertificateFiles {
    /**
     * What new connections use from here on. May take a while, the first time above all.
     *
     * @throws IOException when there is none; the text says what to do
     */
    Identity current() throws IOException;

    /** One that lives as long as the process. */
    static Identities automatic() {
        return new Ephemeral();
    }

    /** The one in these files, which must be the node's; read when it is first asked for. */
    static Identities files(Tls.Certificates files, NodeId node, Clock clock) {
        return new CertificateFiles(files, node, clock);
    }
}
