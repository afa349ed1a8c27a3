package io.messageport.transport.tls;

import java.io.IOException;

/** What arrived first is not TLS. */
public final class NotTlsException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient byte[] first;

    NotTlsException(byte[] first) {
        super("not TLS");
        this.first = first;
    }

    /** The bytes that have arrived, at least one. */
    public byte[] first() {
        return first.clone();
    }
}
