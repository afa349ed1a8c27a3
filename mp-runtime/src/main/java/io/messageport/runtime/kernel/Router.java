package io.messageport.runtime.kernel;

import io.messageport.NodeId;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.face.Faces;
import java.util.Objects;

/** The way of a message to its port: a look at the node part, then the table or the network. Any thread. */
public final class Router {
    private final NodeId self;
    private final PortTable table;
    private final Faces faces;
    private final DeadLetters deadLetters;
    private final Remote remote;

    /** The router of one node. */
    public Router(NodeId self, PortTable table, Faces faces, DeadLetters deadLetters, Remote remote) {
        this.self = self;
        this.table = table;
        this.faces = faces;
        this.deadLetters = deadLetters;
        this.remote = remote;
    }

    /** The way to other nodes. */
    public interface Remote {
        /** Sends to a port on another node; parks while the way there is full ({@code SND-3}, {@code BND-2}). */
        void send(PortId target, Object payload);

        /** Kills a port on another node, in the same stream ({@code KIL-3}). */
        void kill(PortId target, Reason reason);

        /** A message of a user to this node's own port. */
        void toNodePort(Object payload);
    }

    /** Whether a node is this one. */
    public boolean isSelf(NodeId node) {
        return node == self || node.equals(self);
    }

    /** Sends what a user passed to {@code send} ({@code SND-1}). */
    public void send(PortId target, Object[] message) {
        deliver(Objects.requireNonNull(target, "send needs a port ID, not null"),
                Payloads.of(
                        faces,
                        Objects.requireNonNull(message, "send needs a message; an empty one is no value at all")));
    }

    /** Sends a payload. */
    public void deliver(PortId target, Object payload) {
        if (!isSelf(target.node())) {
            remote.send(target, payload);
        } else if (target.isNodePort()) {
            remote.toNodePort(payload);
        } else {
            deliverHere(target.name(), payload);
        }
    }

    /** Hands a payload to a port of this node. */
    public void deliverHere(String name, Object payload) {
        Endpoint endpoint = table.find(name);
        if (endpoint == null) {
            deadLetters.add(new PortId(self, name), payload);
        } else {
            endpoint.deliver(payload);
        }
    }

    /**
     * Kills a port; nothing happens when it does not exist ({@code KIL-1}).
     *
     * @throws IllegalArgumentException when the target is a node port
     */
    public void kill(PortId target, Reason reason) {
        if (Objects.requireNonNull(target, "kill needs a port ID, not null").isNodePort()) {
            throw new IllegalArgumentException(
                    target + " is the port of a node, which cannot be killed; close the node");
        }
        if (isSelf(target.node())) {
            Endpoint endpoint = table.find(target.name());
            if (endpoint != null) {
                endpoint.kill(reason);
            }
        } else {
            remote.kill(target, reason);
        }
    }
}
