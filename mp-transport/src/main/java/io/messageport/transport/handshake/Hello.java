package io.messageport.transport.handshake;

/**
 * The two lines each side begins with, exactly as sent, and on which connection.
 *
 * @param greeting who and what
 * @param nonce 32 random bytes in hex, never used before
 * @param certificate what it has shown on this connection, as in {@link io.messageport.transport.tls.Binding}
 */
record Hello(String greeting, String nonce, String certificate) {}
