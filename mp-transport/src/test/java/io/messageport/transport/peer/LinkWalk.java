package io.messageport.transport.peer;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A random walk of two nodes' links over wires that lose, delay and break, all of it in one thread and an order that a seed
 * chooses. After each step what has arrived is a prefix of what was sent on one link, in order and once; what has not is
 * still held; a loss is told once, and before anything of the next link passes ({@code SND-5}).
 */
final class LinkWalk {
    static final String DECIDER = "a";
    static final int LIMIT = 1 << 20;

    private static final String OTHER = "z";
    private static final int MOST_TALKING = 3;
    private static final int MOST_ROUNDS = 1000;
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(500);

    /** What may happen. */
    enum Kind {
        /** Sockets break, and nothing else: every break is mended in time, so nothing may be lost. */
        INSIDE,
        /** Links are also ended on both sides, in order or not, windows pass, and nodes are killed. */
        ANYTHING,
        /** As inside, with messages that go in parts. */
        LARGE
    }

    private static final NodeConfig PATIENT = config(Duration.ofDays(9000), 1500);
    private static final NodeConfig LARGE = config(Duration.ofDays(9000), 300_000);
    private static final NodeConfig SHORT = config(Duration.ofSeconds(5), 1500);

    final Plant plant;

    // What has happened, for those who ask whether the walks went anywhere.
    long steps;
    long messages;
    long ups;
    long resumptions;
    long losses;

    private final Kind kind;
    private final SplittableRandom random;
    private final List<WalkInbox> streams = new ArrayList<>();
    private final List<WalkWire> wires = new ArrayList<>();
    private final WalkSide[] sides = new WalkSide[2];
    private long lives;
    private String violation;
    private boolean calm;

    LinkWalk(Kind kind, long seed, Plant plant) {
        this.kind = kind;
        this.plant = plant;
        random = new SplittableRandom(seed);
        begins(0);
        begins(1);
    }

    private static NodeConfig config(Duration window, int outbound) {
        return NodeConfig.builder()
                .secret(TestNode.SECRET)
                .resumeWindow(window)
                .outboundLimit(outbound)
                .messageLimit(LIMIT)
                .heartbeatInterval(Duration.ofSeconds(1))
                .silenceLimit(Duration.ofSeconds(6))
                .build();
    }

    NodeConfig config() {
        return switch (kind) {
            case INSIDE -> PATIENT;
            case LARGE -> LARGE;
            case ANYTHING -> SHORT;
        };
    }

    /** Whether nothing may be lost. */
    boolean isInside() {
        return kind != Kind.ANYTHING;
    }

    WalkSide side(int which) {
        return sides[which];
    }

    private void begins(int which) {
        sides[which] = new WalkSide(this, which == 0 ? DECIDER : OTHER, ++lives, random);
    }

    private NodeId peerOf(int which) {
        return sides[1 - which].id;
    }

    // ---- what is expected ------------------------------------------------------------------------------------------

    /** Numbers what is sent on a link. */
    long nextStream(WalkInbox inbox) {
        streams.add(inbox);
        return streams.size() - 1L;
    }

    /** Who sends what has this number. */
    WalkInbox sender(long stream) {
        return streams.get((int) stream);
    }

    /** For those whose exceptions somebody would catch. */
    void violated(String what) {
        if (violation == null) {
            violation = what;
        }
    }

    private void check() {
        for (int which = 0; which < 2; which++) {
            if (!sides[which].holdsWhatHasNotArrived(peerOf(which))) {
                violated(sides[which].id + ": what has not arrived was forgotten");
            }
        }
        if (violation != null) {
            throw new AssertionError(violation + " after " + steps + " steps");
        }
    }

    // ---- the walk --------------------------------------------------------------------------------------------------

    /** Goes so many steps, lets everything come to rest, and expects that nothing is missing then. */
    void walk(int count) throws Exception {
        rest();
        calm = false;
        for (int i = 0; i < count; i++) {
            step();
            check();
        }
        rest();
    }

    private void step() throws Exception {
        steps++;
        int which = random.nextInt(2);
        WalkSide side = sides[which];
        int dice = random.nextInt(1000);
        if (dice < 160) {
            send(which);
        } else if (dice < 420) {
            arrives();
        } else if (dice < 700) {
            turn(side.anySocket());
        } else if (dice < 840) {
            side.threads.write();
        } else if (dice < 880) {
            side.threads.tell();
        } else if (dice < 950) {
            dial(which);
        } else if (dice < 965) {
            side.clock.passes(TICK / 2 + random.nextLong(TICK));
        } else if (dice < 990) {
            breaks(side);
        } else if (kind == Kind.ANYTHING) {
            ends(which, random.nextInt(24));
        }
        if (plant == Plant.ACKNOWLEDGED_TOO_MANY && dice % 50 == 0) {
            side.acknowledgeTooMany(peerOf(which));
        }
    }

    private void send(int which) {
        if (kind == Kind.LARGE && random.nextInt(10) == 0) {
            sides[which].send(peerOf(which), new byte[random.nextInt(150_000)]);
        } else if (random.nextBoolean()) {
            sides[which].send(peerOf(which), new byte[random.nextInt(250)]);
        } else {
            sides[which].send(peerOf(which));
        }
    }

    private void arrives() {
        WalkWire wire = wires.isEmpty() ? null : wires.get(random.nextInt(wires.size()));
        if (wire != null) {
            WalkWire.End end = random.nextBoolean() ? wire.one : wire.other;
            end.arrives(random.nextBoolean() ? end.coming() : random.nextInt(end.coming() + 1));
        }
    }

    private static void turn(WalkSocket socket) throws Exception {
        if (socket != null) {
            socket.turn();
        }
    }

    /** Opens one more connection, unless there are enough whose use is not settled. */
    void dial(int which) throws Exception {
        prune();
        if (sides[which].sockets.stream().filter(WalkSocket::isTalking).count() >= MOST_TALKING) {
            return;
        }
        WalkWire wire = new WalkWire(random, kind == Kind.LARGE ? 40 : 80);
        if (calm) {
            wire.calm();
        }
        wires.add(wire);
        for (int i = 0; i < 2; i++) {
            sides[i].sockets.add(new WalkSocket(sides[i], sides[1 - i].self, wire, i == which));
        }
        for (WalkSide side : sides) {
            try {
                side.sockets.getLast().greet();
            } catch (java.io.IOException e) {
                // It broke at once.
            }
        }
    }

    private void prune() {
        wires.removeIf(wire -> !wire.one.isOpen() && !wire.other.isOpen());
        for (WalkSide side : sides) {
            side.sockets.removeIf(WalkSocket::isOver);
        }
    }

    private void breaks(WalkSide side) {
        prune();
        WalkSocket socket = side.anySocket();
        if (socket == null) {
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> socket.connection.close();
            case 1 -> socket.connection.cancel();
            default -> socket.wire.cut();
        }
    }

    private void ends(int which, int dice) {
        WalkInbox inbox = sides[which].present(peerOf(which));
        if (dice == 9 && !sides[which].inboxes.isEmpty()) {
            sides[which].inboxes.getLast().link.close("ended once more, perhaps");
        } else if (dice == 0) {
            sides[which].sockets.forEach(WalkSocket::dies);
            begins(which);
        } else if (inbox != null && dice < 4) {
            inbox.link.close("ended by the walk");
        } else if (inbox != null && dice < 6) {
            inbox.link.lose("given up by the walk");
        } else if (inbox != null && dice < 8) {
            inbox.link.abandon("not reached by the walk");
        }
    }

    /** What was on its way to this side on sockets before comes behind what is there on the present one. */
    void splice(WalkSide side, WalkSocket present) {
        for (WalkSocket socket : side.sockets) {
            if (socket != present && !socket.isTalking()) {
                present.end.takesOver(socket.end);
            }
        }
    }

    // ---- the rest --------------------------------------------------------------------------------------------------

    /** Everything goes on without faults until nothing moves and both sides have the same link. */
    void rest() throws Exception {
        calm = true;
        wires.forEach(WalkWire::calm);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            arrivesAll();
            turns();
            for (WalkSide side : sides) {
                side.threads.write();
                side.threads.tell();
            }
            check();
            if (isAtRest()) {
                return;
            }
            boolean isSettled = Arrays.stream(sides).flatMap(side -> side.sockets.stream())
                    .noneMatch(WalkSocket::isTalking);
            if (isSettled && !isPaired()) {
                dial(round % 2);
            }
            if (round % 4 == 3) {
                for (WalkSide side : sides) {
                    side.clock.passes(TICK);
                }
            }
        }
        throw new AssertionError("comes to no rest: " + describe(0) + " and " + describe(1));
    }

    /** What is on its way arrives. */
    void arrivesAll() {
        for (WalkWire wire : wires) {
            wire.one.arrives(wire.one.coming());
            wire.other.arrives(wire.other.coming());
        }
    }

    /** Every socket has its turn. */
    void turns() throws Exception {
        for (WalkSide side : sides) {
            for (WalkSocket socket : List.copyOf(side.sockets)) {
                socket.turn();
            }
        }
    }

    private boolean isPaired() {
        WalkInbox one = sides[0].present(peerOf(0));
        WalkInbox two = sides[1].present(peerOf(1));
        return one != null && two != null && one.link.state() instanceof LinkState.Up a
                && two.link.state() instanceof LinkState.Up b && a.id() == b.remoteId() && b.id() == a.remoteId();
    }

    private boolean isAtRest() {
        for (int which = 0; which < 2; which++) {
            WalkInbox present = sides[which].present(peerOf(which));
            if (present == null || sides[which].threads.hasLosses() || present.link.outbox.held() > 0
                    || present.arrived < present.sent || sides[which].inboxes.stream()
                            .anyMatch(inbox -> inbox.isLost() == (inbox == present))) {
                return false;
            }
        }
        return isPaired();
    }

    private String describe(int which) {
        WalkInbox present = sides[which].present(peerOf(which));
        return present == null
                ? "no link"
                : present.link + ", sent " + present.sent + ", arrived " + present.arrived + ", held "
                        + present.link.outbox.held();
    }
}
