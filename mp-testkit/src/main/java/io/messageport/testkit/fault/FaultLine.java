package io.messageport.testkit.fault;

import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One direction, the fault in force on it, and what that means for each piece that takes it: decided by a seeded
 * generator, so that the same pieces in the same order fare the same. Carries nothing itself.
 *
 * <p>Safe from any thread; one short lock.
 */
public final class FaultLine {
    /** How long a piece is held back at most for others to overtake it. */
    private static final long HELD_BACK_NANOS = 20_000_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private final boolean stream;
    private final Runnable onChange;
    private final ReentrantLock lock = new ReentrantLock();

    /** All guarded by the lock. */
    private final SplittableRandom random;

    private Fault fault = Fault.none();
    private boolean silenced;
    private FaultCounts counts = FaultCounts.NONE;

    /** Bytes since the fault was applied. */
    private long bytes;

    /** When the throttle has let through what it was given. */
    private long throttleFree;

    /** When the last piece arrives; the next one arrives no earlier. */
    private long lastArrival;

    private boolean used;

    /**
     * What becomes of one piece.
     *
     * @param dropped whether it is lost
     * @param delayNanos how long from now it arrives
     * @param twice whether it arrives again right behind itself
     * @param flippedBit which of its bits is turned over; -1 for none
     * @param allowed how many of its bytes pass; all of them unless the connection is to be reset after these
     * @param cut whether the connection is reset then
     */
    public record Plan(boolean dropped, long delayNanos, boolean twice, int flippedBit, int allowed, boolean cut) {}

    /**
     * A line on which nothing is wrong.
     *
     * @param seed of all that it decides
     * @param stream whether it carries bytes of a stream, which cannot have every fault
     * @param onChange run after each change of what passes, outside the lock, on the thread that changed it
     */
    public FaultLine(long seed, boolean stream, Runnable onChange) {
        this.stream = stream;
        this.onChange = onChange;
        random = new SplittableRandom(seed);
    }

    /**
     * Puts this fault in force, in the place of the one before.
     *
     * @throws IllegalArgumentException when a stream of bytes cannot have it
     */
    public void apply(Fault next) {
        if (stream) {
            next.requireStream();
        }
        lock.lock();
        try {
            fault = next;
            bytes = 0;
            throttleFree = 0;
        } finally {
            lock.unlock();
        }
        onChange.run();
    }

    /** What is wrong from the start; for the plane, before anything is carried. */
    void begin(Fault first, boolean parted) {
        lock.lock();
        try {
            fault = first;
            silenced = parted;
        } finally {
            lock.unlock();
        }
    }

    /** The fault in force. */
    public Fault fault() {
        lock.lock();
        try {
            return fault;
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing pass, or again what the fault in force lets; for partitions, which leave the fault as it is. */
    public void silence(boolean on) {
        boolean changes;
        lock.lock();
        try {
            changes = silenced != on;
            silenced = on;
        } finally {
            lock.unlock();
        }
        if (changes) {
            onChange.run();
        }
    }

    /** Whether nothing passes: pieces have to wait, and to ask again after each change. */
    public boolean isSilent() {
        lock.lock();
        try {
            return silenced || fault.isBlackhole();
        } finally {
            lock.unlock();
        }
    }

    /** For the carrier: a piece waits because nothing passes. */
    public void held() {
        add(new FaultCounts(0, 0, 0, 0, 0, 0, 1, 0));
    }

    /** For the carrier: a connection was reset. */
    public void cutDone() {
        add(new FaultCounts(0, 0, 0, 0, 0, 0, 0, 1));
    }

    private void add(FaultCounts more) {
        lock.lock();
        try {
            counts = counts.plus(more);
        } finally {
            lock.unlock();
        }
    }

    /** What has happened on this line so far. */
    public FaultCounts counts() {
        lock.lock();
        try {
            return counts;
        } finally {
            lock.unlock();
        }
    }

    /**
     * For the carrier: what becomes of the next piece. Not for a line that is silent.
     *
     * @param nowNanos the carrier's time
     * @param size of the piece in bytes, at least 1
     */
    public Plan plan(long nowNanos, int size) {
        lock.lock();
        try {
            Draft draft = new Draft(nowNanos, size);
            for (Fault.Effect effect : fault.effects()) {
                draft.suffer(effect);
            }
            bytes += size;
            counts = counts.plus(draft.counts());
            return draft.plan();
        } finally {
            lock.unlock();
        }
    }

    /** One piece and what has happened to it up to now; used under the lock. */
    private final class Draft {
        private final long now;
        private final int size;
        private boolean dropped;
        private long delay;
        private long heldBack;
        private boolean twice;
        private int flippedBit = -1;
        private int allowed;
        private boolean cut;

        Draft(long now, int size) {
            this.now = now;
            this.size = size;
            allowed = size;
        }

        void suffer(Fault.Effect effect) {
            switch (effect) {
                case Fault.Effect.Drop e -> dropped |= happens(e.chance());
                case Fault.Effect.Delay e -> delay += e.nanos();
                case Fault.Effect.Jitter e -> delay += random.nextLong(e.nanos() + 1);
                case Fault.Effect.Duplicate e -> twice |= happens(e.chance());
                case Fault.Effect.Reorder e -> {
                    if (happens(e.chance())) {
                        heldBack = 1 + random.nextLong(HELD_BACK_NANOS);
                    }
                }
                case Fault.Effect.Throttle e -> throttle(e.bytesPerSecond());
                case Fault.Effect.Corrupt e -> {
                    if (happens(e.chance())) {
                        flippedBit = random.nextInt(8 * size);
                    }
                }
                case Fault.Effect.Blackhole e -> {
                    // Silence is the carrier's business, before it asks for a plan.
                }
                case Fault.Effect.CutAfter e -> {
                    if (bytes + size > e.bytes()) {
                        allowed = (int) (e.bytes() - bytes);
                        cut = true;
                        fault = fault.withoutCut();
                    }
                }
            }
        }

        private void throttle(long bytesPerSecond) {
            long start = throttleFree == 0 ? now : Math.max(throttleFree, now);
            throttleFree = start + (long) (size * NANOS_PER_SECOND / bytesPerSecond);
            delay += throttleFree - now;
        }

        FaultCounts counts() {
            return new FaultCounts(one(!dropped), one(dropped), one(!dropped && delay > 0), one(!dropped && twice),
                    one(!dropped && heldBack > 0), one(!dropped && flippedBit >= 0), 0, 0);
        }

        Plan plan() {
            long arrival = now + delay;
            if (used && arrival < lastArrival) {
                arrival = lastArrival;
            }
            if (!dropped && heldBack == 0) {
                used = true;
                lastArrival = arrival;
            }
            return new Plan(dropped, arrival - now + heldBack, twice, flippedBit, allowed, cut);
        }
    }

    private static long one(boolean happened) {
        return happened ? 1 : 0;
    }

    private boolean happens(double chance) {
        return random.nextDouble() < chance;
    }
}
