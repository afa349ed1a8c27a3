package io.messageport.transport.peer;

import io.messageport.transport.handshake.Peer;

/**
 * The life of a link, and what a newly authenticated socket means to it ({@code CON-3}); pure.
 *
 * <p>Each side numbers its link to a peer at random. The number tells a second socket of the same link (a duplicate, which
 * is closed and changes nothing) from the socket of a link whose predecessor the peer has given up (then this side's old
 * link is over as well, and ends by the loss rule first, {@code SND-5b}). {@code CON-5} adds a state between Up and Lost
 * in which the stream waits for another socket.
 */
sealed interface LinkState {
    /** Not connected yet; messages wait. */
    record Dialing(long id) implements LinkState {}

    /** Connected to one life of the peer, whose number for the link is {@code remoteId}. */
    record Up(long id, long remoteId, long incarnation) implements LinkState {}

    /** Over for good. */
    record Lost(String reason) implements LinkState {}

    /** What to do with the socket. */
    sealed interface Verdict {
        /** The link is now up on it. */
        record Take(Up next) implements Verdict {}

        /** Close it: the link is up on another one. */
        record Duplicate() implements Verdict {}

        /** The link is over, then its successor takes the socket. */
        record Switch() implements Verdict {}

        /** Another life of the peer: ask the old one whether it lives, and refuse or switch. */
        record Probe() implements Verdict {}

        /** This link is lost; ask its successor. */
        record Successor() implements Verdict {}
    }

    /** The decider's view: an authenticated peer offers its link. */
    static Verdict onOffer(LinkState state, Peer peer, long offered) {
        return switch (state) {
            case Dialing s -> new Verdict.Take(new Up(s.id(), offered, peer.incarnation()));
            case Up s when s.incarnation() != peer.incarnation() -> new Verdict.Probe();
            case Up s when s.remoteId() == offered -> new Verdict.Duplicate();
            case Up s -> new Verdict.Switch();
            case Lost s -> new Verdict.Successor();
        };
    }

    /** The other side's view: the decider accepted the link that was offered as {@code offered}. */
    static Verdict onAccept(LinkState state, Peer peer, long offered, long remoteId) {
        return switch (state) {
            case Dialing s -> new Verdict.Take(new Up(offered, remoteId, peer.incarnation()));
            case Up s when s.incarnation() != peer.incarnation() -> new Verdict.Probe();
            case Up s when s.remoteId() == remoteId -> new Verdict.Duplicate();
            case Up s -> new Verdict.Switch();
            case Lost s -> new Verdict.Successor();
        };
    }
}
