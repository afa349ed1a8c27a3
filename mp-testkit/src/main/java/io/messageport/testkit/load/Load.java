package io.messageport.testkit.load;

import io.messageport.Message;
import io.messageport.Monitor;
import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.PortOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The senders and receivers of one node: threaded ports that send without end, and named ports that write down what comes.
 *
 * <p>A sender has one stream to each receiver of each other node. It monitors the receiver, sends it numbered messages, and
 * when the monitor has fired it waits for a moment, monitors again and numbers anew: what a user would do who wants to
 * know what arrived. Ends with its node.
 */
public final class Load {
    /** Every so many messages, one is large. */
    private static final int BULKY = 64;

    /** How long a sender leaves a lost receiver alone: so long, and up to twice that. */
    private static final long REST_NANOS = 30_000_000;

    /** How often a hushed sender looks for new epochs; to look all the time would keep the writer off its processor. */
    private static final long HUSHED_NANOS = 1_000_000;

    private final Node node;
    private final Journal journal;
    private final Plan plan;
    private final AtomicLong burst = new AtomicLong();
    private volatile boolean hushed;

    /** Set by {@link #forget}, taken by the first receiver that sees it. */
    private final AtomicBoolean forgetting = new AtomicBoolean();

    /** The receiver and the epoch of the message that was forgotten, until {@link #forgot}; null before. */
    private volatile List<Object> forgotten;

    /** Set once what came behind that message is written down. */
    private volatile boolean forgot;

    /**
     * Who sends how much to whom.
     *
     * @param nodes the numbers of all nodes of the network, this one's included; 0 to 65 535
     * @param senders on each node
     * @param receivers on each node, at most 65 536
     * @param pace the pause of a sender after one message to each receiver; not negative
     * @param bulk bytes in every 64th message; the others are small
     */
    public record Plan(List<Integer> nodes, int senders, int receivers, Duration pace, int bulk) {
        /** Takes a private copy. */
        public Plan {
            nodes = List.copyOf(nodes);
            if (senders < 0 || receivers < 0 || bulk < 0 || pace.isNegative()) {
                throw new IllegalArgumentException(
                        "nothing of a plan can be negative: " + senders + " senders, " + receivers
                                + " receivers, pace " + pace + ", bulk " + bulk);
            }
        }
    }

    private Load(Node node, Journal journal, Plan plan) {
        this.node = node;
        this.journal = journal;
        this.plan = plan;
    }

    /** The ID of the node with this number. */
    public static NodeId id(int number) {
        return NodeId.of("n" + number);
    }

    /**
     * Puts receivers on this node, whose ID must be that of the journal's number, and has senders ready: {@link #begin}
     * them when all nodes have their receivers, since a name that nobody has yet is a loss like any other.
     */
    public static Load on(Node node, Journal journal, Plan plan) {
        if (!node.id().equals(id(journal.node()))) {
            throw new IllegalArgumentException(
                    "the journal is for node " + id(journal.node()) + ", not for " + node.id());
        }
        Load load = new Load(node, journal, plan);
        for (int i = 0; i < plan.receivers(); i++) {
            load.receive(i);
        }
        return load;
    }

    /** The senders begin; once. */
    public Load begin() {
        for (int i = 0; i < plan.senders(); i++) {
            int sender = i;
            Port unused = node.thread(PortOptions.named("s" + i), self -> send(self, sender));
        }
        return this;
    }

    /** No more messages, but for the first one of each epoch. */
    public void hush() {
        hushed = true;
    }

    /** Sends again. */
    public void go() {
        hushed = false;
    }

    /** The next so many messages of each sender go out without a pause. */
    public void burst(long messages) {
        burst.set(messages * plan.senders());
    }

    /** The next message that comes is not written down: a loss that nobody reports, for the test of the check. */
    public void forget() {
        forgetting.set(true);
    }

    /** Whether a message is forgotten, and a later one of its stream written down: whoever looks sees the hole. */
    public boolean hasForgotten() {
        return forgot;
    }

    private void receive(int receiver) {
        Journal.Runs runs = journal.runs(receiver);
        Port unused = node.port("r" + receiver, port -> port.on("n", message -> {
            long number = message.longValue(4);
            if (!isWhole((byte[]) message.get(5), number)) {
                journal.spoiled();
            }
            if (forgetting.get() && forgetting.compareAndSet(true, false)) {
                forgotten = epoch(receiver, message);
                return;
            }
            runs.add(message.intValue(0), message.intValue(1), message.intValue(2), message.intValue(3), number);
            if (forgotten != null && epoch(receiver, message).equals(forgotten)) {
                forgotten = null;
                forgot = true;
            }
        }));
    }

    private static List<Object> epoch(int receiver, Message message) {
        return List.of(receiver, message.intValue(0), message.intValue(1), message.intValue(2), message.intValue(3));
    }

    private byte[] content(long number) {
        byte[] content = new byte[number % BULKY == BULKY - 1 ? Math.max(8, plan.bulk()) : 8];
        Arrays.fill(content, (byte) number);
        return content;
    }

    private static boolean isWhole(byte[] content, long number) {
        for (byte one : content) {
            if (one != (byte) number) {
                return false;
            }
        }
        return content.length > 0;
    }

    private void send(Port self, int sender) {
        List<Sending> streams = new ArrayList<>();
        for (int to : plan.nodes()) {
            for (int receiver = 0; to != journal.node() && receiver < plan.receivers(); receiver++) {
                streams.add(new Sending(self, new Stream(journal.node(), journal.life(), sender, to, receiver)));
            }
        }
        while (!Thread.currentThread().isInterrupted() && self.isAlive()) {
            for (Sending stream : streams) {
                stream.sendNext();
            }
            if (hushed) {
                LockSupport.parkNanos(Math.max(HUSHED_NANOS, plan.pace().toNanos()));
            } else if (burst.get() <= 0 || burst.addAndGet(-streams.size()) < 0) {
                LockSupport.parkNanos(plan.pace().toNanos());
            }
        }
    }

    /** One stream; owned by its sender's thread, but for the slot, which the callback of the monitor writes as well. */
    private final class Sending {
        private final Port self;
        private final Stream stream;
        private final PortId target;
        private int epochs;
        private Slot slot;
        private long next;
        private long restUntil = System.nanoTime();

        Sending(Port self, Stream stream) {
            this.self = self;
            this.stream = stream;
            target = new PortId(id(stream.to()), "r" + stream.receiver());
        }

        void sendNext() {
            if (slot != null && slot.hasFired()) {
                slot = null;
                restUntil = System.nanoTime() + REST_NANOS + ThreadLocalRandom.current().nextLong(REST_NANOS);
            }
            if (slot == null) {
                if (System.nanoTime() - restUntil < 0) {
                    return;
                }
                begin();
            } else if (hushed) {
                return;
            }
            long number = next++;
            slot.begun(next);
            self.send(target, "n", stream.from(), stream.fromLife(), stream.sender(), epochs - 1, number,
                    content(number));
            slot.done(next);
        }

        private void begin() {
            Slot entry = journal.epoch(stream, epochs++);
            slot = entry;
            next = 0;
            Monitor unused = node.monitor(target, reason -> entry.fired(System.nanoTime()));
            entry.monitored(System.nanoTime());
        }
    }
}
