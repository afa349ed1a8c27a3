package io.messageport;

import java.util.Objects;

/**
 * The address of one port, usable from any node: {@code nodeID#portName} ({@code ID-2}).
 *
 * <p>An inert value: it holds no runtime, may be kept, sent, logged and parsed again, and may outlive its port.
 *
 * @param node the node the port lives on
 * @param name the port's name on that node; empty for the node port itself; may contain anything, {@code #} included
 */
public record PortId(NodeId node, String name) {

    /** Refuses null parts. */
    public PortId {
        Objects.requireNonNull(node, "a port ID needs a node");
        Objects.requireNonNull(name, "a port ID needs a port name; the node port's is empty");
    }

    /**
     * Reads the text form back; a bare node ID is the address of the node port.
     *
     * @throws IllegalArgumentException when the part before the first {@code #} is not a legal node ID
     */
    public static PortId of(String text) {
        Objects.requireNonNull(text, "a port ID is text, not null");
        int split = text.indexOf('#');
        return split < 0
                ? new PortId(NodeId.of(text), "")
                : new PortId(NodeId.of(text.substring(0, split)), text.substring(split + 1));
    }

    /** Whether this addresses a node itself rather than one of its ports. */
    public boolean isNodePort() {
        return name.isEmpty();
    }

    /** The text form, which {@link #of(String)} reads back. */
    @Override
    public String toString() {
        return name.isEmpty() ? node.value() : node.value() + '#' + name;
    }
}
