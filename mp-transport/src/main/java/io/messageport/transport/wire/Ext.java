package io.messageport.transport.wire;

/** The MessagePack extension types of the message model; one number each, never reused. */
final class Ext {
    /** Text form of a port ID. */
    static final int PORT_ID = 1;

    /** Text of a node ID. */
    static final int NODE_ID = 2;

    /** Seconds as i64, nanoseconds as u32. */
    static final int DURATION = 3;

    /** Two u64, most significant first. */
    static final int UUID = 4;

    /** MessagePack's own: seconds since 1970 and nanoseconds in 4, 8 or 12 bytes. */
    static final int TIMESTAMP = -1;

    /** Nanoseconds stay below this. */
    static final int NANOS = 1_000_000_000;

    private Ext() {}
}
