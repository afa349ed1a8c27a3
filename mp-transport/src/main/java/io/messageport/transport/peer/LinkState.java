package io.messageport.transport.peer;

import io.messageport.transport.handshake.Offered;
import io.messageport.transport.handshake.Peer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The life of a link, and what a newly authenticated socket means to it ({@code CON-3}, {@code CON-5}); pure.
 *
 * <p>Everything that can happen to a link is one of the functions below: of its state and an event, to its next state or
 * to a verdict about a socket, which says what is to be done and in which state that leaves the link. {@link Links} applies
 * them under its lock, and nothing else changes a state.
 *
 * <p>Each side numbers its link to a peer at random. The numbers tell a second socket of the same link (a duplicate, which
 * is closed and changes nothing) from a socket on which the same link goes on, and from the socket of a link whose
 * predecessor the peer has given up (then this side's old link is over as well, and ends by the loss rule first, {@code
 * SND-5b}).
 */
sealed interface LinkState {
    /** Not connected yet; messages wait. */
    record Dialing(long id) implements LinkState {}

    /** Connected to one life of the peer, whose number for the link is {@code remoteId}. */
    record Up(long id, long remoteId, long incarnation) implements LinkState {}

    /** Was up, and its socket is of no use any more; messages wait for another one, for a while. */
    record Broken(long id, long remoteId, long incarnation) implements LinkState {
        Up mended() {
            return new Up(id, remoteId, incarnation);
        }
    }

    /** Over for good. */
    record Lost(String reason) implements LinkState {}

    /** Whether this side calls a link that has been up by this number. */
    default boolean isNumbered(long number) {
        return this instanceof Up up && up.id() == number || this instanceof Broken broken && broken.id() == number;
    }

    // ---- what happens to it beside sockets ------------------------------------------------------------------------

    /** Its socket is of no use any more: it waits for another. Empty when it has none to wait for. */
    static Optional<Broken> onBreak(LinkState state) {
        return switch (state) {
            case Up s -> Optional.of(new Broken(s.id(), s.remoteId(), s.incarnation()));
            case Dialing s -> Optional.empty();
            case Broken s -> Optional.empty();
            case Lost s -> Optional.empty();
        };
    }

    /** It has waited for another socket as long as it may. Empty when it does not wait. */
    static Optional<Lost> onWindowOver(LinkState state, String reason) {
        return switch (state) {
            case Broken s -> Optional.of(new Lost(reason));
            case Dialing s -> Optional.empty();
            case Up s -> Optional.empty();
            case Lost s -> Optional.empty();
        };
    }

    /** Nobody could be reached. Empty when the peer came by itself meanwhile, or it is lost. */
    static Optional<Lost> onAbandon(LinkState state, String reason) {
        return switch (state) {
            case Dialing s -> Optional.of(new Lost(reason));
            case Up s -> Optional.empty();
            case Broken s -> Optional.empty();
            case Lost s -> Optional.empty();
        };
    }

    /** Somebody ends it. Empty when it has ended: the first reason stands. */
    static Optional<Lost> onEnd(LinkState state, String reason) {
        return switch (state) {
            case Lost s -> Optional.empty();
            case Dialing s -> Optional.of(new Lost(reason));
            case Up s -> Optional.of(new Lost(reason));
            case Broken s -> Optional.of(new Lost(reason));
        };
    }

    /** No socket is left on which a number was offered: it is not offered again. Empty when it is not the link's number. */
    static Optional<Dialing> onRetired(LinkState state, long number, LongSupplier fresh) {
        return switch (state) {
            case Dialing s when s.id() == number -> Optional.of(new Dialing(fresh.getAsLong()));
            case Dialing s -> Optional.empty();
            case Up s -> Optional.empty();
            case Broken s -> Optional.empty();
            case Lost s -> Optional.empty();
        };
    }

    // ---- what happens to it by a socket ---------------------------------------------------------------------------

    /** What to do with the socket. */
    sealed interface Verdict {
        /** The link is now up on it. */
        record Take(Up next) implements Verdict {}

        /** The link goes on on it; the socket it had, if any, is given up. */
        record Resume(Up next) implements Verdict {}

        /** Close it: the link is up on another one. */
        record Duplicate() implements Verdict {}

        /** The link is over, then its successor takes the socket. */
        record Switch() implements Verdict {}

        /** Another life of the peer: ask the old one whether it lives, if it can be asked, and refuse or switch. */
        record Probe() implements Verdict {}

        /** This link is lost; ask its successor. */
        record Successor() implements Verdict {}

        /** The peer speaks of a link that does not exist here; it is to end that, and may offer another. */
        record Unknown() implements Verdict {}

        /** The peer goes on with a link that has ended here; close the socket. */
        record Gone() implements Verdict {}
    }

    /** The decider's view: an authenticated peer offers its link. */
    static Verdict onOffer(LinkState state, Peer peer, Offered offer) {
        return switch (state) {
            case Dialing s when offer.resume().isPresent() -> new Verdict.Unknown();
            case Dialing s -> new Verdict.Take(new Up(s.id(), offer.id(), peer.incarnation()));
            case Up s when s.incarnation() != peer.incarnation() -> new Verdict.Probe();
            case Broken s when s.incarnation() != peer.incarnation() -> new Verdict.Probe();
            case Up s when s.remoteId() == offer.id() && offer.resumes(s.id()) && offer.broken() ->
                    new Verdict.Resume(s);
            case Up s when s.remoteId() == offer.id() -> new Verdict.Duplicate();
            case Broken s when s.remoteId() == offer.id() && offer.resumes(s.id()) ->
                    new Verdict.Resume(s.mended());
            case Up s when offer.resume().isPresent() -> new Verdict.Unknown();
            case Broken s when offer.resume().isPresent() -> new Verdict.Unknown();
            case Up s -> new Verdict.Switch();
            case Broken s -> new Verdict.Switch();
            case Lost s -> new Verdict.Successor();
        };
    }

    /**
     * The other side's view: the decider accepted the link that was offered as {@code offered}.
     *
     * @param received how much of the link had arrived at the decider, when it goes on; empty when it is new there
     */
    static Verdict onAccept(LinkState state, Peer peer, long offered, long remoteId, OptionalLong received) {
        if (received.isPresent()) {
            return switch (state) {
                case Up s when s.equals(new Up(offered, remoteId, peer.incarnation())) -> new Verdict.Resume(s);
                case Broken s when s.mended().equals(new Up(offered, remoteId, peer.incarnation())) ->
                        new Verdict.Resume(s.mended());
                case Dialing s -> new Verdict.Gone();
                case Up s -> new Verdict.Gone();
                case Broken s -> new Verdict.Gone();
                case Lost s -> new Verdict.Gone();
            };
        }
        return switch (state) {
            case Dialing s -> new Verdict.Take(new Up(offered, remoteId, peer.incarnation()));
            case Up s when s.incarnation() != peer.incarnation() -> new Verdict.Probe();
            case Broken s when s.incarnation() != peer.incarnation() -> new Verdict.Probe();
            case Up s when s.remoteId() == remoteId -> new Verdict.Duplicate();
            case Up s -> new Verdict.Switch();
            case Broken s -> new Verdict.Switch();
            case Lost s -> new Verdict.Successor();
        };
    }
}
