package io.messageport.runtime.network;

import io.messageport.DeadLetter.Cause;
import io.messageport.Message;
import io.messageport.NodeId;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.runtime.kernel.Endpoint;
import io.messageport.runtime.kernel.Payloads;
import io.messageport.runtime.monitor.Watch;
import io.messageport.runtime.network.Questions.Found;
import io.messageport.runtime.observe.RareLine;
import io.messageport.spi.Access;
import io.messageport.spi.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port of the node itself, as peers see it: one verb, one method. Runs on the reader thread of a link, so nothing
 * here blocks, loads a class or calls user code.
 */
final class NodePort {
    private static final Logger LOG = LoggerFactory.getLogger(NodePort.class);

    private final Network network;
    private final RareLine refusals;

    NodePort(Network network, Clock clock) {
        this.network = network;
        refusals = new RareLine(LOG, clock);
    }

    /** A message of a peer; {@link io.messageport.MessageMismatchException} when it is malformed. */
    void received(PeerLink from, Object[] values) {
        Message message = Access.messages().view(values, 0);
        Object tag = message.tag();
        if (!(tag instanceof String verb)) {
            network.kernel().deadLetters().add(network.kernel().self().nodePort(), values, Cause.NODE_PORT);
            return;
        }
        switch (verb) {
            case "mon1" -> watch(from, message.string(1));
            case "mon0" -> unwatch(from, message.string(1));
            case "kil0" -> from.watches().fire(message.string(1), Reason.of(message.valuesFrom(2)));
            case "kil" -> kill(from, message.string(1), Reason.of(message.valuesFrom(2)));
            case "spw" -> spawn(from, message.string(1), message.string(2), message.list(3));
            case "here" -> network.cluster().lookup().announced(from.peer(), AddressBook.texts(message, 1));
            case "find" -> network.cluster().lookup().find(from, message);
            case "at" -> found(from, Wire.node(message, 1), new Found.At(AddressBook.texts(message, 2)));
            case "deaf" -> found(from, Wire.node(message, 1), new Found.Deaf());
            case "want" -> network.cluster().lookup().wanted(from, message);
            default -> role(from, verb, message, values);
        }
    }

    private void role(PeerLink from, String verb, Message message, Object[] values) {
        switch (verb) {
            case "role" -> {
                if (message.string(1).equals("global")) {
                    network.cluster().membership().isGlobal(from.peer());
                }
            }
            case "mas" -> network.cluster().membership().chosenBy(from.peer());
            case "mas0" -> network.cluster().membership().leftBy(from.peer());
            case "seed" -> network.cluster().membership().promote();
            case "glob" -> network.cluster().introduced(Wire.node(message, 1), AddressBook.texts(message, 2));
            default -> other(from, verb, message, values);
        }
    }

    private void other(PeerLink from, String verb, Message message, Object[] values) {
        if (verb.equals("idle")) {
            network.cluster().idle().asked(from);
        } else if (verb.equals("idle0")) {
            from.rest().over();
        } else if (verb.equals("idle1")) {
            from.rest().agreed();
        } else if (verb.startsWith("db")) {
            from.rest().use();
            network.cluster().membership().received(from.peer(), message);
        } else {
            network.kernel().deadLetters().add(network.kernel().self().nodePort(), values, Cause.NODE_PORT);
        }
    }

    private void watch(PeerLink from, String name) {
        PortId port = local(name);
        if (port.isNodePort()) {
            return;
        }
        PeerWatch watch = new PeerWatch(port, from);
        if (from.watchedByPeer().putIfAbsent(name, watch) != null) {
            return;
        }
        Endpoint endpoint = network.kernel().table().find(name);
        if (endpoint == null || !endpoint.watch(watch)) {
            watch.fireUnlisted(network.kernel().table().fateOf(port));
        }
    }

    private static void unwatch(PeerLink from, String name) {
        Watch watch = from.watchedByPeer().remove(name);
        if (watch != null) {
            watch.close();
        }
    }

    private void kill(PeerLink from, String name, Reason reason) {
        if (name.isEmpty()) {
            refusals.warn("node {} asked to kill this node's own port; refused ({})", from.peer(), reason);
            return;
        }
        network.kernel().router().kill(local(name), reason);
    }

    private void spawn(PeerLink from, String name, String init, List<?> args) {
        if (!network.kernel().table().isSpawnName(name)) {
            refusals.warn("node {} asked to spawn {} under the name {}, which is not one it may choose; refused",
                    from.peer(),
                    init, name);
            return;
        }
        network.spawnHere(from.peer(), name, init, args.toArray());
    }

    private void found(PeerLink by, NodeId node, Found found) {
        network.cluster().questions().answered(by.peer(), node, found);
    }

    private PortId local(String name) {
        return new PortId(network.kernel().self(), name);
    }

    /** What a user of this node sent to the node's own port. */
    void receivedHere(Object payload) {
        LOG.debug("nobody takes user messages for the node port: {}", Payloads.describe(payload));
        network.kernel().deadLetters().add(network.kernel().self().nodePort(), payload, Cause.NODE_PORT);
    }

    /** A peer's registration on a port of ours: its news travels back on the link it came on, and on no other. */
    private static final class PeerWatch extends Watch {
        private final PeerLink peer;

        PeerWatch(PortId target, PeerLink peer) {
            super(target);
            this.peer = peer;
        }

        @Override
        protected void over() {
            boolean ignored = peer.watchedByPeer().remove(target().name(), this);
        }

        @Override
        protected void fire(Reason reason) {
            boolean ignored = Wire.sendReason(peer.link(), "kil0", target().name(), reason);
        }
    }
}
