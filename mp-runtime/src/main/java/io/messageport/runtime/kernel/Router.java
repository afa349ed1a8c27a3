package io.messageport.runtime.kernel;

import io.messageport.DeadLetter.Cause;
import io.messageport.NodeId;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.SendOutcome;
import io.messageport.face.Faces;
import io.messageport.spi.Access;
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

        /** Sends to a port on another node if the way there has room; never parks. */
        SendOutcome trySend(PortId target, Object payload);

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
        deliver(target, payload(target, message));
    }

    /** Sends a payload; to a port whose address is the one it was opened with, without a look at the table. */
    public void deliver(PortId target, Object payload) {
        if (Access.addresses().route(target) instanceof PortCell cell && cell.kernel().router() == this) {
            cell.deliver(payload);
        } else if (!isSelf(target.node())) {
            remote.send(target, payload);
        } else if (target.isNodePort()) {
            remote.toNodePort(payload);
        } else {
            Endpoint endpoint = find(target.name(), payload);
            if (endpoint != null) {
                endpoint.deliver(payload);
            }
        }
    }

    /** Sends a payload from a thread that must not park. */
    public void arriveHere(String name, Object payload) {
        Endpoint endpoint = find(name, payload);
        if (endpoint != null) {
            endpoint.arrive(payload);
        }
    }

    /** Sends what a user passed to {@code trySend} ({@code BND-1}). */
    public SendOutcome trySend(PortId target, Object[] message) {
        Object payload = payload(target, message);
        if (!isSelf(target.node())) {
            return remote.trySend(target, payload);
        }
        if (target.isNodePort()) {
            remote.toNodePort(payload);
            return new SendOutcome.Accepted();
        }
        Endpoint endpoint = table.find(target.name());
        if (endpoint == null || endpoint.isGone()) {
            return new SendOutcome.Dead();
        }
        return endpoint.deliverIfRoom(payload) ? new SendOutcome.Accepted() : new SendOutcome.Full();
    }

    private Object payload(PortId target, Object[] message) {
        Objects.requireNonNull(target, "send needs a port ID, not null");
        return Payloads.of(faces,
                Objects.requireNonNull(message, "send needs a message; an empty one is no value at all"));
    }

    /** What lives under a name; null, and the payload is a dead letter, when nothing does. */
    private Endpoint find(String name, Object payload) {
        Endpoint endpoint = table.find(name);
        if (endpoint == null) {
            deadLetters.add(new PortId(self, name), payload, Cause.NO_SUCH_PORT);
        }
        return endpoint;
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
