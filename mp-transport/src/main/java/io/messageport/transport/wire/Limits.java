package io.messageport.transport.wire;

/** The bounds that sender and receiver share, each number and its reason in one place. */
public final class Limits {
    /** Containers inside containers; a message's own list is the first. Also what ends a cyclic structure. */
    public static final int DEPTH = 64;

    /** Longest text of a goodbye, in characters. */
    public static final int GOODBYE = 512;

    private Limits() {}
}
