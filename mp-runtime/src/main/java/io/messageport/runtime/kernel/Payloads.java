package io.messageport.runtime.kernel;

import io.messageport.Message;
import io.messageport.NodeId;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.face.Face;
import io.messageport.face.Faces;
import io.messageport.spi.Access;

/**
 * The two faces in which a message waits: {@code Object[]}, a list of values, or a record. Turns one into the other
 * only when somebody asks for the other.
 */
public final class Payloads {
    private Payloads() {}

    /**
     * What a user passed to send: one record alone is the typed face, one {@link Message} alone is forwarded, everything
     * else is a list.
     *
     * @throws IllegalArgumentException for a record that no message can carry
     */
    public static Object of(Faces faces, Object[] message) {
        if (message.length != 1) {
            return message;
        }
        Object only = message[0];
        if (only instanceof Message forwarded) {
            return Access.messages().array(forwarded);
        }
        if (!isFace(only)) {
            return message;
        }
        Face<?> unused = faces.of(only.getClass());
        return only;
    }

    /** Addresses and reasons are records to Java, and values to a message. */
    private static boolean isFace(Object value) {
        return value instanceof Record
                && !(value instanceof PortId || value instanceof NodeId || value instanceof Reason);
    }

    /** The list form. */
    public static Object[] list(Faces faces, Object payload) {
        return payload instanceof Object[] values ? values : faces.tagged((Record) payload);
    }

    /** The tag, a string or port ID, or null when there is none. */
    public static Object tag(Object payload) {
        if (payload instanceof Object[] values) {
            Object first = values.length == 0 ? null : values[0];
            return first instanceof String || first instanceof PortId ? first : null;
        }
        return Face.tagOf(((Record) payload).getClass());
    }

    /** The message as its handlers see it, without its first {@code from} values. */
    public static Message view(Faces faces, Object payload, int from) {
        return Access.messages().view(list(faces, payload), from);
    }

    /** A text for a log line: 30 characters of the tag, unprintables as dots. */
    public static String describe(Object payload) {
        Object tag = tag(payload);
        return tag == null ? "message without a tag" : '"' + printable(tag.toString()) + '"';
    }

    /** At most 30 characters, unprintables as dots ({@code RCV-1}). */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder(30);
        for (int i = 0; i < text.length() && shown.length() < 30; i++) {
            char c = text.charAt(i);
            shown.append(c < 0x20 || c > 0x7e ? '.' : c);
        }
        return shown.toString();
    }
}
