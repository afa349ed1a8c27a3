package io.messageport.transport.wire;

/** The bounds that sender and receiver share, each number and its reason in one place. */
public final class Limits {
    /** Containers inside containers; a message's own list is the first. Also what ends a cyclic structure. */
    public static final int DEPTH = 64;

    /** Bytes of a message in one frame; a longer one goes in parts, so that others wait for one part at most. */
    public static final int PART = 60 << 10;

    /** Greatest length of a frame that is not itself a message: a part and what stands before it. */
    public static final int FRAME = 64 << 10;

    /** Longest text of a goodbye, in characters. */
    public static final int GOODBYE = 512;

    private Limits() {}
}
