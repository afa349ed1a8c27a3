package io.messageport;

import io.messageport.spi.Access;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/**
 * The address of one port, usable from any node: {@code nodeID#portName} ({@code ID-2}).
 *
 * <p>A value: immutable, equal to every other with the same parts; may be kept, sent, logged and parsed again, and may
 * outlive its port. Any thread.
 */
public final class PortId {
    private static final VarHandle ROUTE;

    static {
        try {
            ROUTE = MethodHandles.lookup().findVarHandle(PortId.class, "route", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
        Access.install(new Door());
    }

    private final NodeId node;
    private final String name;

    /**
     * A short cut of the engine's, no part of the value: what the port's own node knows it by, in the one address that
     * the port was opened with, as long as it lives.
     */
    private volatile Object route;

    /**
     * An address from its parts.
     *
     * @param node the node the port lives on
     * @param name the port's name on that node; empty for the node port itself; may contain anything, {@code #} included
     */
    public PortId(NodeId node, String name) {
        this.node = Objects.requireNonNull(node, "a port ID needs a node");
        this.name = Objects.requireNonNull(name, "a port ID needs a port name; the node port's is empty");
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

    /** The node the port lives on. */
    public NodeId node() {
        return node;
    }

    /** The port's name on its node; empty for the node port itself. */
    public String name() {
        return name;
    }

    /** Whether this addresses a node itself rather than one of its ports. */
    public boolean isNodePort() {
        return name.isEmpty();
    }

    /** Whether the other is an address with the same parts. */
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof PortId that && name.equals(that.name) && node.equals(that.node);
    }

    /** Of the parts. */
    @Override
    public int hashCode() {
        return 31 * node.hashCode() + name.hashCode();
    }

    /** The text form, which {@link #of(String)} reads back. */
    @Override
    public String toString() {
        return name.isEmpty() ? node.value() : node.value() + '#' + name;
    }

    private static final class Door implements Access.Addresses {
        @Override
        public Object route(PortId id) {
            return id.route;
        }

        @Override
        public void route(PortId id, Object route) {
            ROUTE.setRelease(id, route);
        }
    }
}
