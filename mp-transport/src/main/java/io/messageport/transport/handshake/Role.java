package io.messageport.transport.handshake;

/** Which end of the socket this is; part of every proof, so that none fits the other direction ({@code T-11}). */
public enum Role {
    /** Opened the connection. */
    DIALER,
    /** Accepted it. */
    LISTENER;

    Role other() {
        return this == DIALER ? LISTENER : DIALER;
    }
}
