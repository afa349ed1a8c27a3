package io.messageport.transport.handshake;

import java.util.List;
import java.util.OptionalLong;

/** What follows from a line. */
public sealed interface Step {
    /**
     * Send these lines, then wait for the next one.
     *
     * @param next the state that takes it
     * @param lines to send, perhaps none
     */
    record Continue(State next, List<String> lines) implements Step {}

    /**
     * The peer is authenticated and decides; offer it a link with {@link Handshake#offer}, then wait.
     *
     * @param next the state that takes the verdict
     * @param peer who decides
     */
    record Offer(State next, Peer peer) implements Step {}

    /**
     * The peer is authenticated and offers its link; answer with {@link Handshake#accept}, {@link
     * Handshake#acceptAgain}, {@link Handshake#unknown} or a refusal.
     *
     * @param peer who offers
     * @param offer its link
     */
    record Decide(Peer peer, Offered offer) implements Step {}

    /**
     * The peer does not know the link that was offered: it is over. Another may be offered.
     *
     * @param next the state that takes the verdict about that one
     * @param peer who decides
     */
    record Unknown(State next, Peer peer) implements Step {}

    /**
     * The peer accepted: frames follow.
     *
     * @param peer who accepted
     * @param linkId its link's number
     * @param received how many numbered frames of the link have arrived there, when it goes on; empty for a new one
     */
    record Accepted(Peer peer, long linkId, OptionalLong received) implements Step {}

    /** The other end is this very node. */
    record Self() implements Step {}

    /**
     * This side refuses.
     *
     * @param refusal to log
     * @param tell whether to send the peer its {@link Refusal#line}
     */
    record Refused(Refusal refusal, boolean tell) implements Step {}

    /**
     * The peer refuses.
     *
     * @param refusal what it says, cleaned
     */
    record RefusedByPeer(Refusal refusal) implements Step {}
}
