package io.messageport.transport.peer;

import io.messageport.transport.handshake.Handshake;
import io.messageport.transport.handshake.HandshakeException;
import io.messageport.transport.handshake.Offered;
import io.messageport.transport.handshake.Peer;
import io.messageport.transport.handshake.Role;
import io.messageport.transport.handshake.State;
import io.messageport.transport.handshake.Step;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * One end of one connection of a walk: settles what it is for, as {@link Opening} does when the proofs are verified, then
 * is read from. Every turn goes as far as what has arrived allows.
 */
final class WalkSocket {
    final WalkWire wire;
    final WalkWire.End end;
    final Connection connection;
    private final WalkSide side;
    private final Peer peer;
    private final Inbound in;
    private boolean greeted;
    private boolean over;

    /** The link that is up on it; null before. */
    private PeerLink link;

    /** Number of the link offered. */
    private long offered;

    private boolean offers;

    WalkSocket(WalkSide side, Peer peer, WalkWire wire, boolean dials) throws IOException {
        this.side = side;
        this.peer = peer;
        this.wire = wire;
        end = dials ? wire.one : wire.other;
        end.writes(side.threads::isWriting);
        in = new Inbound(end);
        connection = new Connection(end, in, side.id + "?", dials ? Role.DIALER : Role.LISTENER, LinkWalk.LIMIT);
    }

    /** Says the word that every conversation begins with. */
    void greet() throws IOException {
        connection.sayNow("messageport;");
    }

    boolean isOver() {
        return over;
    }

    /** Whether it is not settled yet what it is for. */
    boolean isTalking() {
        return !over && link == null;
    }

    /** As a node that was killed: its end of the wire is all that notices. */
    void dies() {
        over = true;
        wire.cut();
    }

    void turn() throws Exception {
        if (over) {
            return;
        }
        if (link == null) {
            try {
                over = Waits.reachesEnd(this::talk) && link == null;
            } catch (IOException | HandshakeException e) {
                over = true;
            }
            if (over) {
                connection.close();
                retire();
            }
        }
        if (link != null) {
            over = Waits.reachesEnd(new LinkWork(link, "reader", () -> connection.read(link))::run);
        }
    }

    private void retire() {
        if (offers) {
            offers = false;
            side.commit.offerEnded(peer, connection);
        }
    }

    /** Returns when it is settled. */
    private void talk() throws Exception {
        for (String line = in.line(); line != null; line = in.line()) {
            if (!greeted) {
                greeted = true;
                if (!side.decides && !offer()) {
                    return;
                }
            } else if (side.decides ? decides(line) : hears(line)) {
                return;
            }
        }
    }

    private boolean offer() throws Exception {
        connection.engaged();
        boolean[] may = new boolean[1];
        side.threads.telling(() -> may[0] = side.commit.mayOffer(peer).isEmpty());
        if (!may[0]) {
            return false;
        }
        Offered offer = side.commit.offerFor(peer, connection);
        offered = offer.id();
        offers = true;
        connection.sayNow(Handshake.offer(offer));
        return true;
    }

    private boolean decides(String line) throws Exception {
        connection.engaged();
        if (!(Handshake.step(new State.AwaitOffer(peer), line) instanceof Step.Decide step)) {
            return true;
        }
        Commit.Result[] result = new Commit.Result[1];
        side.threads.telling(() -> result[0] = side.commit.decide(step.peer(), step.offer(), connection));
        return settled(result[0], true);
    }

    private boolean hears(String line) throws Exception {
        return switch (Handshake.step(new State.AwaitVerdict(peer), line)) {
            case Step.Accepted step -> {
                Commit.Result[] result = new Commit.Result[1];
                side.threads.telling(() -> result[0] = side.commit.accepted(peer, offered, planted(step), connection));
                boolean unused = settled(result[0], false);
                retire();
                yield true;
            }
            case Step.Unknown step -> {
                side.commit.unknown(peer, offered);
                retire();
                yield !offer();
            }
            default -> true;
        };
    }

    private boolean settled(Commit.Result result, boolean tell) throws IOException {
        switch (result) {
            case Commit.Result.Up up -> {
                link = up.link();
                side.takes(this, link);
                return true;
            }
            case Commit.Result.Refuse no -> {
                if (tell) {
                    connection.sayNow(no.refusal().line());
                }
                return true;
            }
            case Commit.Result.Unknown unknown -> {
                return false;
            }
        }
    }

    private Step.Accepted planted(Step.Accepted step) {
        if (step.received().isEmpty()) {
            return step;
        }
        long received = step.received().getAsLong();
        long last = side.lastCount;
        side.lastCount = received;
        return switch (side.walk.plant) {
            case RESENT_TOO_FEW -> new Step.Accepted(step.peer(), step.linkId(), OptionalLong.of(received + 1));
            case RESENT_TOO_MANY -> new Step.Accepted(step.peer(), step.linkId(),
                    OptionalLong.of(Math.max(0, received - 1)));
            case STALE_COUNT ->
                    new Step.Accepted(step.peer(), step.linkId(), OptionalLong.of(Math.min(last, received)));
            default -> step;
        };
    }
}
