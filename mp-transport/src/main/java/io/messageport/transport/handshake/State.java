package io.messageport.transport.handshake;

/** Where the conversation stands: what has been heard, and so which line comes next. */
public sealed interface State {
    /**
     * Nothing heard.
     *
     * @param own this side
     */
    record AwaitGreeting(Handshake own) implements State {}

    /**
     * A greeting heard.
     *
     * @param own this side
     * @param greeting the peer's first line
     * @param peer what it claims
     */
    record AwaitNonce(Handshake own, String greeting, Peer peer) implements State {}

    /**
     * Greeting and nonce heard, own proof sent.
     *
     * @param own this side
     * @param expected the proof that only a peer with the secret can give
     * @param peer what it claims
     */
    record AwaitProof(Handshake own, String expected, Peer peer) implements State {}

    /**
     * The peer is authenticated, this side decides.
     *
     * @param peer who
     */
    record AwaitOffer(Peer peer) implements State {}

    /**
     * The peer is authenticated and decides about the link offered to it.
     *
     * @param peer who
     */
    record AwaitVerdict(Peer peer) implements State {}
}
