package io.messageport.transport.peer;

import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.LinkHandler;

/** What one link of a walk has brought, and whether it may have ({@code SND-5}). */
final class WalkInbox implements LinkHandler {
    final PeerLink link;
    private final WalkSide side;
    private final LinkWalk walk;

    /** The number of what is sent on the link, drawn at the first message; -1 before. */
    long stream = -1;

    /** Messages that were taken. */
    long sent;

    /** Of those, how many have arrived there. */
    long arrived;

    /** The other side's number for what it sends on the same link; -1 before the first message. */
    long heard = -1;

    /** Messages that have arrived. */
    long received;

    private boolean up;
    private String lost;

    WalkInbox(Link link, WalkSide side, LinkWalk walk) {
        this.link = (PeerLink) link;
        this.side = side;
        this.walk = walk;
    }

    boolean isLost() {
        return lost != null;
    }

    @Override
    public void up() {
        expect(!up && lost == null, "it is up out of turn");
        expect(side.allBeforeAreLost(this), "it is up before the loss of the last one is told");
        up = true;
        walk.ups++;
    }

    @Override
    public void received(String port, Object[] message) {
        expect(up && lost == null, "a message came out of turn");
        long number = (Long) message[0];
        long next = (Long) message[1];
        if (heard < 0) {
            expect(number > side.lastHeard, "a message of an earlier link came on a later one");
            expect(walk.sender(number).mayBegin(),
                    "a message came before the loss of the last link was told to its sender");
            heard = number;
            side.lastHeard = number;
        }
        expect(number == heard, "messages of two links came on one");
        expect(next == received, next < received ? "a message came twice" : "a message is missing");
        received = next + 1;
        walk.sender(number).arrived = received;
        walk.messages++;
    }

    @Override
    public void lost(String reason) {
        if (walk.plant == Plant.LOSS_NOT_TOLD) {
            return;
        }
        expect(lost == null, "its loss is told twice");
        expect(!reason.contains("protocol error") && !reason.contains("internal error"),
                "it is lost by a fault: " + reason);
        expect(!walk.isInside(), "it is lost although every break was mended in time: " + reason);
        lost = reason;
        walk.losses++;
    }

    /** Whether the losses of all links before are told. */
    private boolean mayBegin() {
        return side.allBeforeAreLost(this);
    }

    private void expect(boolean condition, String otherwise) {
        if (!condition) {
            walk.violated(side.id + ", link " + link.state() + ": " + otherwise);
        }
    }
}
