package io.messageport.transport.wire;

/**
 * Bytes from the network are not what the protocol allows; the connection they came over must end ({@code SND-5d}). The
 * only exception a decoder throws.
 */
public final class WireException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong with the bytes.
     *
     * @param text for the log and for whoever monitors the peer
     */
    public WireException(String text) {
        super(text, null, false, false);
    }
}
