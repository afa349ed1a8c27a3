package io.messageport.testkit.net;

import io.messageport.testkit.fault.FaultLine;
import io.messageport.testkit.fault.Way;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One direction between two nodes. What cannot pass waits here, in order, as that which TCP would send again. Any thread.
 */
final class MemoryWay {
    private final Way way;
    private final FaultLine line;
    private final MemoryNetwork network;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock. */
    private final Deque<Parcel> held = new ArrayDeque<>();

    /** A packet, and what to do when it has left the wire. */
    private record Parcel(Packet packet, Runnable left) {}

    MemoryWay(Way way, FaultLine line, MemoryNetwork network) {
        this.way = way;
        this.line = line;
        this.network = network;
    }

    /** Sends a packet; {@code left} runs once, when it has arrived, or is lost for good. */
    void send(Packet packet, Runnable left) {
        lock.lock();
        try {
            if (!line.isSilent() && held.isEmpty()) {
                carry(packet, left);
                return;
            }
            line.held();
            if (packet instanceof Packet.Piece) {
                held.add(new Parcel(packet, left));
            } else {
                // A request is made again by who made it; all else without content only follows from what arrives.
                left.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Something may have changed: what waited goes on if it can. */
    void goOn() {
        lock.lock();
        try {
            while (!held.isEmpty() && !line.isSilent()) {
                Parcel parcel = held.remove();
                carry(parcel.packet(), parcel.left());
            }
        } finally {
            lock.unlock();
        }
    }

    private void carry(Packet packet, Runnable left) {
        FaultLine.Plan plan = line.plan(network.courier().nanos(), packet.size());
        MemoryTransport target = network.find(way.to());
        if (plan.cut()) {
            network.reset(way);
            left.run();
            return;
        }
        if (target == null) {
            nobodyThere(packet, left, plan.delayNanos());
            return;
        }
        Packet arriving = plan.flippedBit() < 0 ? packet : damaged(packet, plan.flippedBit());
        Courier.Lane lane = target.lane(way.from());
        if (plan.dropped() || arriving == null) {
            lane.run(plan.delayNanos(), left);
            return;
        }
        lane.run(plan.delayNanos(), () -> {
            left.run();
            target.arrived(way.from(), arriving);
        });
        if (plan.twice()) {
            lane.run(plan.delayNanos(), () -> target.arrived(way.from(), arriving));
        }
    }

    /** A packet without content that is damaged is lost: its checksum tells, and there is nobody to tell. */
    private static Packet damaged(Packet packet, int bit) {
        return packet instanceof Packet.Piece piece ? piece.damaged(bit) : null;
    }

    private void nobodyThere(Packet packet, Runnable left, long delayNanos) {
        MemoryTransport sender = network.find(way.from());
        if (sender == null) {
            left.run();
            return;
        }
        sender.lane(way.to()).run(delayNanos, () -> {
            left.run();
            String why = "no node of this name is in the network";
            if (packet instanceof Packet.Connect connect) {
                sender.arrived(way.to(), new Packet.Refuse(connect.from(), why));
            } else if (packet instanceof Packet.Piece piece) {
                sender.arrived(way.to(), new Packet.Reset(piece.from(), why));
            }
        });
    }
}
