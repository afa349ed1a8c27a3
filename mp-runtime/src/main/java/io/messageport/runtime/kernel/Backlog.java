package io.messageport.runtime.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;

/**
 * What waits behind the thing in a port's hand: a JCTools queue in chunks of 64, many senders to one owner, whose two
 * indices also tell how much waits. The padded kind: senders and owner are on different cores, and half of the time went
 * into the cache line that their indices would share. Only a port that was overtaken once has it.
 *
 * <p>The bound costs a sender one comparison: it looks at the owner's index again only when its own has reached the
 * limit that followed from the last look. Senders that come at the same moment may all find room for one, so the depth
 * passes a bound by at most their number less one.
 *
 * <p>The same comparison leads a sender to note when it came ({@link Arrivals}), as long as it is asked to.
 */
class Backlog extends MpscUnboundedAtomicArrayQueue<Object> {
    private static final int CHUNK = 64;

    /** As a limit: the next sender is to look closer. */
    private static final long ASKED = 0;

    private static final VarHandle HIGH;

    static {
        try {
            HIGH = MethodHandles.lookup().findVarHandle(Backlog.class, "high", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The producer index below which less than the asked depth waits; any sender writes it, a stale one is lower. */
    private volatile long limit;

    /** Whether the high-water mark has been reported since the depth was last seen at half of it. */
    private volatile boolean high;

    private final Arrivals arrivals;

    @SuppressWarnings("this-escape") // nobody is told of it before the first message
    Backlog(Kernel kernel) {
        super(CHUNK);
        arrivals = new Arrivals(this, kernel.clock(), kernel.dispatcher());
    }

    /**
     * Whether nothing waits and nobody appends a chunk. The producer index is odd while a sender does that, and the
     * sender's last write to it is no full fence: only who sees the odd one can rely on being seen.
     */
    @Override
    public boolean isEmpty() {
        return lvConsumerIndex() == lvProducerIndex();
    }

    /** Whether fewer than {@code depth} things wait; asked with one depth for one backlog's whole life. */
    boolean isBelow(int depth) {
        long next = currentProducerIndex();
        return next < limit || isBelow(next, depth);
    }

    private boolean isBelow(long next, int depth) {
        long lookedUp = currentConsumerIndex() + depth;
        noteArrival(next, lookedUp);
        falls(depth - (lookedUp - next), depth);
        return next < lookedUp;
    }

    /** Notes that the thing of this index comes now, if asked to; then, unless asked again, only from a limit on. */
    final void noteArrival(long index, long next) {
        if (limit != ASKED || !arrivals.come(index)) {
            limit = next;
        }
    }

    /** Asks the next sender to note when it comes. */
    final void ask() {
        limit = ASKED;
    }

    /** Whether the next sender is asked to. */
    final boolean asks() {
        return limit == ASKED;
    }

    /** By when the oldest thing had come; {@link Arrival#NONE} when that is not known, or nothing waits. Any thread. */
    final long oldestBy() {
        return arrivals.by(currentConsumerIndex());
    }

    /** How many notes there are of when things came; for tests. */
    final int notes() {
        return arrivals.notes();
    }

    /** By when the thing that was polled last had come; {@link Arrival#NONE} when that is not known. For the owner. */
    final long polledBy() {
        return arrivals.byForOwner(currentConsumerIndex() - 1);
    }

    /** The depth has been looked at. */
    final void falls(long seen, int mark) {
        if (high && seen < mark - mark / 2) {
            high = false;
        }
    }

    /** Whether the caller is the first to find the high-water mark reached. */
    final boolean rises() {
        return !high && HIGH.compareAndSet(this, false, true);
    }

    /**
     * Parks until there is room.
     *
     * @return whether there is; otherwise the port is dead
     */
    boolean awaitRoom(PortCell cell, int capacity) {
        throw new AssertionError("only a backlog made for waiting is waited for");
    }

    /** Makes room for one. */
    void dropOldest(PortCell cell, int capacity) {
        throw new AssertionError("only a rolling backlog lets senders take something out");
    }

    /** The port is dead: nobody need wait for it any more. */
    void over() {}
}
