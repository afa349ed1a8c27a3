package io.messageport.transport.wire;

import io.messageport.NodeId;
import io.messageport.PortId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** The extension types of {@link Ext}; any other type or size is refused. */
final class ExtReader {
    private ExtReader() {}

    /** Reads the type and that many bytes of content. */
    static Object value(Input in, long length) throws WireException {
        int type = (byte) in.u8();
        return switch (type) {
            case Ext.PORT_ID -> portId(in.text(length));
            case Ext.NODE_ID -> nodeId(in.text(length));
            case Ext.DURATION -> duration(in, length);
            case Ext.UUID -> {
                exactly(length == 16, "a UUID", length);
                yield new UUID(in.i64(), in.i64());
            }
            case Ext.TIMESTAMP -> timestamp(in, length);
            default -> throw new WireException("unknown extension type " + type);
        };
    }

    private static PortId portId(String text) throws WireException {
        try {
            return PortId.of(text);
        } catch (IllegalArgumentException e) {
            throw new WireException("not a port ID: " + e.getMessage());
        }
    }

    private static NodeId nodeId(String text) throws WireException {
        try {
            return NodeId.of(text);
        } catch (IllegalArgumentException e) {
            throw new WireException(e.getMessage());
        }
    }

    private static Duration duration(Input in, long length) throws WireException {
        exactly(length == 12, "a duration", length);
        long seconds = in.i64();
        return Duration.ofSeconds(seconds, nanos(in.u32()));
    }

    private static Instant timestamp(Input in, long length) throws WireException {
        long seconds;
        long nanos;
        if (length == 4) {
            seconds = in.u32();
            nanos = 0;
        } else if (length == 8) {
            long both = in.i64();
            seconds = both & 0x3_ffff_ffffL;
            nanos = both >>> 34;
        } else {
            exactly(length == 12, "a timestamp", length);
            nanos = in.u32();
            seconds = in.i64();
        }
        try {
            return Instant.ofEpochSecond(seconds, nanos(nanos));
        } catch (DateTimeException e) {
            throw new WireException("a timestamp of " + seconds + " seconds is beyond what an Instant holds");
        }
    }

    private static long nanos(long nanos) throws WireException {
        if (nanos >= Ext.NANOS) {
            throw new WireException("a time with " + nanos + " nanoseconds");
        }
        return nanos;
    }

    private static void exactly(boolean right, String what, long length) throws WireException {
        if (!right) {
            throw new WireException(what + " of " + length + " bytes");
        }
    }
}
