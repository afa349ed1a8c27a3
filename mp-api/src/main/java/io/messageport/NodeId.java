package io.messageport;

import java.util.Objects;

/**
 * The name of one node: opaque text, unique in its network ({@code ID-1}).
 *
 * @param value letters, digits and {@code _ - . : /}; neither empty nor {@code "0"}
 */
public record NodeId(String value) implements Comparable<NodeId> {

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException when {@code value} is not a legal node ID
     */
    public NodeId {
        Objects.requireNonNull(value, "a node ID is text, not null");
        if (value.isEmpty() || value.equals("0")) {
            throw new IllegalArgumentException("illegal node ID \"" + value + "\": it may be neither empty nor \"0\"");
        }
        for (int i = 0; i < value.length(); i++) {
            if (!isLegal(value.charAt(i))) {
                throw new IllegalArgumentException("illegal character '" + value.charAt(i) + "' at index " + i
                        + " of node ID \"" + value + "\": use letters, digits and _ - . : /");
            }
        }
    }

    /**
     * The node ID with this text.
     *
     * @throws IllegalArgumentException when {@code text} is not a legal node ID
     */
    public static NodeId of(String text) {
        return new NodeId(text);
    }

    /** The node's own port, which is addressed by the bare node ID ({@code ID-2}). */
    public PortId nodePort() {
        return new PortId(this, "");
    }

    private static boolean isLegal(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "_-.:/".indexOf(c) >= 0;
    }

    /** Order of the text, character by character. */
    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    /** The text itself. */
    @Override
    public String toString() {
        return value;
    }
}
