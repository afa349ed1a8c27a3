package io.messageport.transport.wire;

import io.messageport.NodeId;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.face.Faces;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Values to MessagePack, shortest form of each. Throws {@link Unencodable} for what has no wire form; the buffer then
 * holds half a message, which the caller discards.
 *
 * <p>Depth is limited by {@link Limits#DEPTH}, which also ends structures that contain themselves.
 */
final class ValueWriter {
    private final Faces faces;

    /** A writer that gives records and types with a codec the form they have under these faces. */
    ValueWriter(Faces faces) {
        this.faces = faces;
    }

    /** Writes one value that lies inside {@code depth} containers. */
    void value(WireBuffer out, Object value, int depth) {
        switch (value) {
            case null -> out.u8(0xc0);
            case String text -> text(out, text);
            case Long number -> integer(out, number);
            case Integer number -> integer(out, number);
            case Boolean truth -> out.u8(truth ? 0xc3 : 0xc2);
            case PortId port -> portId(out, port);
            case Double number -> {
                out.u8(0xcb);
                out.u64(Double.doubleToRawLongBits(number));
            }
            case byte[] bytes -> binary(out, bytes);
            case List<?> list -> list(out, list, depth);
            case Map<?, ?> map -> MapWriter.map(this, out, map, depth);
            case NodeId node -> nodeId(out, node);
            default -> lessCommon(out, value, depth);
        }
    }

    private void lessCommon(WireBuffer out, Object value, int depth) {
        switch (value) {
            case Float number -> {
                out.u8(0xca);
                out.u32(Float.floatToRawIntBits(number));
            }
            case Short number -> integer(out, number);
            case Byte number -> integer(out, number);
            case BigInteger number -> bigInteger(out, number);
            case Instant instant -> instant(out, instant);
            case Duration duration -> duration(out, duration);
            case UUID uuid -> uuid(out, uuid);
            default -> converted(out, value, depth);
        }
    }

    /** What is no value of a message as it is: a codec for it goes first. */
    private void converted(WireBuffer out, Object value, int depth) {
        Object coded = coded(value);
        if (coded != value) {
            value(out, coded, depth);
            return;
        }
        switch (value) {
            case Enum<?> constant -> text(out, constant.name());
            case Character c -> text(out, c.toString());
            case Optional<?> optional -> value(out, optional.orElse(null), depth);
            case Reason reason -> list(out, reason.values(), depth);
            case Record record -> list(out, tagged(record), depth);
            case Collection<?> other -> list(out, other, depth);
            case Object[] array -> list(out, Arrays.asList(array), depth);
            default -> {
                if (!ArrayWriter.write(this, out, value, depth)) {
                    throw new Unencodable(refusal(value));
                }
            }
        }
    }

    private Object coded(Object value) {
        try {
            return faces.coded(value);
        } catch (IllegalArgumentException e) {
            throw new Unencodable(e.getMessage());
        }
    }

    private List<?> tagged(Record record) {
        try {
            return Arrays.asList(faces.tagged(record));
        } catch (IllegalArgumentException e) {
            throw new Unencodable(e.getMessage());
        }
    }

    static void integer(WireBuffer out, long value) {
        if (value >= 0) {
            positive(out, value);
        } else if (value >= -32) {
            out.u8((int) value);
        } else if (value >= Byte.MIN_VALUE) {
            out.u8(0xd0);
            out.u8((int) value);
        } else if (value >= Short.MIN_VALUE) {
            out.u8(0xd1);
            out.u16((int) value);
        } else if (value >= Integer.MIN_VALUE) {
            out.u8(0xd2);
            out.u32((int) value);
        } else {
            out.u8(0xd3);
            out.u64(value);
        }
    }

    private static void positive(WireBuffer out, long value) {
        if (value < 0x80) {
            out.u8((int) value);
        } else if (value < 0x100) {
            out.u8(0xcc);
            out.u8((int) value);
        } else if (value < 0x1_0000) {
            out.u8(0xcd);
            out.u16((int) value);
        } else if (value < 0x1_0000_0000L) {
            out.u8(0xce);
            out.u32((int) value);
        } else {
            out.u8(0xcf);
            out.u64(value);
        }
    }

    private static void bigInteger(WireBuffer out, BigInteger value) {
        if (value.bitLength() < 64) {
            integer(out, value.longValue());
        } else if (value.signum() > 0 && value.bitLength() == 64) {
            out.u8(0xcf);
            out.u64(value.longValue());
        } else {
            throw new Unencodable("an integer of " + value.bitLength()
                    + " bits cannot cross the network; 64 are the most, send its text or toByteArray()");
        }
    }

    static void text(WireBuffer out, String text) {
        if (text.length() < 32 && out.shortAscii(0xa0, text)) {
            return;
        }
        long length = Utf8.length(text);
        if (length < 32) {
            out.u8(0xa0 | (int) length);
        } else if (length < 0x100) {
            out.u8(0xd9);
            out.u8((int) length);
        } else {
            sized(out, 0xda, length);
        }
        content(out, text, length);
    }

    private static void content(WireBuffer out, String text, long length) {
        if (length == text.length()) {
            out.ascii(text);
        } else {
            out.utf8(text, (int) length);
        }
    }

    private static void binary(WireBuffer out, byte[] bytes) {
        if (bytes.length < 0x100) {
            out.u8(0xc4);
            out.u8(bytes.length);
        } else {
            sized(out, 0xc5, bytes.length);
        }
        out.array(bytes);
    }

    /** The u16 form of a length under {@code type}, or the u32 form under the next type. */
    private static void sized(WireBuffer out, int type, long length) {
        if (length < 0x1_0000) {
            out.u8(type);
            out.u16((int) length);
        } else if (length <= Integer.MAX_VALUE) {
            out.u8(type + 1);
            out.u32((int) length);
        } else {
            throw new WireBuffer.Overflow(length);
        }
    }

    static void listHeader(WireBuffer out, int size) {
        if (size < 16) {
            out.u8(0x90 | size);
        } else {
            sized(out, 0xdc, size);
        }
    }

    static void mapHeader(WireBuffer out, int size) {
        if (size < 16) {
            out.u8(0x80 | size);
        } else {
            sized(out, 0xde, size);
        }
    }

    static int deeper(int depth) {
        checkDepth(depth);
        return depth + 1;
    }

    static void checkDepth(int depth) {
        if (depth >= Limits.DEPTH) {
            throw new Unencodable("nested deeper than " + Limits.DEPTH + " containers; does it contain itself?");
        }
    }

    private void list(WireBuffer out, Collection<?> list, int depth) {
        int inside = deeper(depth);
        int size = list.size();
        listHeader(out, size);
        Iterator<?> elements = list.iterator();
        int i = 0;
        for (; i < size && elements.hasNext(); i++) {
            try {
                value(out, elements.next(), inside);
            } catch (Unencodable e) {
                throw e.in("list index " + i);
            }
        }
        unchanged(i == size && !elements.hasNext());
    }

    /** A collection that another thread alters meanwhile would make a frame that lies about its size. */
    static void unchanged(boolean same) {
        if (!same) {
            throw new Unencodable("the collection was altered while it was being sent; content is frozen once sent");
        }
    }

    private static void ext(WireBuffer out, int type, int length) {
        switch (length) {
            case 1 -> out.u8(0xd4);
            case 2 -> out.u8(0xd5);
            case 4 -> out.u8(0xd6);
            case 8 -> out.u8(0xd7);
            case 16 -> out.u8(0xd8);
            default -> {
                if (length < 0x100) {
                    out.u8(0xc7);
                    out.u8(length);
                } else {
                    sized(out, 0xc8, length);
                }
            }
        }
        out.u8(type);
    }

    private static void nodeId(WireBuffer out, NodeId node) {
        ext(out, Ext.NODE_ID, node.value().length());
        out.ascii(node.value());
    }

    private static void portId(WireBuffer out, PortId port) {
        String node = port.node().value();
        long name = Utf8.length(port.name());
        long length = port.isNodePort() ? node.length() : node.length() + 1 + name;
        if (length > Integer.MAX_VALUE) {
            throw new WireBuffer.Overflow(length);
        }
        ext(out, Ext.PORT_ID, (int) length);
        out.ascii(node);
        if (!port.isNodePort()) {
            out.u8('#');
            content(out, port.name(), name);
        }
    }

    private static void uuid(WireBuffer out, UUID uuid) {
        ext(out, Ext.UUID, 16);
        out.u64(uuid.getMostSignificantBits());
        out.u64(uuid.getLeastSignificantBits());
    }

    private static void duration(WireBuffer out, Duration duration) {
        ext(out, Ext.DURATION, 12);
        out.u64(duration.getSeconds());
        out.u32(duration.getNano());
    }

    private static void instant(WireBuffer out, Instant instant) {
        long seconds = instant.getEpochSecond();
        int nanos = instant.getNano();
        if (seconds >>> 34 != 0) {
            ext(out, Ext.TIMESTAMP, 12);
            out.u32(nanos);
            out.u64(seconds);
        } else if (nanos == 0 && seconds >>> 32 == 0) {
            ext(out, Ext.TIMESTAMP, 4);
            out.u32((int) seconds);
        } else {
            ext(out, Ext.TIMESTAMP, 8);
            out.u64((long) nanos << 34 | seconds);
        }
    }

    private static String refusal(Object value) {
        String use = switch (value) {
            case Port port -> "its id()";
            case BigDecimal number -> "a double or its text";
            case Date date -> "its toInstant()";
            case CharSequence text -> "its toString()";
            case Number number -> "its longValue() or doubleValue()";
            case Class<?> type -> "its name";
            default -> "a value that Message lists, or a record of such values";
        };
        return value.getClass().getName() + " cannot cross the network; use " + use;
    }
}
