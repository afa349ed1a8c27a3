package io.messageport.transport.handshake;

/**
 * The two lines each side begins with, exactly as sent.
 *
 * @param greeting who and what
 * @param nonce 32 random bytes in hex, never used before
 */
record Hello(String greeting, String nonce) {}
