package io.messageport.transport.handshake;

import io.messageport.NodeId;
import io.messageport.transport.handshake.Refusal.Code;
import io.messageport.transport.tls.Binding;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One side of the conversation that opens a connection ({@code CON-1}, {@code CON-3}): immutable, and a function from
 * state and line to the next step.
 */
public final class Handshake {
    /** Random bytes in a nonce. */
    public static final int NONCE = 32;

    private static final String UNKNOWN = "unknown";

    private final Role role;
    private final Peer self;
    private final Optional<NodeId> wanted;
    private final Secret secret;
    private final Binding binding;
    private final Hello hello;

    /**
     * This side of one connection.
     *
     * @param role which end of the socket this is
     * @param self this node
     * @param wanted the node the address should belong to; any when empty
     * @param secret what both must know
     * @param binding what both have shown on this connection
     * @param nonce {@link #NONCE} bytes from a secure random source, never used before
     */
    public Handshake(Role role, Peer self, Optional<NodeId> wanted, Secret secret, Binding binding, byte[] nonce) {
        if (nonce.length != NONCE) {
            throw new IllegalArgumentException("a nonce of " + nonce.length + " bytes");
        }
        this.role = role;
        this.self = self;
        this.wanted = wanted;
        this.secret = secret;
        this.binding = binding;
        hello = new Hello(Greeting.line(self, secret.auth()), Hex.of(nonce), binding.own());
    }

    /** The lines to send at once, and the state that takes the peer's first. */
    public Step.Continue begin() {
        return new Step.Continue(new State.AwaitGreeting(this), List.of(hello.greeting(), hello.nonce()));
    }

    /** The line that offers a link. */
    public static String offer(Offered offer) {
        String line = "link;" + Hex.of(offer.id());
        return offer.resume().isEmpty()
                ? line
                : line + ";resume=" + Hex.of(offer.resume().getAsLong()) + (offer.broken() ? ";broken=1" : "");
    }

    /** The line that accepts one. */
    public static String accept(long linkId) {
        return "accept;" + Hex.of(linkId);
    }

    /** The line that accepts to go on with one, of which so many numbered frames have arrived. */
    public static String acceptAgain(long linkId, long received) {
        return accept(linkId) + ";received=" + Hex.of(received);
    }

    /** The line that says that the link offered is not known; another may be offered. */
    public static String unknown() {
        return UNKNOWN;
    }

    /** What follows from the next line, given without its end. */
    public static Step step(State state, String line) {
        if (line.startsWith("refuse;")) {
            return new Step.RefusedByPeer(Refusal.of(line));
        }
        try {
            return switch (state) {
                case State.AwaitGreeting s -> greeting(s, line);
                case State.AwaitNonce s -> nonce(s, line);
                case State.AwaitProof s -> proof(s, line);
                case State.AwaitOffer s -> new Step.Decide(s.peer(), offered(line));
                case State.AwaitVerdict s when line.equals(UNKNOWN) -> new Step.Unknown(s, s.peer());
                case State.AwaitVerdict s ->
                        new Step.Accepted(s.peer(), linkId("accept", line), number("received", line));
            };
        } catch (HandshakeException e) {
            return new Step.Refused(e.refusal(), e.refusal().code() != Code.NOT_A_PEER);
        }
    }

    private static Step greeting(State.AwaitGreeting state, String line) throws HandshakeException {
        return new Step.Continue(
                new State.AwaitNonce(state.own(), line, Greeting.parse(line, state.own().secret.auth())), List.of());
    }

    private static Step nonce(State.AwaitNonce state, String line) throws HandshakeException {
        Handshake own = state.own();
        if (!Hex.isBytes(line, NONCE)) {
            throw new HandshakeException(Code.MALFORMED, "a malformed nonce");
        }
        Hello other = new Hello(state.greeting(), line, own.binding.other());
        if (other.nonce().equals(own.hello.nonce())) {
            throw new HandshakeException(Code.ECHO,
                    "the peer sends this node's own words back; the address is an echo");
        }
        String expected = own.secret.proof(own.role.other(), other, own.hello);
        String proof = own.secret.auth() + ';' + own.secret.proof(own.role, own.hello, other);
        return new Step.Continue(new State.AwaitProof(own, expected, state.peer()), List.of(proof));
    }

    private static Step proof(State.AwaitProof state, String line) throws HandshakeException {
        Handshake own = state.own();
        Peer peer = state.peer();
        String prefix = own.secret.auth() + ';';
        if (!line.startsWith(prefix)) {
            throw new HandshakeException(Code.MALFORMED, "a malformed proof");
        }
        if (!Secret.same(state.expected(), line.substring(prefix.length()))) {
            throw new HandshakeException(Code.SECRET_MISMATCH, "secret mismatch: whoever claims to be node "
                    + peer.node() + " does not know the secret of node " + own.self.node()
                    + "; give both nodes the same one (NodeConfig.secret or MESSAGEPORT_SECRET)");
        }
        if (!own.binding.allows(peer.node().value())) {
            throw new HandshakeException(Code.WRONG_NAME, "the certificate of whoever claims to be node " + peer.node()
                    + " names " + own.binding.names().orElseThrow() + "; it needs the subject alternative name URI:"
                    + Binding.PREFIX + peer.node());
        }
        if (peer.node().equals(own.self.node())) {
            return sameName(own, peer);
        }
        if (own.wanted.isPresent() && !own.wanted.get().equals(peer.node())) {
            throw new HandshakeException(Code.WRONG_NODE, "the address belongs to node " + peer.node()
                    + ", not to node " + own.wanted.get());
        }
        return own.self.decidesBefore(peer)
                ? new Step.Continue(new State.AwaitOffer(peer), List.of())
                : new Step.Offer(new State.AwaitVerdict(peer), peer);
    }

    private static Step sameName(Handshake own, Peer peer) throws HandshakeException {
        if (peer.incarnation() == own.self.incarnation()) {
            return new Step.Self();
        }
        throw new HandshakeException(Code.IN_USE, "two living processes have the node ID " + peer.node()
                + "; give one of them another (NodeConfig.nodeId), or end the older one");
    }

    private static Offered offered(String line) throws HandshakeException {
        return new Offered(linkId("link", line), number("resume", line), line.endsWith(";broken=1"));
    }

    /** The value of a key behind the number of the link. */
    private static OptionalLong number(String key, String line) throws HandshakeException {
        for (String field : line.split(";", -1)) {
            if (field.startsWith(key + '=')) {
                try {
                    return OptionalLong.of(Hex.toLong(field.substring(key.length() + 1)));
                } catch (IllegalArgumentException e) {
                    throw new HandshakeException(Code.MALFORMED, "a malformed \"" + key + "\" in \""
                            + Refusal.printable(line) + '"');
                }
            }
        }
        return OptionalLong.empty();
    }

    private static long linkId(String verb, String line) throws HandshakeException {
        String[] fields = line.split(";", -1);
        try {
            if (fields.length >= 2 && fields[0].equals(verb)) {
                return Hex.toLong(fields[1]);
            }
        } catch (IllegalArgumentException e) {
            // Said below: one text for every way to get this line wrong.
        }
        throw new HandshakeException(Code.MALFORMED, "expected \"" + verb + ";...\", got \"" + Refusal.printable(line)
                + '"');
    }
}
